import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { continueOf } from '../app/continue.ts';
import { texts, useTexts } from '../language/texts.tsx';
import { useSession } from '../session/session.tsx';
import { signIn } from '../session/sign-in.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { EntryFrame } from './entry-frame.tsx';

const TEXTS = texts(
  { title: 'Sign in', email: 'E-mail', password: 'Password', otp: 'One-time code', submit: 'Sign in' },
  { title: 'Anmelden', email: 'E-Mail', password: 'Passwort', otp: 'Einmalcode', submit: 'Anmelden' },
);

export function LoginPage() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { begin } = useSession();
  const search: { continue?: string } = useSearch({ strict: false });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      const result = await signIn({ email, password, ...(otp ? { otp } : {}) });
      if (result === 'needs-otp') {
        setOtp('');
        return;
      }
      await begin(result.expires);
      await navigate({ to: continueOf(search.continue) });
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <EntryFrame title={t('title')}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
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
              inputMode="numeric"
              autoComplete="one-time-code"
              value={otp}
              onChange={(event) => setOtp(event.currentTarget.value)}
              autoFocus
              required
            />
          )}
          {failure !== null && <FailureNotice failure={failure} />}
          <Button type="submit" loading={busy}>
            {t('submit')}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}
