import { Checkbox, Table, VisuallyHidden } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { memo } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { itemPlace } from '../addresses.ts';
import { type Item, nameItem } from '../display/template.ts';
import type { Model } from '../model.ts';
import { Cell } from './cell.tsx';
import type { Column } from './columns.ts';
import classes from './items-table.module.css';

const TEXTS = texts({ one: 'Select {name}' }, { one: '{name} auswählen' });

interface Props {
  readonly collection: string;
  readonly model: Model;
  readonly item: Item;
  readonly itemKey: string;
  readonly columns: readonly Column[];
  /** Whether the first column is the item's name already. */
  readonly named: boolean;
  readonly selected: boolean;
  readonly onToggle: (key: string, on: boolean) => void;
}

/** A row of a list. It is drawn again only when it changes: a list that is scrolled draws the rows that come. */
export const ItemRow = memo(function ItemRow(props: Props) {
  const { collection, model, item, itemKey, columns, named, selected, onToggle } = props;
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const place = itemPlace(collection, itemKey);
  const name = nameItem(model, collection, item);
  return (
    <Table.Tr
      className={classes.row}
      aria-selected={selected}
      bg={selected ? 'var(--mantine-primary-color-light)' : undefined}
      onClick={(event) => {
        const inside = event.target instanceof Element && event.target.closest('a, input, label, button');
        if (!inside && !window.getSelection()?.toString()) void navigate({ to: place });
      }}
    >
      <Table.Td>
        <Checkbox
          size="xs"
          aria-label={t('one', { name })}
          checked={selected}
          onChange={(event) => onToggle(itemKey, event.currentTarget.checked)}
        />
      </Table.Td>
      {columns.map((column, index) => (
        <Table.Td key={column.path} className={classes.cell}>
          {index === 0 ? (
            <Link to={place} className={classes.link} preload={false}>
              <Cell item={item} column={column} model={model} />
              {!named && <VisuallyHidden> {name}</VisuallyHidden>}
            </Link>
          ) : (
            <Cell item={item} column={column} model={model} />
          )}
        </Table.Td>
      ))}
    </Table.Tr>
  );
});
