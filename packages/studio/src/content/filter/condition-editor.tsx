import { ActionIcon, Group, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { texts, useTexts } from '../../language/texts.tsx';
import { useInFilter } from './filter-place.ts';
import { arityOf, OPERATOR_TEXTS, type Operator, operatorsFor } from './operators.ts';
import type { Condition, Quantifier } from './tree.ts';
import { ValueEditor } from './value-editor.tsx';

const TEXTS = texts(
  {
    field: 'Field',
    choose: 'Choose a field',
    operator: 'Comparison',
    remove: 'Remove condition',
    quantifier: 'How many of the related items',
    _some: 'one of them',
    _none: 'none of them',
    own: 'Fields',
    none: 'No such field',
  },
  {
    field: 'Feld',
    choose: 'Feld wählen',
    operator: 'Vergleich',
    remove: 'Bedingung entfernen',
    quantifier: 'Wie viele der verbundenen Einträge',
    _some: 'eines davon',
    _none: 'keines davon',
    own: 'Felder',
    none: 'Kein solches Feld',
  },
);

interface Props {
  readonly condition: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

export function ConditionEditor({ condition, onChange, onRemove }: Props) {
  const t = useTexts(TEXTS);
  const say = useTexts(OPERATOR_TEXTS);
  const { groups, resolve, stepsToMany, patterns } = useInFilter();
  const { path, operator, quantifier } = condition;
  const target = path === '' ? null : resolve(path);
  const offered = target ? operatorsFor(target.field, target.type, patterns) : [];
  const operators = offered.includes(operator) ? offered : [...offered, operator];

  const choose = (next: string): void => {
    const found = resolve(next);
    const fitting = found ? operatorsFor(found.field, found.type, patterns) : [];
    const kept = found?.type === target?.type && fitting.includes(operator);
    const first = fitting[0] ?? '_eq';
    onChange({ ...condition, path: next, ...(kept ? {} : { operator: first, value: freshValue(found?.type, first) }) });
  };
  const compare = (next: Operator): void => {
    const same = arityOf(next) === arityOf(operator);
    onChange({ ...condition, operator: next, value: same ? condition.value : freshValue(target?.type, next) });
  };

  const known = groups.map(({ label, paths }) => ({
    group: label || t('own'),
    items: paths.map((one) => ({ value: one.path, label: one.label })),
  }));
  const unlisted = path !== '' && !groups.some(({ paths }) => paths.some((one) => one.path === path));
  const data = unlisted ? [...known, { group: '…', items: [{ value: path, label: target?.label ?? path }] }] : known;

  return (
    <Group gap="xs" align="flex-start" role="group">
      <Select
        size="sm"
        flex="1 1 180px"
        aria-label={t('field')}
        placeholder={t('choose')}
        searchable
        nothingFoundMessage={t('none')}
        maxDropdownHeight={320}
        value={path === '' ? null : path}
        onChange={(next) => next && choose(next)}
        data={data}
        allowDeselect={false}
      />
      {stepsToMany(path) > 0 && (
        <Select
          size="sm"
          w={140}
          aria-label={t('quantifier')}
          allowDeselect={false}
          value={quantifier}
          onChange={(next) => next && onChange({ ...condition, quantifier: next as Quantifier })}
          data={[
            { value: '_some', label: t('_some') },
            { value: '_none', label: t('_none') },
          ]}
        />
      )}
      {target && (
        <>
          <Select
            size="sm"
            flex="1 1 140px"
            aria-label={t('operator')}
            allowDeselect={false}
            value={operator}
            onChange={(next) => next && compare(next as Operator)}
            data={operators.map((one) => ({ value: one, label: say(one) }))}
          />
          <ValueEditor
            field={target.field}
            type={target.type}
            arity={arityOf(operator)}
            value={condition.value}
            onChange={(value) => onChange({ ...condition, value })}
          />
        </>
      )}
      <ActionIcon variant="subtle" color="gray" mt={4} aria-label={t('remove')} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

/** A yes or no is shown as one of both from the beginning; everything else has to be given. */
const freshValue = (type: string | undefined, operator: Operator): unknown =>
  type === 'boolean' && arityOf(operator) === 'one' ? true : undefined;
