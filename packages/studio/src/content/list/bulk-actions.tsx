import { Button, Group, Modal, Paper, Text } from '@mantine/core';
import { IconEdit, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { useRights } from '../../session/permissions.ts';
import { confirm } from '../../ui/confirm.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { pathOf } from '../addresses.ts';

const BulkForm = lazy(async () => ({ default: (await import('./bulk-form.tsx')).BulkForm }));

const TEXTS = texts(
  {
    region: 'Selected items',
    count: '{count} selected',
    edit: 'Change all…',
    remove: 'Delete…',
    clear: 'Clear selection',
    title: 'Delete the selection ({count})?',
    text: 'What is selected is gone for good, with what depends on it.',
    yes: 'Delete selection',
    cancel: 'Cancel',
    deleted: 'Deleted: {count}.',
    editTitle: 'Change the selection ({count})',
  },
  {
    region: 'Ausgewählte Einträge',
    count: '{count} ausgewählt',
    edit: 'Alle ändern…',
    remove: 'Löschen…',
    clear: 'Auswahl aufheben',
    title: 'Auswahl löschen ({count})?',
    text: 'Das Ausgewählte ist endgültig fort, mit allem, was daran hängt.',
    yes: 'Auswahl löschen',
    cancel: 'Abbrechen',
    deleted: 'Gelöscht: {count}.',
    editTitle: 'Auswahl ändern ({count})',
  },
);

interface Props {
  readonly collection: string;
  readonly keys: readonly string[];
  readonly onDone: () => void;
}

/** What can be done with all the items that are selected. */
export function BulkActions({ collection, keys, onDone }: Props) {
  const t = useTexts(TEXTS);
  const rights = useRights();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const count = keys.length;
  const remove = useMutation({
    mutationFn: () => ask(pathOf(collection), { method: 'DELETE', body: keys }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['items', collection] });
      saySaved(t('deleted', { count }));
      onDone();
    },
  });
  const drop = async (): Promise<void> => {
    const asked = { title: t('title', { count }), text: t('text'), yes: t('yes'), no: t('cancel') };
    if (await confirm(asked)) remove.mutate();
  };

  return (
    <Paper withBorder p="xs" component="section" aria-label={t('region')}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text size="sm" fw={600} role="status">
            {t('count', { count })}
          </Text>
          {rights.can('update', collection) && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconEdit size={14} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('edit')}
            </Button>
          )}
          {rights.can('delete', collection) && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              loading={remove.isPending}
              onClick={() => void drop()}
            >
              {t('remove')}
            </Button>
          )}
        </Group>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconX size={14} aria-hidden />} onClick={onDone}>
          {t('clear')}
        </Button>
      </Group>
      {remove.error && <FailureNotice failure={remove.error} />}
      <Modal opened={editing} onClose={() => setEditing(false)} title={t('editTitle', { count })} size="xl">
        <Suspense fallback={<Loading />}>
          <BulkForm
            collection={collection}
            keys={keys}
            onDone={() => {
              setEditing(false);
              onDone();
            }}
            onCancel={() => setEditing(false)}
          />
        </Suspense>
      </Modal>
    </Paper>
  );
}
