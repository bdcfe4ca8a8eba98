import { Group, Text } from '@mantine/core';
import { type Item, nameItem, valuesAt } from '../display/template.ts';
import { Thumbnail, Value } from '../display/value.tsx';
import type { Model } from '../model.ts';
import type { Column } from './columns.ts';

const MOST_SHOWN = 5;

/** What a list shows of an item in a column. */
export function Cell({ item, column, model }: { readonly item: Item; readonly column: Column; readonly model: Model }) {
  const { path, field, end } = column;
  if (end?.kind === 'm2o') {
    const [related] = valuesAt(item, path);
    if (related === undefined) return <Value field={field} value={null} />;
    const name = nameItem(model, end.related, related);
    const key = model.primaryKey(end.related)?.field ?? 'id';
    const file = end.related === 'directus_files' && typeof related === 'object' ? (related as Item)[key] : null;
    return (
      <Group gap={6} wrap="nowrap">
        {typeof file === 'string' && <Thumbnail file={file} />}
        <Text size="sm" truncate maw={320}>
          {name}
        </Text>
      </Group>
    );
  }
  if (end) return <Text size="sm">{String(valuesAt(item, `${path}_count`)[0] ?? 0)}</Text>;
  const values = valuesAt(item, path);
  if (field.type === 'csv' || field.type === 'json') return <Value field={field} value={whole(item, path)} />;
  if (values.length <= 1) return <Value field={field} value={values[0]} />;
  return (
    <Group gap={4} wrap="nowrap">
      {values.slice(0, MOST_SHOWN).map((value) => (
        <Value key={JSON.stringify(value)} field={field} value={value} />
      ))}
      {values.length > MOST_SHOWN && <Text size="sm">+{values.length - MOST_SHOWN}</Text>}
    </Group>
  );
}

/** A value that is a list itself. */
function whole(item: Item, path: string): unknown {
  const value = path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null && !Array.isArray(at) ? (at as Item)[step] : undefined),
      item,
    );
  return Array.isArray(value) && value.every((one) => typeof one !== 'object') ? value.join(', ') : value;
}
