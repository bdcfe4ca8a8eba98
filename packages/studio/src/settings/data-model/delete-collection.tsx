import { Button, Group, List, Modal, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { type Relation, useModel } from '../../content/model.ts';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { saySaved } from '../../ui/notice.ts';
import { countItems } from './counting.ts';

const TEXTS = texts(
  {
    heading: 'Delete the collection',
    about: 'Its table goes, with all items, their history and the permissions on it.',
    open: 'Delete this collection …',
    title: 'Delete {collection} and everything in it?',
    items: 'Items that are deleted: {count}.',
    permissions: 'Permissions that are deleted: {count}.',
    fields: 'Fields that are deleted: {count}.',
    outgoing: 'The relation {field} → {related} goes with it.',
    incoming: '{collection}.{field} stays, but leads nowhere any more: the relation goes.',
    final: 'This can’t be undone.',
    type: 'Type the name of the collection to confirm',
    yes: 'Delete the collection',
    no: 'Keep it',
    done: 'The collection “{collection}” has been deleted.',
  },
  {
    heading: 'Die Sammlung löschen',
    about: 'Ihre Tabelle verschwindet, mit allen Einträgen, deren Geschichte und den Rechten daran.',
    open: 'Diese Sammlung löschen …',
    title: '{collection} mit allem darin löschen?',
    items: 'Einträge, die gelöscht werden: {count}.',
    permissions: 'Rechte, die gelöscht werden: {count}.',
    fields: 'Felder, die gelöscht werden: {count}.',
    outgoing: 'Die Beziehung {field} → {related} verschwindet mit.',
    incoming: '{collection}.{field} bleibt, führt aber nirgends mehr hin: die Beziehung verschwindet.',
    final: 'Das lässt sich nicht rückgängig machen.',
    type: 'Tippen Sie zur Bestätigung den Namen der Sammlung',
    yes: 'Sammlung löschen',
    no: 'Behalten',
    done: 'Die Sammlung „{collection}“ ist gelöscht.',
  },
);

export function DeleteCollection({ collection }: { readonly collection: string }) {
  const t = useTexts(TEXTS);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Paper withBorder p="md" mt="xl">
      <Title order={2} size="h4">
        {t('heading')}
      </Title>
      <Text size="sm" mb="sm">
        {t('about')}
      </Text>
      <Button color="red" variant="outline" onClick={open}>
        {t('open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('title', { collection })}>
        <Question collection={collection} onClose={close} />
      </Modal>
    </Paper>
  );
}

function Question({ collection, onClose }: { readonly collection: string; readonly onClose: () => void }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const folder = model.collection(collection)?.schema === null;
  const counts = useQuery({
    queryKey: ['items', collection, 'all'],
    queryFn: async () => {
      const permissions = countItems('directus_permissions', { collection: { _eq: collection } });
      return { items: folder ? 0 : await countItems(collection), permissions: await permissions };
    },
  });
  const deletion = useMutation({
    mutationFn: async () => {
      await ask(`/collections/${encodeURIComponent(collection)}`, { method: 'DELETE' });
      saySaved(t('done', { collection }));
      await navigate({ to: '/settings/data-model' });
      await queries.invalidateQueries();
    },
  });
  if (counts.isLoading) return <Loading />;
  return (
    <Stack>
      <List size="sm">
        <List.Item fw={600}>{t('items', { count: counts.data?.items ?? '?' })}</List.Item>
        <List.Item>{t('fields', { count: model.fields(collection).length })}</List.Item>
        <List.Item>{t('permissions', { count: counts.data?.permissions ?? '?' })}</List.Item>
        {model.relations.filter(concerns(collection)).map((relation) => (
          <List.Item key={`${relation.collection}.${relation.field}`}>
            {relation.collection === collection
              ? t('outgoing', { field: relation.field, related: relation.related_collection ?? '…' })
              : t('incoming', { collection: relation.collection, field: relation.field })}
          </List.Item>
        ))}
      </List>
      <Text size="sm">{t('final')}</Text>
      <TextInput
        label={t('type')}
        placeholder={collection}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      {counts.error && <FailureNotice failure={counts.error} />}
      {deletion.error && <FailureNotice failure={deletion.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('no')}
        </Button>
        <Button
          color="red"
          disabled={typed !== collection}
          loading={deletion.isPending}
          onClick={() => deletion.mutate()}
        >
          {t('yes')}
        </Button>
      </Group>
    </Stack>
  );
}

const concerns =
  (name: string) =>
  ({ collection, related_collection, meta }: Relation): boolean =>
    collection === name || related_collection === name || (meta?.one_allowed_collections ?? []).includes(name);
