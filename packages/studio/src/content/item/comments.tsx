import { Button, Group, Paper, Stack, Text, Textarea } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import { ask } from '../../session/api.ts';
import { type Me, nameOf } from '../../session/me.ts';
import { useRights } from '../../session/permissions.ts';
import { useMe } from '../../session/session.tsx';
import { confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Loading } from '../../ui/loading.tsx';
import { useMoments } from '../../ui/moments.ts';
import { useLive } from '../live/use-live.ts';

const TEXTS = texts(
  {
    none: 'No comments yet',
    teach: 'What is said about an item stays with it, for everybody who may see it.',
    label: 'New comment',
    send: 'Comment',
    remove: 'Delete comment',
    title: 'Delete the comment?',
    text: 'It is gone for everybody.',
    no: 'Cancel',
    somebody: 'Somebody',
  },
  {
    none: 'Noch keine Kommentare',
    teach: 'Was zu einem Eintrag gesagt wird, bleibt bei ihm, für alle, die ihn sehen dürfen.',
    label: 'Neuer Kommentar',
    send: 'Kommentieren',
    remove: 'Kommentar löschen',
    title: 'Kommentar löschen?',
    text: 'Er ist für alle fort.',
    no: 'Abbrechen',
    somebody: 'Jemand',
  },
);

interface Comment {
  readonly id: string;
  readonly comment: string;
  readonly date_created: string | null;
  readonly user_created: (Partial<Me> & { readonly id?: string }) | string | null;
}

const COLLECTION = 'directus_comments';
const MOST = 200;

/** What people say about an item. */
export function Comments({ collection, itemKey }: { readonly collection: string; readonly itemKey: string }) {
  const t = useTexts(TEXTS);
  const rights = useRights();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  useLive(COLLECTION);
  const key = ['items', COLLECTION, collection, itemKey];
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () =>
      ask<Comment[]>('/comments', {
        params: {
          fields: [
            'id',
            'comment',
            'date_created',
            'user_created.id',
            'user_created.first_name',
            'user_created.last_name',
            'user_created.email',
          ],
          filter: { _and: [{ collection: { _eq: collection } }, { item: { _eq: itemKey } }] },
          sort: ['date_created'],
          limit: MOST,
        },
      }),
  });
  const refresh = () => queries.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: () => ask('/comments', { method: 'POST', body: { collection, item: itemKey, comment: text.trim() } }),
    onSuccess: async () => {
      setText('');
      await refresh();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') add.mutate();
  };

  if (error) return <FailureNotice failure={error} />;
  if (!data) return <Loading />;
  return (
    <Stack maw={720}>
      {data.length === 0 && (
        <EmptyState icon={IconMessage} title={t('none')}>
          {t('teach')}
        </EmptyState>
      )}
      {data.map((comment) => (
        <One key={comment.id} comment={comment} onRemoved={refresh} />
      ))}
      {rights.can('create', COLLECTION) && (
        <form onSubmit={submit}>
          <Stack gap="xs">
            <Textarea
              label={t('label')}
              autosize
              minRows={2}
              maxRows={12}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {add.error && <FailureNotice failure={add.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={add.isPending} disabled={text.trim() === ''}>
                {t('send')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

interface OneProps {
  readonly comment: Comment;
  readonly onRemoved: () => Promise<void>;
}

function One({ comment: { id, comment, date_created: date, user_created: user }, onRemoved }: OneProps) {
  const t = useTexts(TEXTS);
  const me = useMe();
  const { admin } = useRights();
  const { ago, exact } = useMoments();
  const author = typeof user === 'string' ? user : user?.id;
  const remove = useMutation({
    mutationFn: () => ask(`/comments/${id}`, { method: 'DELETE' }),
    onSuccess: onRemoved,
  });
  const askRemove = async (): Promise<void> => {
    if (await confirm({ title: t('title'), text: t('text'), yes: t('remove'), no: t('no') })) remove.mutate();
  };
  return (
    <Paper withBorder p="sm" component="article">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <strong>{(typeof user === 'object' && user && nameOf(user)) || t('somebody')}</strong>
          {date && <span title={exact(date)}> · {ago(date)}</span>}
        </Text>
        {(admin || author === me.id) && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void askRemove()}>
            {t('remove')}
          </Button>
        )}
      </Group>
      <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {comment}
      </Text>
      {remove.error && <FailureNotice failure={remove.error} />}
    </Paper>
  );
}
