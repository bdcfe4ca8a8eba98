import { Badge, Box, Button, Code, CopyButton, Group, Stack, Table, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { texts, useLanguage, useTexts } from '../language/texts.tsx';
import type { Answer } from './answer.ts';

const TEXTS = texts(
  {
    status: 'Status {status}',
    time: '{ms} ms',
    size: '{bytes} bytes',
    elsewhere: 'The answer leads to another address. Browsers do not show it to programs.',
    binary: 'The body is no text and is not shown.',
    empty: 'The body is empty.',
    cut: 'Only the beginning is shown.',
    body: 'Body of the answer',
    headers: 'Headers of the answer',
    copy: 'Copy',
    copied: 'Copied',
  },
  {
    status: 'Status {status}',
    time: '{ms} ms',
    size: '{bytes} Bytes',
    elsewhere: 'Die Antwort führt zu einer anderen Adresse. Browser zeigen sie Programmen nicht.',
    binary: 'Der Inhalt ist kein Text und wird nicht gezeigt.',
    empty: 'Der Inhalt ist leer.',
    cut: 'Nur der Anfang wird gezeigt.',
    body: 'Inhalt der Antwort',
    headers: 'Kopfzeilen der Antwort',
    copy: 'Kopieren',
    copied: 'Kopiert',
  },
);

/** What the server answered. */
export function AnswerView({ answer }: { readonly answer: Answer }) {
  const t = useTexts(TEXTS);
  const { language } = useLanguage();
  const { status, statusText, ms, bytes, kind, text, cut, headers } = answer;
  const number = new Intl.NumberFormat(language);
  if (kind === 'elsewhere') return <Text size="sm">{t('elsewhere')}</Text>;
  return (
    <Stack gap="sm">
      <Group gap="md" role="status">
        <Badge
          variant="outline"
          color={status < 400 ? 'green' : 'red'}
          tt="none"
          size="lg"
          styles={{ label: { color: 'var(--mantine-color-text)' } }}
        >
          {t('status', { status: `${status} ${statusText}`.trim() })}
        </Badge>
        <Text size="sm">{t('time', { ms: number.format(ms) })}</Text>
        <Text size="sm">{t('size', { bytes: number.format(bytes) })}</Text>
      </Group>
      {kind === 'binary' && <Text size="sm">{t('binary')}</Text>}
      {kind === 'text' && text === '' && <Text size="sm">{t('empty')}</Text>}
      {cut && <Text size="sm">{t('cut')}</Text>}
      {text !== '' && <CodeBox label={t('body')} text={text} />}
      <details>
        <summary>
          <Text span size="sm">
            {t('headers')} ({headers.length})
          </Text>
        </summary>
        <Table layout="fixed" fz="xs" aria-label={t('headers')}>
          <Table.Tbody>
            {headers.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </Stack>
  );
}

/** Long text that scrolls in its own box, and a button that copies it. */
export function CodeBox({ label, text }: { readonly label: string; readonly text: string }) {
  const t = useTexts(TEXTS);
  return (
    <Stack gap="xs">
      <Box component="section" aria-label={label} tabIndex={0} mah="60vh" style={{ overflow: 'auto' }}>
        <Code block style={{ overflow: 'visible', width: 'max-content', minWidth: '100%' }}>
          {text}
        </Code>
      </Box>
      <Group>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {copied ? t('copied') : t('copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
