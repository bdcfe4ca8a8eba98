import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { fieldTitle } from '../field-paths.ts';
import { useModel } from '../model.ts';
import type { Draft } from './draft.ts';

const TEXTS = texts(
  {
    title: 'Changed by someone else',
    text: 'While you were typing, someone else saved another value for: {fields}.',
    theirs: 'Load their values',
    mine: 'Keep mine',
  },
  {
    title: 'Von jemand anderem geändert',
    text: 'Während Sie tippten, hat jemand anderes einen anderen Wert gespeichert für: {fields}.',
    theirs: 'Deren Werte laden',
    mine: 'Meine behalten',
  },
);

/** Lets the person choose where the same field was changed twice. What she hasn't touched is up to date already. */
export function ConflictNotice({ collection, draft }: { readonly collection: string; readonly draft: Draft }) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  if (draft.conflicts.length === 0) return null;
  const titles = draft.conflicts.map((name) => {
    const field = model.field(collection, name);
    return field ? fieldTitle(field, language) : name;
  });
  return (
    <Alert color="yellow" variant="outline" icon={<IconUsers aria-hidden />} title={t('title')} role="alert">
      <Stack gap="xs">
        <Text size="sm">{t('text', { fields: titles.join(', ') })}</Text>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => draft.drop(draft.conflicts)}>
            {t('theirs')}
          </Button>
          <Button size="xs" variant="default" onClick={draft.insist}>
            {t('mine')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
