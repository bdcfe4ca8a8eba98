import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { rolesQuery } from './user.ts';

const TEXTS = texts(
  {
    title: 'Invite people',
    emails: 'E-mail addresses',
    emailsHint: 'One or several, separated by commas or lines.',
    role: 'Role',
    send: 'Send the invitations',
    cancel: 'Cancel',
    sent: 'The invitations are on their way.',
  },
  {
    title: 'Personen einladen',
    emails: 'E-Mail-Adressen',
    emailsHint: 'Eine oder mehrere, durch Kommas oder Zeilen getrennt.',
    role: 'Rolle',
    send: 'Einladungen schicken',
    cancel: 'Abbrechen',
    sent: 'Die Einladungen sind unterwegs.',
  },
);

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const { data: roles = [] } = useQuery(rolesQuery);
  const [emails, setEmails] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const email = emails.split(/[\s,;]+/).filter(Boolean);
      await ask('/users/invite', { method: 'POST', body: { email, role } });
      await queries.invalidateQueries({ queryKey: ['users', 'list'] });
      saySaved(t('sent'));
      onClose();
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('title')}>
      <form onSubmit={submit}>
        <Stack>
          <Textarea
            label={t('emails')}
            description={t('emailsHint')}
            value={emails}
            onChange={(event) => setEmails(event.currentTarget.value)}
            autosize
            minRows={2}
            data-autofocus
            required
          />
          <Select
            label={t('role')}
            data={roles.map(({ id, name }) => ({ value: id, label: name }))}
            value={role}
            onChange={setRole}
            searchable
            required
          />
          {failure !== null && <FailureNotice failure={failure} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={role === null}>
              {t('send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
