import { Badge, Button, Group, Paper, PasswordInput, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { failureOf } from '../session/failure.ts';
import { type Me, nameOf } from '../session/me.ts';
import { type Caller, callerWith, isToken, readJson } from './caller.ts';

const TEXTS = texts(
  {
    asking: 'Asking as',
    session: 'your session',
    token: 'a token',
    nobody: 'nobody: this token is not valid',
    unnamed: 'an account that may not read itself',
    field: 'Another token',
    hint: 'It is kept until you leave this page, and stored nowhere.',
    use: 'Ask with the token',
    back: 'Ask as yourself',
    wrong: 'A token has no spaces and no letters with accents.',
  },
  {
    asking: 'Gefragt wird als',
    session: 'Ihre Sitzung',
    token: 'ein Token',
    nobody: 'niemand: dieses Token gilt nicht',
    unnamed: 'ein Konto, das sich selbst nicht lesen darf',
    field: 'Ein anderes Token',
    hint: 'Es bleibt, bis Sie diese Seite verlassen, und wird nirgends gespeichert.',
    use: 'Mit dem Token fragen',
    back: 'Als Sie selbst fragen',
    wrong: 'Ein Token hat keine Leerzeichen und keine Umlaute.',
  },
);

interface Props {
  readonly caller: Caller;
  readonly onChange: (next: Caller) => void;
}

/** Says as whom requests are sent, and lets another token take over. */
export function AsWhom({ caller, onChange }: Props) {
  const t = useTexts(TEXTS);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const token = typed.trim();
    setWrong(!isToken(token));
    if (!isToken(token)) return;
    setTyped('');
    onChange(callerWith(token));
  };

  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="xs" role="status">
          <Text size="sm">{t('asking')}</Text>
          <Who caller={caller} />
          <Badge variant="outline" color="gray" tt="none" styles={{ label: { color: 'var(--mantine-color-text)' } }}>
            {caller.token === null ? t('session') : t('token')}
          </Badge>
        </Group>
        <form onSubmit={submit}>
          <Group align="flex-end">
            <PasswordInput
              label={t('field')}
              description={t('hint')}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={wrong && t('wrong')}
              autoComplete="off"
              flex="1 1 16rem"
              maw={480}
            />
            <Button type="submit" variant="default" disabled={typed.trim() === ''}>
              {t('use')}
            </Button>
            {caller.token !== null && (
              <Button variant="default" onClick={() => onChange(callerWith(null))}>
                {t('back')}
              </Button>
            )}
          </Group>
        </form>
      </Stack>
    </Paper>
  );
}

function Who({ caller }: { readonly caller: Caller }) {
  const t = useTexts(TEXTS);
  const { data, error } = useQuery({
    queryKey: ['explorer', 'who', caller.number],
    gcTime: 0,
    queryFn: () => readJson<{ data: Me }>(caller, '/users/me?fields=id,first_name,last_name,email'),
  });
  if (error) {
    const { status, message } = failureOf(error);
    const refused = status === 401 ? t('nobody') : t('unnamed');
    return <Text size="sm">{status === 401 || status === 403 ? refused : message}</Text>;
  }
  return (
    <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
      {data ? nameOf(data.data) : '…'}
    </Text>
  );
}
