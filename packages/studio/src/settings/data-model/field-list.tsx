import { ActionIcon, Badge, Group, Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Field, useModel } from '../../content/model.ts';
import { relationEnd } from '../../content/relations.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { ChangeField } from './change-field.tsx';
import { DeleteField } from './delete-field.tsx';
import { KINDS, worded } from './kind-texts.ts';

const TEXTS = texts(
  {
    fields: 'Fields of {collection}',
    name: 'Field',
    kind: 'Kind',
    actions: 'Actions',
    up: 'Move {field} up',
    down: 'Move {field} down',
    edit: 'Change {field}',
    remove: 'Delete {field}',
    key: 'primary key',
    required: 'required',
    filled: 'never empty',
    unique: 'unique',
    hidden: 'hidden',
    to: '→ {related}',
  },
  {
    fields: 'Felder von {collection}',
    name: 'Feld',
    kind: 'Art',
    actions: 'Aktionen',
    up: '{field} nach oben',
    down: '{field} nach unten',
    edit: '{field} ändern',
    remove: '{field} löschen',
    key: 'Primärschlüssel',
    required: 'verlangt',
    filled: 'nie leer',
    unique: 'eindeutig',
    hidden: 'verborgen',
    to: '→ {related}',
  },
);

interface Props {
  readonly collection: string;
  /** Only to be looked at. */
  readonly fixed?: boolean;
}

/** The fields of a collection in the order of its forms. */
export function FieldList({ collection, fixed = false }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const [changed, setChanged] = useState<string | null>(null);
  const [deleted, setDeleted] = useState<string | null>(null);
  const fields = model.fields(collection);
  const ordering = useMutation({
    mutationFn: async (order: readonly Field[]) => {
      const body = order.map(({ field }, at) => ({ field, meta: { sort: at + 1 } }));
      await ask(`/fields/${encodeURIComponent(collection)}`, { method: 'PATCH', body });
      await queries.invalidateQueries({ queryKey: ['model'] });
    },
  });
  const move = (at: number, by: -1 | 1): void =>
    ordering.mutate(fields.with(at, fields[at + by] as Field).with(at + by, fields[at] as Field));

  return (
    <>
      {ordering.error && <FailureNotice failure={ordering.error} />}
      <Table.ScrollContainer minWidth={fixed ? 320 : 560} type="native">
        <Table aria-label={t('fields', { collection })} verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('name')}</Table.Th>
              <Table.Th>{t('kind')}</Table.Th>
              {!fixed && <Table.Th>{t('actions')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field, at) => (
              <Table.Tr key={field.field}>
                <Table.Td>
                  <Name field={field} />
                </Table.Td>
                <Table.Td>
                  <Kind field={field} />
                </Table.Td>
                {!fixed && (
                  <Table.Td>
                    <Group gap={4} wrap="nowrap">
                      <Button
                        label={t('up', { field: field.field })}
                        icon={IconArrowUp}
                        disabled={at === 0 || ordering.isPending}
                        onClick={() => move(at, -1)}
                      />
                      <Button
                        label={t('down', { field: field.field })}
                        icon={IconArrowDown}
                        disabled={at === fields.length - 1 || ordering.isPending}
                        onClick={() => move(at, 1)}
                      />
                      <Button
                        label={t('edit', { field: field.field })}
                        icon={IconPencil}
                        onClick={() => setChanged(field.field)}
                      />
                      <Button
                        label={t('remove', { field: field.field })}
                        icon={IconTrash}
                        disabled={field.schema?.is_primary_key}
                        onClick={() => setDeleted(field.field)}
                      />
                    </Group>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ChangeField collection={collection} field={changed} onClose={() => setChanged(null)} />
      <DeleteField collection={collection} field={deleted} onClose={() => setDeleted(null)} />
    </>
  );
}

interface ButtonProps {
  readonly label: string;
  readonly icon: typeof IconPencil;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

const Button = ({ label, icon: Icon, disabled, onClick }: ButtonProps) => (
  <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
    <Icon size={16} aria-hidden />
  </ActionIcon>
);

function Name({ field: { field, schema, meta } }: { readonly field: Field }) {
  const t = useTexts(TEXTS);
  const marks = [
    schema?.is_primary_key && t('key'),
    meta?.required && t('required'),
    schema?.is_nullable === false && !schema.is_primary_key && t('filled'),
    schema?.is_unique && !schema.is_primary_key && t('unique'),
    meta?.hidden && t('hidden'),
  ].filter((mark) => typeof mark === 'string');
  return (
    <>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {field}
        </Text>
        {marks.map((mark) => (
          <Badge key={mark} variant="default" size="sm" tt="none">
            {mark}
          </Badge>
        ))}
      </Group>
      {meta?.note && (
        <Text size="xs" c="dimmed">
          {meta.note}
        </Text>
      )}
    </>
  );
}

function Kind({ field }: { readonly field: Field }) {
  const t = useTexts(TEXTS);
  const words = useTexts(KINDS);
  const model = useModel();
  const end = relationEnd(model, field.collection, field.field);
  if (!end) return <Text size="sm">{worded(words, KINDS, field.type)}</Text>;
  const related = end.kind === 'm2a' ? end.allowed.join(', ') : end.related;
  return (
    <Text size="sm">
      {worded(words, KINDS, end.kind)} <span>{t('to', { related })}</span>
    </Text>
  );
}
