import { Checkbox, Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { itemPlace } from '../addresses.ts';
import { type Item, nameFields, nameItem } from '../display/template.ts';
import { useModel } from '../model.ts';
import { Cell } from './cell.tsx';
import type { Column } from './columns.ts';
import classes from './items-table.module.css';

const TEXTS = texts(
  { all: 'Select all on this page', one: 'Select {name}', sort: 'Sort by {name}', table: '{name}: items' },
  {
    all: 'Alle dieser Seite auswählen',
    one: '{name} auswählen',
    sort: 'Nach {name} ordnen',
    table: '{name}: Einträge',
  },
);

const FEATURES = tableFeatures({});
/** Fewer rows are quicker all at once. */
const MANY = 100;
const ROW_PX = 41;

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
  const navigate = useNavigate();
  const box = useRef<HTMLDivElement>(null);
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof FEATURES, Item> => ({
          id: column.path,
          header: column.label,
          cell: ({ row }) => <Cell item={row.original} column={column} model={model} />,
        }),
      ),
    [columns, model],
  );
  const table = useTable({
    features: FEATURES,
    columns: definitions,
    data: items as Item[],
    getRowId: (item) => String(item[keyField]),
  });
  const rows = table.getRowModel().rows;
  const many = rows.length > MANY;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    enabled: many,
  });
  const shown = virtual.getVirtualItems();
  const above = many ? (shown[0]?.start ?? 0) : 0;
  const below = many ? virtual.getTotalSize() - (shown.at(-1)?.end ?? 0) : 0;
  const visible = many ? shown.flatMap(({ index }) => rows[index] ?? []) : rows;

  // A link is called by its item: where its cell isn't the name, the name is added for who hears it.
  const named = columns[0] !== undefined && nameFields(model, collection).slice(1).includes(columns[0].path);

  const keys = items.map((item) => String(item[keyField]));
  const here = keys.filter((key) => selected.has(key)).length;
  const toggle = (key: string, on: boolean): void => {
    const next = new Set(selected);
    if (on) next.add(key);
    else next.delete(key);
    onSelect(next);
  };

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
            <Table.Tr
              key={row.id}
              className={classes.row}
              aria-selected={selected.has(row.id)}
              bg={selected.has(row.id) ? 'var(--mantine-primary-color-light)' : undefined}
              onClick={(event) => {
                const inside = event.target instanceof Element && event.target.closest('a, input, label, button');
                if (!inside && !window.getSelection()?.toString()) void navigate({ to: itemPlace(collection, row.id) });
              }}
            >
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={t('one', { name: nameItem(model, collection, row.original) })}
                  checked={selected.has(row.id)}
                  onChange={(event) => toggle(row.id, event.currentTarget.checked)}
                />
              </Table.Td>
              {row.getAllCells().map((cell, index) => (
                <Table.Td key={cell.id} className={classes.cell}>
                  {index === 0 ? (
                    <Link to={itemPlace(collection, row.id)} className={classes.link} preload={false}>
                      <table.FlexRender cell={cell} />
                      {!named && <VisuallyHidden> {nameItem(model, collection, row.original)}</VisuallyHidden>}
                    </Link>
                  ) : (
                    <table.FlexRender cell={cell} />
                  )}
                </Table.Td>
              ))}
            </Table.Tr>
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
