import { ActionIcon, Group, Menu, Select, TagsInput, TextInput } from '@mantine/core';
import { IconVariable } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import { choicesOf } from '../choices.ts';
import type { Field } from '../model.ts';
import { readMoment, writeMoment } from '../moment-text.ts';
import { useInFilter } from './filter-place.ts';
import type { Arity } from './operators.ts';
import { readText, writeText } from './value-text.ts';

const TEXTS = texts(
  {
    value: 'Value',
    from: 'From',
    to: 'To',
    values: 'Values',
    add: 'Add with Enter',
    variable: 'Use a variable',
    yes: 'Yes',
    no: 'No',
  },
  {
    value: 'Wert',
    from: 'Von',
    to: 'Bis',
    values: 'Werte',
    add: 'Mit Eingabetaste hinzufügen',
    variable: 'Variable verwenden',
    yes: 'Ja',
    no: 'Nein',
  },
);

interface Props {
  readonly field: Field;
  readonly type: string;
  readonly arity: Arity;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What a condition compares with: one value, two, a list, or nothing. */
export function ValueEditor({ field, type, arity, value, onChange }: Props) {
  const t = useTexts(TEXTS);
  if (arity === 'none') return null;
  if (arity === 'two') {
    const [from, to] = Array.isArray(value) ? value : [];
    return (
      <Group gap="xs" flex="2 1 260px" wrap="nowrap">
        <One field={field} type={type} label={t('from')} value={from} onChange={(next) => onChange([next, to])} />
        <One field={field} type={type} label={t('to')} value={to} onChange={(next) => onChange([from, next])} />
      </Group>
    );
  }
  if (arity === 'list') {
    const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
    return (
      <Group gap={4} wrap="nowrap" flex="2 1 200px" align="flex-start">
        <TagsInput
          size="sm"
          flex={1}
          aria-label={t('values')}
          placeholder={list.length === 0 ? t('add') : ''}
          value={list.map(writeText)}
          data={choicesOf(field).map((one) => writeText(one.value))}
          onChange={(next) => onChange(next.map((one) => readText(type, one)))}
          acceptValueOnBlur
        />
        <Variables onChoose={(name) => onChange([...list, name])} />
      </Group>
    );
  }
  return <One field={field} type={type} label={t('value')} value={value} onChange={onChange} />;
}

interface OneProps {
  readonly field: Field;
  readonly type: string;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

const NATIVE: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  dateTime: 'datetime-local',
  timestamp: 'datetime-local',
};

function One({ field, type, label, value, onChange }: OneProps) {
  const t = useTexts(TEXTS);
  const variable = typeof value === 'string' && value.startsWith('$');
  const native = !variable && type in NATIVE;
  const choices = choicesOf(field).map((one) => ({ value: writeText(one.value), label: one.text }));
  const written = value === undefined || value === null ? '' : writeText(value);
  const fixed =
    type === 'boolean'
      ? [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]
      : choices;
  return (
    <Group gap={4} wrap="nowrap" flex="2 1 180px">
      {fixed.length > 0 && !variable && (written === '' || fixed.some((one) => one.value === written)) ? (
        <Select
          size="sm"
          flex={1}
          aria-label={label}
          allowDeselect={false}
          value={written === '' ? null : written}
          onChange={(next) => next !== null && onChange(readText(type, next))}
          data={fixed}
        />
      ) : (
        <TextInput
          size="sm"
          flex={1}
          miw={90}
          aria-label={label}
          type={native ? NATIVE[type] : 'text'}
          step={native && type !== 'date' ? 1 : undefined}
          value={native ? writeMoment(type, value) : written}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(native ? (readMoment(type, text) ?? undefined) : readText(type, text));
          }}
        />
      )}
      <Variables onChoose={onChange} />
    </Group>
  );
}

function Variables({ onChoose }: { readonly onChoose: (name: string) => void }) {
  const t = useTexts(TEXTS);
  const { variables } = useInFilter();
  if (variables.length === 0) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('variable')} mt={4}>
          <IconVariable size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {variables.map((name) => (
          <Menu.Item key={name} onClick={() => onChoose(name)} ff="monospace">
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
