import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { texts, useTexts } from '../language/texts.tsx';

const TEXTS = texts(
  { copy: 'Copy', copied: 'Copied', once: 'Keep it somewhere safe now: it is shown this once and never again.' },
  {
    copy: 'Kopieren',
    copied: 'Kopiert',
    once: 'Bewahren Sie es jetzt sicher auf: es wird nur dieses eine Mal gezeigt.',
  },
);

/** A secret that nobody can read again, and a button that copies it. */
export function ShownOnce({
  label,
  secret,
  note,
}: {
  readonly label: string;
  readonly secret: string;
  readonly note?: string;
}) {
  const t = useTexts(TEXTS);
  return (
    <Alert title={label} color="threshold">
      <Stack gap="xs">
        <Text size="sm">{note ?? t('once')}</Text>
        <Code
          block
          aria-label={label}
          role="textbox"
          aria-readonly
          style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
        >
          {secret}
        </Code>
        <Group>
          <CopyButton value={secret}>
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
    </Alert>
  );
}
