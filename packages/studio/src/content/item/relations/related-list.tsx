import { ActionIcon, Badge, Group, Input, Stack, Text } from '@mantine/core';
import { IconEdit, IconX } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import { texts, useTexts } from '../../../language/texts.tsx';
import { useRights } from '../../../session/permissions.ts';
import { type Item, nameItem } from '../../display/template.ts';
import { Thumbnail } from '../../display/value.tsx';
import { type Model, useModel } from '../../model.ts';
import type { InputProps } from '../inputs/input-props.ts';
import { MOST_RELATED } from '../item-query.ts';
import { RelatedDrawer } from './related-drawer.tsx';
import { isMany, isOne } from './related-edits.ts';
import type { Row } from './related-rows.ts';
import classes from './relations.module.css';
import type { RelatedListEdits } from './use-related-list.ts';

const TEXTS = texts(
  {
    none: 'None yet',
    edit: 'Change {name}',
    remove: 'Remove {name}',
    new: 'new',
    linked: 'added',
    changed: 'changed',
    unnamed: 'New item',
    cut: 'Only the first {count} are shown.',
  },
  {
    none: 'Noch keine',
    edit: '{name} ändern',
    remove: '{name} entfernen',
    new: 'neu',
    linked: 'hinzugefügt',
    changed: 'geändert',
    unnamed: 'Neuer Eintrag',
    cut: 'Nur die ersten {count} werden gezeigt.',
  },
);

type Props = Pick<InputProps, 'label' | 'description' | 'error' | 'required' | 'disabled'> & {
  readonly list: RelatedListEdits;
  /** Fields of the related items that say only where they belong. */
  readonly without: readonly string[];
  /** Ways to add items. */
  readonly children: ReactNode;
};

export function RelatedList({ label, description, error, required, disabled, list, without, children }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const id = useId();
  const [open, setOpen] = useState<Row | null>(null);
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      description={description}
      error={error}
      withAsterisk={required}
      role="group"
      aria-labelledby={id}
    >
      <Stack gap={4} mt={4} mb={6}>
        {list.rows.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('none')}
          </Text>
        )}
        {list.rows.map((row) => {
          const name = nameRow(model, row) || t('unnamed');
          const mayEdit = !disabled && rights.can(row.key === null ? 'create' : 'update', row.collection);
          return (
            <Group key={row.id} gap="xs" wrap="nowrap" className={classes.row}>
              {row.collection === 'directus_files' && <Thumbnail file={String(row.key)} />}
              <Text size="sm" flex={1} truncate>
                {name}
              </Text>
              {row.state !== 'stored' && <Badge variant="default">{t(row.state)}</Badge>}
              {mayEdit && (
                <ActionIcon variant="subtle" color="gray" aria-label={t('edit', { name })} onClick={() => setOpen(row)}>
                  <IconEdit size={16} aria-hidden />
                </ActionIcon>
              )}
              {!disabled && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('remove', { name })}
                  onClick={() => list.remove(row)}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              )}
            </Group>
          );
        })}
        {list.rows.length >= MOST_RELATED && <Text size="xs">{t('cut', { count: MOST_RELATED })}</Text>}
      </Stack>
      {!disabled && children}
      {open && (
        <RelatedDrawer
          collection={open.collection}
          itemKey={open.key}
          edits={open.values}
          without={without}
          onClose={() => setOpen(null)}
          onDone={(values) => {
            list.change(open, values);
            setOpen(null);
          }}
        />
      )}
    </Input.Wrapper>
  );
}

/** What it will be called once it is saved. */
function nameRow(model: Model, { collection, item, values }: Row): string {
  const plain = (value: unknown): unknown => (isOne(value) ? { ...value.item, ...value.values } : value);
  const shown: Item = Object.fromEntries(
    Object.entries({ ...item, ...values }).flatMap(([key, value]) => (isMany(value) ? [] : [[key, plain(value)]])),
  );
  return nameItem(model, collection, shown);
}
