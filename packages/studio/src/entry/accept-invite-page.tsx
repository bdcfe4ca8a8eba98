import { customEndpoint } from '@directus/sdk';
import { Button, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { client } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { EntryFrame } from './entry-frame.tsx';
import { NewPassword } from './new-password.tsx';

const TEXTS = texts(
  {
    title: 'Accept the invitation',
    about: 'Choose a password; then you can sign in.',
    submit: 'Accept',
    done: 'Welcome. Sign in with your new password.',
    missing: 'The address lacks its token. Open the link of your invitation again.',
  },
  {
    title: 'Einladung annehmen',
    about: 'Wählen Sie ein Passwort; dann können Sie sich anmelden.',
    submit: 'Annehmen',
    done: 'Willkommen. Melden Sie sich mit Ihrem neuen Passwort an.',
    missing: 'Der Adresse fehlt ihr Token. Öffnen Sie den Link Ihrer Einladung noch einmal.',
  },
);

export function AcceptInvitePage() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { token }: { token?: string } = useSearch({ strict: false });
  const [password, setPassword] = useState('');
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = JSON.stringify({ token, password });
      await client.request(customEndpoint({ path: '/users/invite/accept', method: 'POST', body }));
      saySaved(t('done'));
      await navigate({ to: '/login' });
    });
  };
  return (
    <EntryFrame title={t('title')}>
      {token ? (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{t('about')}</Text>
            <NewPassword value={password} onChange={setPassword} />
            {failure !== null && <FailureNotice failure={failure} />}
            <Button type="submit" loading={busy}>
              {t('submit')}
            </Button>
          </Stack>
        </form>
      ) : (
        <Text>{t('missing')}</Text>
      )}
    </EntryFrame>
  );
}
