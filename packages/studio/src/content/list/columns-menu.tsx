import {
  ActionIcon,
  Button,
  Checkbox,
  Divider,
  Group,
  Popover,
  ScrollArea,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react';
import { useState } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { useModel } from '../model.ts';
import { type Column, offeredColumns } from './columns.ts';

const TEXTS = texts(
  {
    columns: 'Columns',
    search: 'Find a field',
    shown: 'Shown, in this order',
    more: 'More fields',
    up: 'Move {name} forward',
    down: 'Move {name} back',
  },
  {
    columns: 'Spalten',
    search: 'Feld suchen',
    shown: 'Angezeigt, in dieser Reihenfolge',
    more: 'Weitere Felder',
    up: '{name} nach vorn',
    down: '{name} nach hinten',
  },
);

interface Props {
  readonly collection: string;
  readonly columns: readonly Column[];
  readonly onChange: (paths: readonly string[]) => void;
}

/** Which fields a list shows, and in which order. */
export function ColumnsMenu({ collection, columns, onChange }: Props) {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  const [sought, setSought] = useState('');
  const paths = columns.map(({ path }) => path);
  const fits = (label: string): boolean => label.toLowerCase().includes(sought.toLowerCase());

  const swap = (at: number, to: number): void => {
    const next = [...paths];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(to, 0, moved);
    onChange(next);
  };

  return (
    <Popover position="bottom-end" width={320} trapFocus shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />}>
          {t('columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput
            size="xs"
            aria-label={t('search')}
            placeholder={t('search')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={380} type="auto">
            <Stack gap={6}>
              <Text size="xs" fw={700}>
                {t('shown')}
              </Text>
              {columns.map(({ path, label }, index) => (
                <Group key={path} justify="space-between" wrap="nowrap" gap="xs">
                  <Checkbox
                    size="xs"
                    label={label}
                    checked
                    disabled={columns.length === 1}
                    onChange={() => onChange(paths.filter((one) => one !== path))}
                  />
                  <Group gap={2} wrap="nowrap">
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      color="gray"
                      aria-label={t('up', { name: label })}
                      disabled={index === 0}
                      onClick={() => swap(index, index - 1)}
                    >
                      <IconArrowUp size={14} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      color="gray"
                      aria-label={t('down', { name: label })}
                      disabled={index === columns.length - 1}
                      onClick={() => swap(index, index + 1)}
                    >
                      <IconArrowDown size={14} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Group>
              ))}
              <Divider />
              {offeredColumns(model, collection, language).map((group) => {
                const rest = group.columns.filter(({ path, label }) => !paths.includes(path) && fits(label));
                if (rest.length === 0) return null;
                return (
                  <Stack key={group.label} gap={6}>
                    <Text size="xs" fw={700}>
                      {group.label || t('more')}
                    </Text>
                    {rest.map(({ path, label }) => (
                      <Checkbox
                        key={path}
                        size="xs"
                        label={label}
                        checked={false}
                        onChange={() => onChange([...paths, path])}
                      />
                    ))}
                  </Stack>
                );
              })}
            </Stack>
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
