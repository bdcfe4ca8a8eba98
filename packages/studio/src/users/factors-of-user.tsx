import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { confirm } from '../ui/confirm.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { saySaved } from '../ui/notice.ts';
import { Section } from '../ui/section.tsx';

const TEXTS = texts(
  {
    title: 'Second factors',
    about: 'For somebody who lost their phone: take the second factor away, so that the password is enough once more.',
    passkeys: 'Passkeys: {names}',
    none: 'none',
    remove: 'Remove {name}',
    disable: 'Take the second factor away',
    sure: 'Take the second factor away?',
    sureText: 'The password alone is enough then. Be sure who asks you to do this.',
    yes: 'Take it away',
    no: 'Leave it',
    done: 'The second factor is gone.',
  },
  {
    title: 'Zweite Faktoren',
    about: 'Wenn jemand sein Telefon verloren hat: nehmen Sie den zweiten Faktor weg, dann genügt wieder das Passwort.',
    passkeys: 'Passkeys: {names}',
    none: 'keine',
    remove: '{name} entfernen',
    disable: 'Zweiten Faktor wegnehmen',
    sure: 'Zweiten Faktor wegnehmen?',
    sureText: 'Dann genügt das Passwort allein. Seien Sie sicher, wer Sie darum bittet.',
    yes: 'Wegnehmen',
    no: 'Lassen',
    done: 'Der zweite Faktor ist weg.',
  },
);

interface Passkey {
  readonly id: string;
  readonly name: string;
}

export function FactorsOfUser({ user }: { readonly user: string }) {
  const t = useTexts(TEXTS);
  const queries = useQueryClient();
  const queryKey = ['users', user, 'passkeys'];
  const { data: passkeys = [] } = useQuery({ queryKey, queryFn: () => ask<Passkey[]>(`/users/${user}/passkeys`) });
  const { busy, failure, attempt } = useAttempt();

  const disable = async (): Promise<void> => {
    if (!(await confirm({ title: t('sure'), text: t('sureText'), yes: t('yes'), no: t('no') }))) return;
    await attempt(async () => {
      await ask(`/users/${user}/tfa/disable`, { method: 'POST' });
      saySaved(t('done'));
    });
  };
  const remove = ({ id }: Passkey) =>
    attempt(async () => {
      await ask(`/users/${user}/passkeys/${id}`, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey });
    });

  return (
    <Section
      title={t('title')}
      about={t('about')}
      actions={
        <Button variant="default" loading={busy} onClick={() => void disable()}>
          {t('disable')}
        </Button>
      }
    >
      {failure !== null && <FailureNotice failure={failure} />}
      <Text size="sm">{t('passkeys', { names: passkeys.map(({ name }) => name).join(', ') || t('none') })}</Text>
      <Stack gap="xs">
        {passkeys.map((passkey) => (
          <Group key={passkey.id}>
            <Button size="xs" variant="default" onClick={() => void remove(passkey)}>
              {t('remove', { name: passkey.name })}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
