import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { confirm } from '../ui/confirm.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useMoments } from '../ui/moments.ts';
import { saySaved } from '../ui/notice.ts';
import { Section } from '../ui/section.tsx';

const TEXTS = texts(
  {
    title: 'Sessions',
    about: 'Where this account is signed in. An ended session is over at once, everywhere.',
    none: 'There is none.',
    current: 'this one',
    seen: 'seen {when}',
    from: 'from {ip}',
    end: 'End',
    endOne: 'End the session of {device}',
    endOthers: 'End all others',
    endAll: 'End all',
    ended: 'The session is over.',
    endedAll: 'The sessions are over.',
    sure: 'End the sessions?',
    sureText: 'Whoever uses them has to sign in again.',
    cancel: 'Cancel',
    unknown: 'unknown device',
  },
  {
    title: 'Sitzungen',
    about: 'Wo dieses Konto angemeldet ist. Eine beendete Sitzung ist sofort und überall vorbei.',
    none: 'Es gibt keine.',
    current: 'diese',
    seen: 'gesehen {when}',
    from: 'von {ip}',
    end: 'Beenden',
    endOne: 'Die Sitzung von {device} beenden',
    endOthers: 'Alle anderen beenden',
    endAll: 'Alle beenden',
    ended: 'Die Sitzung ist beendet.',
    endedAll: 'Die Sitzungen sind beendet.',
    sure: 'Sitzungen beenden?',
    sureText: 'Wer sie benutzt, muss sich wieder anmelden.',
    cancel: 'Abbrechen',
    unknown: 'unbekanntes Gerät',
  },
);

interface OpenSession {
  readonly id: string;
  readonly device: { readonly browser: string | null; readonly system: string | null } | null;
  readonly ip: string | null;
  readonly last_seen: string;
  readonly current: boolean;
}

/** `user` is a key, or `me`. */
export function SessionsSection({ user }: { readonly user: string }) {
  const t = useTexts(TEXTS);
  const { ago } = useMoments();
  const queries = useQueryClient();
  const path = `/users/${user}/sessions`;
  const queryKey = ['users', user, 'sessions'];
  const { data: sessions = [], error } = useQuery({ queryKey, queryFn: () => ask<OpenSession[]>(path) });
  const { busy, failure, attempt } = useAttempt();
  const deviceOf = ({ device }: OpenSession) =>
    [device?.browser, device?.system].filter(Boolean).join(', ') || t('unknown');

  const end = (session: OpenSession) =>
    attempt(async () => {
      await ask(`${path}/${session.id}`, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey });
      saySaved(t('ended'));
    });
  const endAll = async (): Promise<void> => {
    const question = { title: t('sure'), text: t('sureText'), yes: user === 'me' ? t('endOthers') : t('endAll') };
    if (!(await confirm({ ...question, no: t('cancel') }))) return;
    await attempt(async () => {
      await ask(path, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey });
      saySaved(t('endedAll'));
    });
  };

  return (
    <Section
      title={t('title')}
      about={t('about')}
      actions={
        sessions.some(({ current }) => !current) && (
          <Button variant="default" onClick={() => void endAll()} loading={busy}>
            {user === 'me' ? t('endOthers') : t('endAll')}
          </Button>
        )
      }
    >
      {error && <FailureNotice failure={error} />}
      {failure !== null && <FailureNotice failure={failure} />}
      {!error && sessions.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap="xs">
        {sessions.map((session) => (
          <Group key={session.id} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {deviceOf(session)}
              {session.ip && ` · ${t('from', { ip: session.ip })}`} · {t('seen', { when: ago(session.last_seen) })}
            </Text>
            {session.current ? (
              <Badge variant="outline">{t('current')}</Badge>
            ) : (
              <Button
                size="xs"
                variant="default"
                aria-label={`${t('end')}: ${t('endOne', { device: deviceOf(session) })}`}
                onClick={() => void end(session)}
              >
                {t('end')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
