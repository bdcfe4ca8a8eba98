import { customEndpoint } from '@directus/sdk';
import { Alert, Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
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
    title: 'Forgotten password',
    ask: 'We send you a link with which you choose a new one.',
    email: 'E-mail',
    send: 'Send the link',
    sent: 'If there is an account with this address, a mail is on its way. The link counts for one hour.',
    choose: 'Choose a new password',
    save: 'Save the password',
    saved: 'Your password is changed. Sign in with it now.',
    back: 'Back to sign-in',
    again: 'Ask for a new link',
  },
  {
    title: 'Passwort vergessen',
    ask: 'Wir schicken Ihnen einen Link, mit dem Sie ein neues wählen.',
    email: 'E-Mail',
    send: 'Link schicken',
    sent: 'Wenn es ein Konto mit dieser Adresse gibt, ist eine E-Mail unterwegs. Der Link gilt eine Stunde.',
    choose: 'Neues Passwort wählen',
    save: 'Passwort speichern',
    saved: 'Ihr Passwort ist geändert. Melden Sie sich jetzt damit an.',
    back: 'Zurück zur Anmeldung',
    again: 'Neuen Link anfordern',
  },
);

/** Asks for a link, or takes the password that a link is for. */
export function ResetPasswordPage() {
  const { token }: { token?: string } = useSearch({ strict: false });
  return token ? <Choosing token={token} /> : <Asking />;
}

function Asking() {
  const t = useTexts(TEXTS);
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = JSON.stringify({ email });
      await client.request(customEndpoint({ path: '/auth/password/request', method: 'POST', body }));
      setSent(true);
    });
  };
  return (
    <EntryFrame title={t('title')}>
      {sent ? (
        <Alert role="status">{t('sent')}</Alert>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{t('ask')}</Text>
            <TextInput
              label={t('email')}
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              required
            />
            {failure !== null && <FailureNotice failure={failure} />}
            <Button type="submit" loading={busy}>
              {t('send')}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/login" size="sm" mt="md" display="block">
        {t('back')}
      </Anchor>
    </EntryFrame>
  );
}

function Choosing({ token }: { readonly token: string }) {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = JSON.stringify({ token, password });
      await client.request(customEndpoint({ path: '/auth/password/reset', method: 'POST', body }));
      saySaved(t('saved'));
      await navigate({ to: '/login' });
    });
  };
  return (
    <EntryFrame title={t('choose')}>
      <form onSubmit={submit}>
        <Stack>
          <NewPassword value={password} onChange={setPassword} />
          {failure !== null && <FailureNotice failure={failure} />}
          <Button type="submit" loading={busy}>
            {t('save')}
          </Button>
          {failure !== null && (
            <Anchor href="reset-password" size="sm">
              {t('again')}
            </Anchor>
          )}
        </Stack>
      </form>
    </EntryFrame>
  );
}
