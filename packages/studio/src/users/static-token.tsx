import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { texts, useTexts } from '../language/texts.tsx';
import { ask } from '../session/api.ts';
import { useAttempt } from '../ui/attempt.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';

const TEXTS = texts(
  {
    title: 'Static token',
    none: 'No static token.',
    unknown: 'Whether there is one you may not see.',
    set: 'A static token is set. It can be replaced, not shown.',
    generate: 'Generate a static token',
    regenerate: 'Generate another static token',
    remove: 'Remove the static token',
    removing: 'The static token goes when you save.',
    keep: 'Keep it after all',
    note: 'Copy it now. It counts once you have saved, and is never shown again.',
  },
  {
    title: 'Statisches Token',
    none: 'Kein statisches Token.',
    unknown: 'Ob es eines gibt, dürfen Sie nicht sehen.',
    set: 'Ein statisches Token ist gesetzt. Es kann ersetzt, aber nicht gezeigt werden.',
    generate: 'Ein statisches Token erzeugen',
    regenerate: 'Ein anderes statisches Token erzeugen',
    remove: 'Das statische Token entfernen',
    removing: 'Das statische Token geht mit dem Speichern.',
    keep: 'Doch behalten',
    note: 'Kopieren Sie es jetzt. Es gilt nach dem Speichern und wird nie wieder gezeigt.',
  },
);

interface Props {
  /** Whether one is stored; null where that may not be read. */
  readonly stored: boolean | null;
  /** Undefined where nothing changes, null where it is taken away. */
  readonly value: string | null | undefined;
  readonly onChange: (value: string | null | undefined) => void;
}

/** Generates a token that becomes active with the rest of the form. */
export function StaticToken({ stored, value, onChange }: Props) {
  const t = useTexts(TEXTS);
  const { busy, failure, attempt } = useAttempt();
  const generate = () =>
    attempt(async () => onChange(await ask<string>('/utils/random/string', { params: { length: 48 } })));
  const label = stored || value ? t('regenerate') : t('generate');
  return (
    <Stack gap={6} role="group" aria-label={t('title')}>
      <Text size="sm" fw={500}>
        {t('title')}
      </Text>
      {typeof value === 'string' ? (
        <ShownOnce label={t('title')} secret={value} note={t('note')} />
      ) : (
        <Text size="sm">
          {value === null ? t('removing') : stored === null ? t('unknown') : stored ? t('set') : t('none')}
        </Text>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <Group gap="xs">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => void generate()}
          loading={busy}
        >
          {label}
        </Button>
        {stored !== false && value === undefined && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => onChange(null)}
          >
            {t('remove')}
          </Button>
        )}
        {value !== undefined && (
          <Button size="compact-sm" variant="subtle" onClick={() => onChange(undefined)}>
            {t('keep')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
