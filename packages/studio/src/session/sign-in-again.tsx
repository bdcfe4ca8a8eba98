import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { type Me, nameOf } from './me.ts';
import { signIn } from './sign-in.ts';

const TEXTS = texts(
  {
    title: 'Your session has ended',
    why: 'Sign in again as {name}. Nothing that you typed is lost.',
    password: 'Password',
    otp: 'One-time code',
    goOn: 'Sign in and go on',
    leave: 'Sign out',
    elsewhere: 'Sign in in another tab, then go on here.',
    openTab: 'Open the login in a new tab',
    done: 'I have signed in',
  },
  {
    title: 'Ihre Sitzung ist beendet',
    why: 'Melden Sie sich wieder als {name} an. Nichts Eingegebenes geht verloren.',
    password: 'Passwort',
    otp: 'Einmalcode',
    goOn: 'Anmelden und weiter',
    leave: 'Abmelden',
    elsewhere: 'Melden Sie sich in einem anderen Tab an und machen Sie dann hier weiter.',
    openTab: 'Anmeldung in neuem Tab öffnen',
    done: 'Ich bin angemeldet',
  },
);

interface Props {
  readonly me: Me;
  /** With how long the new session holds, in milliseconds. */
  readonly onDone: (expires: number | null) => void;
  readonly onLeave: () => void;
}

/** Asks the person who was signed in to do so again, over whatever she was doing. */
export function SignInAgain({ me, onDone, onLeave }: Props) {
  const t = useTexts(TEXTS);
  const [password, setPassword] = useState('');
  const [otp, setOtp] = useState<string | null>(null);
  const { busy, failure, attempt } = useAttempt();
  const byPassword = Boolean(me.email) && (me.provider ?? 'default') === 'default';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void attempt(async () => {
      const result = await signIn({ name: me.email ?? '', password, ...(otp ? { otp } : {}) });
      if (result === 'needs-otp') setOtp('');
      else onDone(result.expires);
    });
  };

  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title={t('title')} centered zIndex={1000}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('why', { name: nameOf(me) })}</Text>
          {byPassword ? (
            <>
              <PasswordInput
                label={t('password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                data-autofocus
                required
              />
              {otp !== null && (
                <TextInput
                  label={t('otp')}
                  value={otp}
                  onChange={(event) => setOtp(event.currentTarget.value)}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                />
              )}
            </>
          ) : (
            <>
              <Text size="sm">{t('elsewhere')}</Text>
              <Button component="a" href="login" target="_blank" variant="default">
                {t('openTab')}
              </Button>
            </>
          )}
          {failure !== null && <FailureNotice failure={failure} />}
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={onLeave}>
              {t('leave')}
            </Button>
            {byPassword ? (
              <Button type="submit" loading={busy}>
                {t('goOn')}
              </Button>
            ) : (
              <Button onClick={() => onDone(null)}>{t('done')}</Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
