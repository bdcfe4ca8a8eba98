import { Alert, Anchor, Divider, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { continueOf } from '../app/continue.ts';
import { texts, useTexts } from '../language/texts.tsx';
import { useSession } from '../session/session.tsx';
import { signInByLink } from '../session/sign-in.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { OtherWays } from './other-ways.tsx';
import { PasswordForm } from './password-form.tsx';
import { projectQuery } from './project.ts';
import { waysInQuery } from './providers.ts';
import { setupQuery } from './setup.ts';

const TEXTS = texts(
  {
    title: 'Sign in',
    or: 'or',
    forgotten: 'Forgotten password?',
    register: 'Create an account',
    link: 'You are being signed in by the link of your e-mail',
    signedOut: 'The sign-in did not work',
    first:
      'This project is new. Open the address that the server printed when it started, or sign in with the password that it printed.',
    setUp: 'I have the code',
    nothing: 'No way to sign in is set up here.',
    INVALID_CREDENTIALS: 'The provider did not say who you are, or you have no account here.',
    INVALID_PROVIDER:
      'Your address belongs to an account that signs in another way. Sign in that way, then link this one in your profile.',
    SERVICE_UNAVAILABLE: 'The provider does not answer. Try again in a moment.',
    USER_SUSPENDED: 'This account is suspended.',
    other: 'Reason: {reason}',
  },
  {
    title: 'Anmelden',
    or: 'oder',
    forgotten: 'Passwort vergessen?',
    register: 'Konto anlegen',
    link: 'Sie werden mit dem Link aus Ihrer E-Mail angemeldet',
    signedOut: 'Die Anmeldung hat nicht geklappt',
    first:
      'Dieses Projekt ist neu. Öffnen Sie die Adresse, die der Server beim Start ausgegeben hat, oder melden Sie sich mit dem ausgegebenen Passwort an.',
    setUp: 'Ich habe den Code',
    nothing: 'Hier ist kein Weg zur Anmeldung eingerichtet.',
    INVALID_CREDENTIALS: 'Der Anbieter hat nicht gesagt, wer Sie sind, oder Sie haben hier kein Konto.',
    INVALID_PROVIDER:
      'Ihre Adresse gehört zu einem Konto mit anderer Anmeldung. Melden Sie sich damit an und verknüpfen Sie diesen Anbieter in Ihrem Profil.',
    SERVICE_UNAVAILABLE: 'Der Anbieter antwortet nicht. Versuchen Sie es gleich noch einmal.',
    USER_SUSPENDED: 'Dieses Konto ist gesperrt.',
    other: 'Grund: {reason}',
  },
);

const REASONS = ['INVALID_CREDENTIALS', 'INVALID_PROVIDER', 'SERVICE_UNAVAILABLE', 'USER_SUSPENDED'] as const;

/** Every way of getting in that this project offers. */
export function LoginPage() {
  const t = useTexts(TEXTS);
  const navigate = useNavigate();
  const { me, begin } = useSession();
  const search: { continue?: string; reason?: string; token?: string } = useSearch({ strict: false });
  const { data: project } = useQuery(projectQuery);
  const { data: ways } = useQuery(waysInQuery);
  const { data: setup } = useQuery(setupQuery);
  const { failure, attempt } = useAttempt();
  const target = continueOf(search.continue);

  useEffect(() => {
    if (me) void navigate({ to: target, replace: true });
  }, [me, target, navigate]);

  // A link of a mail counts once, and effects may run twice.
  const spent = useRef<string | null>(null);
  const { token } = search;
  useEffect(() => {
    if (!token || spent.current === token) return;
    spent.current = token;
    void attempt(async () => begin((await signInByLink(token)).expires));
  }, [token, attempt, begin]);

  const known = REASONS.find((reason) => reason === search.reason);
  return (
    <EntryFrame title={t('title')}>
      <Stack>
        {search.reason && (
          <Alert color="red" title={t('signedOut')} role="alert">
            {known ? t(known) : t('other', { reason: search.reason })}
          </Alert>
        )}
        {token && failure === null && <Text size="sm">{t('link')}</Text>}
        {failure !== null && <FailureNotice failure={failure} />}
        {setup?.open && (
          <Alert>
            {t('first')}{' '}
            <Anchor component={Link} to="/setup" size="sm">
              {t('setUp')}
            </Anchor>
          </Alert>
        )}
        {!ways && <Loading />}
        {ways?.passwords && <PasswordForm onDone={begin} />}
        {ways?.passwords && (
          <Group justify="space-between">
            <Anchor component={Link} to="/reset-password" size="sm">
              {t('forgotten')}
            </Anchor>
            {project?.project.public_registration && (
              <Anchor component={Link} to="/register" size="sm">
                {t('register')}
              </Anchor>
            )}
          </Group>
        )}
        {ways && !ways.passwords && ways.providers.length === 0 && <Text size="sm">{t('nothing')}</Text>}
        {ways && (ways.passwords || ways.providers.length > 0) && (
          <>
            {ways.passwords && <Divider label={t('or')} />}
            <OtherWays ways={ways} continueAt={target} onDone={begin} />
          </>
        )}
      </Stack>
    </EntryFrame>
  );
}
