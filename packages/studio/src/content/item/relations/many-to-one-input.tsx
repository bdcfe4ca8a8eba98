import { ActionIcon, Anchor, Badge, Button, Group, Input, Text } from '@mantine/core';
import { IconEdit, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { texts, useTexts } from '../../../language/texts.tsx';
import { useRights } from '../../../session/permissions.ts';
import { itemPlace } from '../../addresses.ts';
import { type Item, nameItem } from '../../display/template.ts';
import { Thumbnail } from '../../display/value.tsx';
import { useModel } from '../../model.ts';
import { type InputProps, isNullable } from '../inputs/input-props.ts';
import { PickDrawer } from './pick-drawer.tsx';
import { RelatedDrawer } from './related-drawer.tsx';
import { isOne, type Key, keyFieldOf, type RelatedOne } from './related-edits.ts';
import classes from './relations.module.css';
import { UploadButton } from './upload-button.tsx';

const TEXTS = texts(
  {
    none: 'Nothing chosen',
    choose: 'Choose',
    create: 'Create new',
    edit: 'Change {name}',
    clear: 'Clear {name}',
    new: 'new',
    changed: 'changed',
    unnamed: 'New item',
  },
  {
    none: 'Nichts gewählt',
    choose: 'Auswählen',
    create: 'Neu anlegen',
    edit: '{name} ändern',
    clear: '{name} leeren',
    new: 'neu',
    changed: 'geändert',
    unnamed: 'Neuer Eintrag',
  },
);

type Props = InputProps & { readonly related: string };

/** The item that this one belongs to: chosen, made or changed in place. */
export function ManyToOneInput({
  field,
  label,
  value,
  onChange,
  disabled,
  required,
  error,
  description,
  related,
}: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  const id = useId();
  const [open, setOpen] = useState<'pick' | 'edit' | 'create' | null>(null);
  const keyField = keyFieldOf(model, related);
  const current = currentOf(value, keyField);
  const isFile = related === 'directus_files';
  const linked = current?.key !== null && current?.key !== undefined && !related.startsWith('directus_');
  const name = current ? nameItem(model, related, { ...current.item, ...current.values }) || t('unnamed') : t('none');
  const link = (item: Item): void => onChange(oneOf(item[keyField] as Key, item));

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
      <Group gap="xs" mt={4} className={classes.row} mih={38}>
        {isFile && current?.key && <Thumbnail file={String(current.key)} size={48} />}
        {linked ? (
          <Anchor component={Link} to={itemPlace(related, String(current.key))} size="sm" flex={1}>
            {name}
          </Anchor>
        ) : (
          <Text size="sm" flex={1} c={current ? undefined : 'dimmed'}>
            {name}
          </Text>
        )}
        {current?.key === null && <Badge variant="default">{t('new')}</Badge>}
        {current?.key != null && Object.keys(current.values).length > 0 && (
          <Badge variant="default">{t('changed')}</Badge>
        )}
        {current && !disabled && rights.can(current.key === null ? 'create' : 'update', related) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('edit', { name: label })}
            onClick={() => setOpen('edit')}
          >
            <IconEdit size={16} aria-hidden />
          </ActionIcon>
        )}
        {current && !disabled && isNullable(field) && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('clear', { name: label })}
            onClick={() => onChange(null)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {!disabled && (
        <Group gap="xs" mt={6}>
          {rights.can('read', related) && (
            <Button size="xs" variant="default" aria-label={`${label}: ${t('choose')}`} onClick={() => setOpen('pick')}>
              {t('choose')}
            </Button>
          )}
          {rights.can('create', related) && !isFile && (
            <Button
              size="xs"
              variant="default"
              aria-label={`${label}: ${t('create')}`}
              onClick={() => setOpen('create')}
            >
              {t('create')}
            </Button>
          )}
          {rights.can('create', related) && isFile && <UploadButton label={label} onDone={link} />}
        </Group>
      )}
      <PickDrawer
        collection={related}
        opened={open === 'pick'}
        onClose={() => setOpen(null)}
        onPick={([item]) => item && link(item)}
      />
      {(open === 'edit' || open === 'create') && (
        <RelatedDrawer
          collection={related}
          itemKey={open === 'create' ? null : (current?.key ?? null)}
          edits={open === 'create' ? {} : (current?.values ?? {})}
          onDone={(values) => {
            setOpen(null);
            onChange({ ...(open === 'edit' && current ? current : oneOf(null, {})), values } satisfies RelatedOne);
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Input.Wrapper>
  );
}

const oneOf = (key: Key | null, item: Item): RelatedOne => ({ kind: 'one', key, item, values: {} });

/** What is stored, or chosen since. */
function currentOf(value: unknown, keyField: string): RelatedOne | null {
  if (value === null || value === undefined) return null;
  if (isOne(value)) return value;
  if (typeof value === 'object') return oneOf((value as Item)[keyField] as Key, value as Item);
  return oneOf(value as Key, { [keyField]: value });
}
