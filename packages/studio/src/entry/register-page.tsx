import { customEndpoint } from '@directus/sdk';
import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { client } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { NewPassword } from './new-password.tsx';
import { projectQuery } from './project.ts';

const TEXTS = texts(
  {
    title: 'Create an account',
    first: 'First name',
    last: 'Last name',
    email: 'E-mail',
    submit: 'Create the account',
    verify: 'Look into your mail: a link there makes the account count.',
    done: 'If the address was free, the account is there. You can sign in now.',
    closed: 'Nobody can register here. Ask an administrator for an invitation.',
    back: 'Back to sign-in',
  },
  {
    title: 'Konto anlegen',
    first: 'Vorname',
    last: 'Nachname',
    email: 'E-Mail',
    submit: 'Konto anlegen',
    verify: 'Schauen Sie in Ihre E-Mails: ein Link dort macht das Konto gültig.',
    done: 'Wenn die Adresse frei war, gibt es das Konto jetzt. Sie können sich anmelden.',
    closed: 'Hier kann sich niemand registrieren. Bitten Sie um eine Einladung.',
    back: 'Zurück zur Anmeldung',
  },
);

export function RegisterPage() {
  const t = useTexts(TEXTS);
  const { data } = useQuery(projectQuery);
  const [names, setNames] = useState({ first_name: '', last_name: '' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const { busy, failure, attempt } = useAttempt();

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = Object.fromEntries(Object.entries(names).filter(([, value]) => value !== ''));
    void attempt(async () => {
      const body = JSON.stringify({ email, password, ...given });
      await client.request(customEndpoint({ path: '/users/register', method: 'POST', body }));
      setDone(true);
    });
  };

  return (
    <EntryFrame title={t('title')}>
      {done && <Alert role="status">{data?.project.public_registration_verify_email ? t('verify') : t('done')}</Alert>}
      {data && !data.project.public_registration && <Text>{t('closed')}</Text>}
      {data?.project.public_registration && !done && (
        <form onSubmit={submit}>
          <Stack>
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
      )}
      <Anchor component={Link} to="/login" size="sm" mt="md" display="block">
        {t('back')}
      </Anchor>
    </EntryFrame>
  );
}
