import { ActionIcon, Button, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Choice } from './field-draft.ts';

const TEXTS = texts(
  {
    choices: 'Choices',
    value: 'Stored value {number}',
    text: 'Shown text {number}',
    add: 'Add a choice',
    remove: 'Remove choice {number}',
    up: 'Move choice {number} up',
  },
  {
    choices: 'Auswahlmöglichkeiten',
    value: 'Gespeicherter Wert {number}',
    text: 'Angezeigter Text {number}',
    add: 'Möglichkeit hinzufügen',
    remove: 'Möglichkeit {number} entfernen',
    up: 'Möglichkeit {number} nach oben',
  },
);

interface Props {
  readonly choices: readonly Choice[];
  readonly onChange: (choices: readonly Choice[]) => void;
}

/** The values that a field offers, in their order. */
export function ChoicesInput({ choices, onChange }: Props) {
  const t = useTexts(TEXTS);
  const set = (at: number, part: Partial<Choice>): void =>
    onChange(choices.with(at, { ...choices[at], ...part } as Choice));
  return (
    <Fieldset legend={t('choices')}>
      <Stack gap="xs">
        {choices.map((choice, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: choices have no other identity while they are typed
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t('value', { number: at + 1 })}
              placeholder={t('value', { number: at + 1 })}
              value={choice.value}
              onChange={(event) => set(at, { value: event.currentTarget.value })}
              flex={1}
            />
            <TextInput
              aria-label={t('text', { number: at + 1 })}
              placeholder={t('text', { number: at + 1 })}
              value={choice.text}
              onChange={(event) => set(at, { text: event.currentTarget.value })}
              flex={1}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={at === 0}
              aria-label={t('up', { number: at + 1 })}
              onClick={() => onChange(choices.with(at - 1, choice).with(at, choices[at - 1] as Choice))}
            >
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('remove', { number: at + 1 })}
              onClick={() => onChange(choices.toSpliced(at, 1))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...choices, { value: '', text: '' }])}
        >
          {t('add')}
        </Button>
      </Stack>
    </Fieldset>
  );
}
