import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { texts, useTexts } from '../language/texts.tsx';
import { CodeBox } from './answer-view.tsx';
import type { Asked } from './caller.ts';
import { KINDS, type Kind, snippet } from './snippets.ts';

const TEXTS = texts(
  { how: 'Language', code: 'The request in a program', token: 'Put your token where $TOKEN stands.' },
  { how: 'Sprache', code: 'Die Anfrage in einem Programm', token: 'Setzen Sie Ihr Token ein, wo $TOKEN steht.' },
);

/** The request of the form as a program would send it, without a token. */
export function SnippetView({ asked }: { readonly asked: Asked }) {
  const t = useTexts(TEXTS);
  const [kind, setKind] = useState<Kind>('curl');
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={t('how')}
        size="xs"
        value={kind}
        onChange={(next) => setKind(next as Kind)}
        data={[...KINDS]}
        style={{ alignSelf: 'start' }}
      />
      <Text size="sm">{t('token')}</Text>
      <CodeBox label={t('code')} text={snippet(kind, asked)} />
    </Stack>
  );
}
