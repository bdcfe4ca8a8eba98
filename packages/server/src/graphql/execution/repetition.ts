import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * How often the key stands that stands most often in one selection, inline fragments in their places. It is looked at
 * before the document is validated, which compares all fields of one key with each other.
 */
export function mostRepeated(document: DocumentNode): number {
  let most = 0;
  const waiting: SelectionSetNode[] = document.definitions.flatMap((definition) =>
    'selectionSet' in definition && definition.selectionSet ? [definition.selectionSet] : [],
  );
  for (let set = waiting.pop(); set; set = waiting.pop()) {
    const counts = new Map<string, number>();
    const parts = [set];
    for (let part = parts.pop(); part; part = parts.pop()) {
      for (const selection of part.selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) parts.push(selection.selectionSet);
        else {
          const key = keyOf(selection);
          const count = (counts.get(key) ?? 0) + 1;
          counts.set(key, count);
          most = Math.max(most, count);
          if (selection.kind === Kind.FIELD && selection.selectionSet) waiting.push(selection.selectionSet);
        }
      }
    }
  }
  return most;
}

type Named = Exclude<SelectionSetNode['selections'][number], { kind: typeof Kind.INLINE_FRAGMENT }>;

const keyOf = (selection: Named): string =>
  selection.kind === Kind.FIELD ? (selection.alias ?? selection.name).value : `...${selection.name.value}`;
