import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { countItems } from './counting.ts';

const TEXTS = texts(
  {
    title: 'Delete the field {field}?',
    held: 'Items that lose a value: {held} of {total}. It can’t be undone.',
    none: 'No item has a value in it.',
    other: 'The field {field} of {collection}, the other side of the relation, goes with it.',
    alias: 'The field is a view on another collection: no values are lost.',
    rules: 'Permissions, presets and validations forget the field; rules on access that compare it close.',
    yes: 'Delete the field',
    no: 'Keep it',
    done: 'The field “{field}” has been deleted.',
  },
  {
    title: 'Das Feld {field} löschen?',
    held: 'Einträge, die einen Wert verlieren: {held} von {total}. Das lässt sich nicht rückgängig machen.',
    none: 'Kein Eintrag hat darin einen Wert.',
    other: 'Das Feld {field} von {collection}, die andere Seite der Beziehung, verschwindet mit.',
    alias: 'Das Feld ist ein Blick auf eine andere Sammlung: es gehen keine Werte verloren.',
    rules: 'Rechte, Vorgaben und Prüfungen vergessen das Feld; Zugriffsregeln, die es vergleichen, schließen sich.',
    yes: 'Feld löschen',
    no: 'Behalten',
    done: 'Das Feld „{field}“ ist gelöscht.',
  },
);

interface Props {
  readonly collection: string;
  /** Null: nothing is asked. */
  readonly field: string | null;
  readonly onClose: () => void;
}

/** Says what goes with a field before it goes. */
export function DeleteField({ collection, field, onClose }: Props) {
  const t = useTexts(TEXTS);
  return (
    <Modal opened={field !== null} onClose={onClose} title={t('title', { field: field ?? '' })}>
      {field !== null && <Question collection={collection} field={field} onClose={onClose} />}
    </Modal>
  );
}

function Question({ collection, field, onClose }: Props & { readonly field: string }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const column = model.field(collection, field)?.schema;
  const relation = model.relation(collection, field);
  const other = relation?.field === field && relation.collection === collection ? relation.meta?.one_field : null;
  const counts = useQuery({
    queryKey: ['items', collection, 'held', field],
    enabled: Boolean(column),
    queryFn: async () => {
      const held = countItems(collection, { [field]: { _nnull: true } });
      return { total: await countItems(collection), held: await held };
    },
  });
  const deletion = useMutation({
    mutationFn: async () => {
      await ask(`/fields/${encodeURIComponent(collection)}/${encodeURIComponent(field)}`, { method: 'DELETE' });
      saySaved(t('done', { field }));
      onClose();
      await queries.invalidateQueries();
    },
  });
  if (counts.isLoading) return <Loading />;
  const { held = 0, total = 0 } = counts.data ?? {};
  return (
    <Stack>
      {held > 0 && (
        <Text size="sm" fw={600}>
          {t('held', { held, total })}
        </Text>
      )}
      <List size="sm">
        {column && held === 0 && !counts.error && <List.Item>{t('none')}</List.Item>}
        {!column && <List.Item>{t('alias')}</List.Item>}
        {other && <List.Item>{t('other', { field: other, collection: relation?.related_collection ?? '' })}</List.Item>}
        <List.Item>{t('rules')}</List.Item>
      </List>
      {counts.error && <FailureNotice failure={counts.error} />}
      {deletion.error && <FailureNotice failure={deletion.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('no')}
        </Button>
        <Button color="red" loading={deletion.isPending} onClick={() => deletion.mutate()}>
          {t('yes')}
        </Button>
      </Group>
    </Stack>
  );
}
