import { customEndpoint } from '@directus/sdk';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { client } from '../session/api.ts';
import { useSession } from '../session/session.tsx';
import { signIn } from '../session/sign-in.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { NewPassword } from './new-password.tsx';

const TEXTS = texts(
  {
    title: 'Welcome to Limen',
    about: 'Choose who administrates this project. It takes the place of the password that the server printed.',
    code: 'Code',
    codeHint: 'The server printed it when it started, at the end of the address.',
    first: 'First name',
    last: 'Last name',
    email: 'E-mail',
    submit: 'Create the administrator',
  },
  {
    title: 'Willkommen bei Limen',
    about: 'Wählen Sie, wer dieses Projekt verwaltet. Das ersetzt das Passwort, das der Server ausgegeben hat.',
    code: 'Code',
    codeHint: 'Der Server hat ihn beim Start ausgegeben, am Ende der Adresse.',
    first: 'Vorname',
    last: 'Nachname',
    email: 'E-Mail',
    submit: 'Administrator anlegen',
  },
);

/** The first page of a new project. */
export function SetupPage() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { begin } = useSession();
  // Behind the # of the printed address, so that it is in no log.
  const printed = window.location.hash.slice(1);
  const [code, setCode] = useState(printed);
  const [names, setNames] = useState({ first_name: '', last_name: '' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, failure, attempt } = useAttempt();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const body = JSON.stringify({ code, email, password, ...names });
      await client.request(customEndpoint({ path: '/server/setup', method: 'POST', body }));
      const result = await signIn({ name: email, password });
      if (result !== 'needs-otp') await begin(result.expires);
      await navigate({ to: '/' });
    });
  };

  return (
    <EntryFrame title={t('title')}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('about')}</Text>
          {printed === '' && (
            <TextInput
              label={t('code')}
              description={t('codeHint')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="off"
              required
            />
          )}
          <Group grow align="flex-start">
            <TextInput
              label={t('first')}
              autoComplete="given-name"
              value={names.first_name}
              onChange={(event) => setNames({ ...names, first_name: event.currentTarget.value })}
            />
            <TextInput
              label={t('last')}
              autoComplete="family-name"
              value={names.last_name}
              onChange={(event) => setNames({ ...names, last_name: event.currentTarget.value })}
            />
          </Group>
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            required
          />
          <NewPassword value={password} onChange={setPassword} />
          {failure !== null && <FailureNotice failure={failure} />}
          <Button type="submit" loading={busy}>
            {t('submit')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
