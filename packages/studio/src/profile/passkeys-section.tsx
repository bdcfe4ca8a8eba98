import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconFingerprint, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useMoments } from '../ui/moments.ts';
import { saySaved } from '../ui/notice.ts';
import { Section } from '../ui/section.tsx';
import { factorsQuery } from './factors.ts';
import { withProof } from './proof.tsx';

const TEXTS = texts(
  {
    title: 'Passkeys',
    about:
      'Sign in with a finger, a face or a PIN instead of a password. A passkey works on this site and nowhere else.',
    name: 'Name of the new passkey',
    placeholder: 'My phone',
    add: 'Add a passkey',
    remove: 'Remove {name}',
    none: 'None yet.',
    made: 'made {when}',
    used: 'last used {when}',
    added: 'The passkey is added.',
  },
  {
    title: 'Passkeys',
    about: 'Melden Sie sich mit Finger, Gesicht oder PIN statt eines Passworts an. Ein Passkey gilt nur hier.',
    name: 'Name des neuen Passkeys',
    placeholder: 'Mein Telefon',
    add: 'Passkey hinzufügen',
    remove: '{name} entfernen',
    none: 'Noch keiner.',
    made: 'angelegt {when}',
    used: 'zuletzt benutzt {when}',
    added: 'Der Passkey ist hinzugefügt.',
  },
);

interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly date_created: string;
  readonly last_used: string | null;
}

const PATH = '/users/me/passkeys';
const KEY = ['users', 'me', 'passkeys'];

export function PasskeysSection() {
  const t = useTexts(TEXTS);
  const { ago } = useMoments();
  const queries = useQueryClient();
  const { data: passkeys = [] } = useQuery({ queryKey: KEY, queryFn: () => ask<Passkey[]>(PATH) });
  const { data: factors } = useQuery(factorsQuery);
  const [name, setName] = useState('');
  const byCode = factors?.otp === true;
  const renew = () => queries.invalidateQueries({ queryKey: KEY });

  const add = () =>
    withProof(t('add'), byCode, async (proof) => {
      const { startRegistration } = await import('@simplewebauthn/browser');
      const optionsJSON = await ask<Parameters<typeof startRegistration>[0]['optionsJSON']>(`${PATH}/options`, {
        method: 'POST',
        body: {},
      });
      const credential = await startRegistration({ optionsJSON });
      await ask(PATH, { method: 'POST', body: { name: name || t('placeholder'), credential, ...proof } });
      setName('');
      await renew();
      saySaved(t('added'));
    });
  const remove = (passkey: Passkey) =>
    withProof(t('remove', { name: passkey.name }), byCode, async (proof) => {
      await ask(`${PATH}/${passkey.id}`, { method: 'DELETE', body: proof });
      await renew();
    });

  return (
    <Section title={t('title')} about={t('about')}>
      {passkeys.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap="xs">
        {passkeys.map((passkey) => (
          <Group key={passkey.id} justify="space-between" wrap="nowrap">
            <Group gap="xs" wrap="nowrap">
              <IconFingerprint size={18} aria-hidden />
              <Text size="sm">
                {passkey.name} · {t('made', { when: ago(passkey.date_created) })}
                {passkey.last_used && ` · ${t('used', { when: ago(passkey.last_used) })}`}
              </Text>
            </Group>
            <ActionIcon
              variant="default"
              aria-label={t('remove', { name: passkey.name })}
              onClick={() => void remove(passkey)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Group align="flex-end">
        <TextInput
          label={t('name')}
          placeholder={t('placeholder')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          flex={1}
        />
        <Button variant="default" onClick={add}>
          {t('add')}
        </Button>
      </Group>
    </Section>
  );
}
