import { Checkbox, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { type ColumnDef, type Row, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { type Item, nameFields } from '../display/template.ts';
import { useModel } from '../model.ts';
import type { Column } from './columns.ts';
import { ItemRow } from './item-row.tsx';
import classes from './items-table.module.css';

const TEXTS = texts(
  { all: 'Select all on this page', sort: 'Sort by {name}', table: '{name}: items' },
  {
    all: 'Alle dieser Seite auswählen',
    sort: 'Nach {name} ordnen',
    table: '{name}: Einträge',
  },
);

const FEATURES = tableFeatures({});
/** Fewer rows are quicker all at once. */
const MANY = 50;
const ROW_PX = 41;
const NO_ROWS: readonly Row<typeof FEATURES, Item>[] = [];

interface Props {
  readonly collection: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly items: readonly Item[];
  readonly keyField: string;
  readonly sort: readonly string[];
  readonly onSort: (path: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (keys: ReadonlySet<string>) => void;
}

export function ItemsTable({ collection, title, columns, items, keyField, sort, onSort, selected, onSelect }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const box = useRef<HTMLDivElement>(null);
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof FEATURES, Item> => ({
          id: column.path,
          header: column.label,
        }),
      ),
    [columns],
  );
  const table = useTable({
    features: FEATURES,
    columns: definitions,
    data: items as Item[],
    getRowId: (item) => String(item[keyField]),
  });
  // Drawn piece by piece, so that a slow machine scrolls and types on meanwhile.
  const rows = useDeferredValue(table.getRowModel().rows, NO_ROWS);
  const many = rows.length > MANY;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    // Drawn when the browser is ready for it, and not within the event of scrolling.
    useFlushSync: false,
    enabled: many,
  });
  const shown = useDeferredValue(virtual.getVirtualItems());
  const above = many ? (shown[0]?.start ?? 0) : 0;
  const below = many ? virtual.getTotalSize() - (shown.at(-1)?.end ?? 0) : 0;
  const visible = many ? shown.flatMap(({ index }) => rows[index] ?? []) : rows;

  // A link is called by its item: where its cell isn't the name, the name is added for who hears it.
  const named = columns[0] !== undefined && nameFields(model, collection).slice(1).includes(columns[0].path);

  const keys = items.map((item) => String(item[keyField]));
  const here = keys.filter((key) => selected.has(key)).length;
  const toggle = useCallback(
    (key: string, on: boolean): void => {
      const next = new Set(selected);
      if (on) next.add(key);
      else next.delete(key);
      onSelect(next);
    },
    [selected, onSelect],
  );

  return (
    <section
      ref={box}
      className={many ? classes.tall : classes.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keyboard
      tabIndex={0}
      aria-label={t('table', { name: title })}
    >
      <Table highlightOnHover stickyHeader={many} aria-rowcount={items.length}>
        <Table.Thead>
          {table.getHeaderGroups().map((group) => (
            <Table.Tr key={group.id}>
              <Table.Th w={44}>
                <Checkbox
                  size="xs"
                  aria-label={t('all')}
                  checked={here > 0 && here === keys.length}
                  indeterminate={here > 0 && here < keys.length}
                  onChange={(event) => onSelect(new Set(event.currentTarget.checked ? [...selected, ...keys] : []))}
                />
              </Table.Th>
              {group.headers.map((header, index) => (
                <Heading key={header.id} column={columns[index] as Column} sort={sort} onSort={onSort} />
              ))}
            </Table.Tr>
          ))}
        </Table.Thead>
        <Table.Tbody>
          {above > 0 && <tr style={{ height: above }} aria-hidden />}
          {visible.map((row) => (
            <ItemRow
              key={row.id}
              collection={collection}
              model={model}
              item={row.original}
              itemKey={row.id}
              columns={columns}
              named={named}
              selected={selected.has(row.id)}
              onToggle={toggle}
            />
          ))}
          {below > 0 && <tr style={{ height: below }} aria-hidden />}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly sort: readonly string[];
  readonly onSort: (path: string) => void;
}

function Heading({ column: { path, label, sortable }, sort, onSort }: HeadingProps) {
  const t = useTexts(TEXTS);
  const down = sort[0] === `-${path}`;
  const up = sort[0] === path;
  const Icon = down ? IconArrowDown : up ? IconArrowUp : IconArrowsSort;
  return (
    <Table.Th
      aria-sort={down ? 'descending' : up ? 'ascending' : sortable ? 'none' : undefined}
      className={classes.cell}
    >
      {sortable ? (
        <UnstyledButton
          fz="sm"
          fw={700}
          className={classes.heading}
          onClick={() => onSort(up ? `-${path}` : path)}
          aria-label={t('sort', { name: label })}
        >
          {label} <Icon size={14} aria-hidden opacity={down || up ? 1 : 0.4} />
        </UnstyledButton>
      ) : (
        label
      )}
    </Table.Th>
  );
}
