import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { confirm } from '../ui/confirm.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useMoments } from '../ui/moments.ts';
import { Section } from '../ui/section.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';

const TEXTS = texts(
  {
    title: 'API tokens',
    about: 'For programs that act as this account. Each has a name, and ends when you say so.',
    none: 'None yet.',
    name: 'Name of the new token',
    placeholder: 'Nightly export',
    expires: 'Ends on (optional)',
    addresses: 'Only from these addresses (optional)',
    addressesHint: 'Like 203.0.113.7 or 10.0.0.0/8, separated by commas.',
    create: 'Make a token',
    token: 'The token “{name}”',
    never: 'never used',
    used: 'used {when}',
    ends: 'ends {when}',
    remove: 'Delete the token {name}',
    sure: 'Delete this token?',
    sureText: 'Programs that use “{name}” stop working at once.',
    yes: 'Delete the token',
    no: 'Keep it',
  },
  {
    title: 'API-Tokens',
    about: 'Für Programme, die als dieses Konto handeln. Jedes hat einen Namen und endet, wann Sie es sagen.',
    none: 'Noch keines.',
    name: 'Name des neuen Tokens',
    placeholder: 'Nächtlicher Export',
    expires: 'Endet am (freiwillig)',
    addresses: 'Nur von diesen Adressen (freiwillig)',
    addressesHint: 'Wie 203.0.113.7 oder 10.0.0.0/8, durch Kommas getrennt.',
    create: 'Token anlegen',
    token: 'Das Token „{name}“',
    never: 'nie benutzt',
    used: 'benutzt {when}',
    ends: 'endet {when}',
    remove: 'Das Token {name} löschen',
    sure: 'Dieses Token löschen?',
    sureText: 'Programme, die „{name}“ benutzen, gehen dann sofort nicht mehr.',
    yes: 'Token löschen',
    no: 'Behalten',
  },
);

interface Token {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly expires: string | null;
  readonly last_used: string | null;
}

/** `user` is a key, or `me`. */
export function TokensSection({ user }: { readonly user: string }) {
  const t = useTexts(TEXTS);
  const { ago } = useMoments();
  const queries = useQueryClient();
  const path = `/users/${user}/tokens`;
  const queryKey = ['users', user, 'tokens'];
  const { data: tokens = [], error } = useQuery({ queryKey, queryFn: () => ask<Token[]>(path) });
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const { failure, attempt } = useAttempt();

  const remove = async ({ id, name }: Token): Promise<void> => {
    const question = { title: t('sure'), text: t('sureText', { name }), yes: t('yes'), no: t('no') };
    if (!(await confirm(question))) return;
    await attempt(async () => {
      await ask(`${path}/${id}`, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey });
    });
  };

  return (
    <Section title={t('title')} about={t('about')}>
      {error && <FailureNotice failure={error} />}
      {failure !== null && <FailureNotice failure={failure} />}
      {!error && tokens.length === 0 && <Text size="sm">{t('none')}</Text>}
      <Stack gap="xs">
        {tokens.map((token) => (
          <Group key={token.id} justify="space-between" wrap="nowrap">
            <Text size="sm">
              {token.name} · {token.hint} · {token.last_used ? t('used', { when: ago(token.last_used) }) : t('never')}
              {token.expires && ` · ${t('ends', { when: ago(token.expires) })}`}
            </Text>
            <ActionIcon
              variant="default"
              aria-label={t('remove', { name: token.name })}
              onClick={() => void remove(token)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      {made && <ShownOnce label={t('token', { name: made.name })} secret={made.token} />}
      <NewToken
        path={path}
        onMade={async (token) => {
          setMade(token);
          await queries.invalidateQueries({ queryKey });
        }}
      />
    </Section>
  );
}

interface NewTokenProps {
  readonly path: string;
  readonly onMade: (token: { name: string; token: string }) => Promise<void>;
}

function NewToken({ path, onMade }: NewTokenProps) {
  const t = useTexts(TEXTS);
  const [name, setName] = useState('');
  const [expires, setExpires] = useState('');
  const [addresses, setAddresses] = useState('');
  const { busy, failure, attempt } = useAttempt();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const list = addresses.split(/[\s,]+/).filter(Boolean);
    const body = {
      name,
      ...(expires ? { expires: new Date(`${expires}T23:59:59`).toISOString() } : {}),
      ...(list.length > 0 ? { ip_access: list } : {}),
    };
    void attempt(async () => {
      await onMade(await ask<{ name: string; token: string }>(path, { method: 'POST', body }));
      setName('');
      setExpires('');
      setAddresses('');
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group align="flex-start" grow>
          <TextInput
            label={t('name')}
            placeholder={t('placeholder')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <TextInput
            type="date"
            label={t('expires')}
            value={expires}
            onChange={(event) => setExpires(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={t('addresses')}
          description={t('addressesHint')}
          value={addresses}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={busy}>
            {t('create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
