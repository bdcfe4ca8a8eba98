import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { signIn } from '../session/sign-in.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { labelOf, type Provider } from './providers.ts';

const TEXTS = texts(
  {
    email: 'E-mail',
    identifier: 'User name',
    password: 'Password',
    otp: 'One-time code',
    otpHint: 'From your app, or one of your recovery codes.',
    submit: 'Sign in',
    submitAt: 'Sign in with {provider}',
  },
  {
    email: 'E-Mail',
    identifier: 'Benutzername',
    password: 'Passwort',
    otp: 'Einmalcode',
    otpHint: 'Aus Ihrer App, oder einer Ihrer Wiederherstellungscodes.',
    submit: 'Anmelden',
    submitAt: 'Mit {provider} anmelden',
  },
);

interface Props {
  /** Where the password is known; the project itself without one. */
  readonly provider?: Provider;
  readonly onDone: (expires: number | null) => Promise<void>;
}

export function PasswordForm({ provider, onDone }: Props) {
  const t = useTexts(TEXTS);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const ldap = provider?.driver === 'ldap';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const result = await signIn({ name, password, ...(otp ? { otp } : {}), ...(provider ? { provider } : {}) });
      if (result === 'needs-otp') setOtp('');
      else await onDone(result.expires);
    });
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={ldap ? t('identifier') : t('email')}
          type={ldap ? 'text' : 'email'}
          autoComplete="username"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
        />
        {otp !== null && (
          <TextInput
            label={t('otp')}
            description={t('otpHint')}
            autoComplete="one-time-code"
            value={otp}
            onChange={(event) => setOtp(event.currentTarget.value)}
            autoFocus
            required
          />
        )}
        {failure !== null && <FailureNotice failure={failure} />}
        <Button type="submit" loading={busy}>
          {provider ? t('submitAt', { provider: labelOf(provider) }) : t('submit')}
        </Button>
      </Stack>
    </form>
  );
}
