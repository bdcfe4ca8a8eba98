import { invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import { objectOf, own } from '../input/body.ts';
import { named } from './named.ts';
import { entriesOf } from './read-file.ts';
import type { Difference, RelationDiff, SnapshotDiff } from './types.ts';

type Body = Readonly<Record<string, unknown>>;

/** A difference as somebody sent it back. What is in its parts is checked where they are made. */
export function readDiff(value: unknown): { hash: string; diff: SnapshotDiff } {
  const body = objectOf(value, 'The body');
  const hash = own(body, 'hash');
  if (typeof hash !== 'string' || hash === '') throw invalidPayload('"hash" is required and has to be text.');
  const diff = objectOf(own(body, 'diff'), '"diff"');
  const place = (part: Body) => ({ collection: nameAt(part, 'collection'), diff: differencesOf(part) });
  const fieldPlace = (part: Body) => ({ ...place(part), field: nameAt(part, 'field') });
  return {
    hash,
    diff: {
      collections: partsOf(diff, 'collections').map(place),
      fields: partsOf(diff, 'fields').map(fieldPlace),
      systemFields: [],
      relations: partsOf(diff, 'relations').map(
        (part): RelationDiff => ({
          ...fieldPlace(part),
          related_collection: (own(part, 'related_collection') ?? null) as string | null,
        }),
      ),
    },
  };
}

const partsOf = (diff: Body, key: string): Body[] =>
  entriesOf(diff, key).map((part) => objectOf(part, `An element of "${key}"`));

function nameAt(part: Body, key: string): string {
  const name = own(part, key);
  if (typeof name !== 'string') throw invalidPayload(`"${key}" of a difference has to be text.`);
  return name;
}

function differencesOf(part: Body): Difference[] {
  return named(String(own(part, 'field') ?? own(part, 'collection')), () =>
    entriesOf(part, 'diff').map((element) => differenceOf(objectOf(element, 'A difference'))),
  );
}

function differenceOf(body: Body): Difference {
  const kind = own(body, 'kind');
  const [lhs, rhs] = [(own(body, 'lhs') ?? null) as Json, (own(body, 'rhs') ?? null) as Json];
  if (kind === 'D') return { kind, lhs };
  if (kind === 'N') {
    objectOf(rhs, '"rhs" of what is new');
    return { kind, rhs };
  }
  if (kind !== 'E') throw invalidPayload('"kind" of a difference has to be "N", "D" or "E".');
  const path = own(body, 'path');
  if (!Array.isArray(path) || !path.every((step) => typeof step === 'string')) {
    throw invalidPayload('"path" of a difference has to be a list of names.');
  }
  return { kind, path, lhs, rhs };
}
