import { ActionIcon, Code, Group, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Raw } from './tree.ts';

const TEXTS = texts(
  { remove: 'Remove condition', json: 'This part can be changed in the JSON view:' },
  { remove: 'Bedingung entfernen', json: 'Dieser Teil lässt sich in der JSON-Ansicht ändern:' },
);

/** A part of the filter that has no form: it is shown and kept. */
export function RawEditor({ raw, onRemove }: { readonly raw: Raw; readonly onRemove: () => void }) {
  const t = useTexts(TEXTS);
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
      <div>
        <Text size="xs">{t('json')}</Text>
        <Code block>{JSON.stringify(raw.filter)}</Code>
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={t('remove')} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
