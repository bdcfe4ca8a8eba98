import { MultiSelect, Select, Switch, TagsInput } from '@mantine/core';
import { texts, useTexts } from '../../../language/texts.tsx';
import { choicesOf } from '../../choices.ts';
import { type InputProps, isNullable } from './input-props.ts';

const TEXTS = texts(
  { yes: 'Yes', no: 'No', enter: 'Add with Enter', clear: 'Clear {name}' },
  { yes: 'Ja', no: 'Nein', enter: 'Mit Eingabetaste hinzufügen', clear: '{name} leeren' },
);

const common = ({ label, disabled, required, error, description }: InputProps) => ({
  label,
  disabled,
  error,
  description,
  withAsterisk: required,
});

/** Yes or no; where nothing is possible too, one of three. */
export function BooleanInput(props: InputProps) {
  const t = useTexts(TEXTS);
  const { field, label, value, onChange, disabled, error, description } = props;
  if (isNullable(field) && field.schema?.default_value == null)
    return (
      <Select
        {...common(props)}
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { name: label }) }}
        value={value === null || value === undefined ? null : String(Boolean(value))}
        onChange={(next) => onChange(next === null ? null : next === 'true')}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
      />
    );
  return (
    <Switch
      label={label}
      description={description}
      error={error}
      disabled={disabled}
      checked={Boolean(value)}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** One of the choices of the field; what is stored and no choice (any more) is kept as one. */
export function ChoiceInput(props: InputProps) {
  const t = useTexts(TEXTS);
  const { field, label, value, onChange } = props;
  const choices = choicesOf(field);
  const data = choices.map((one) => ({ value: String(one.value), label: one.text }));
  const stored = value === null || value === undefined ? null : String(value);
  const strange = stored !== null && !data.some((one) => one.value === stored);
  return (
    <Select
      {...common(props)}
      searchable={data.length > 7}
      clearable={isNullable(field)}
      allowDeselect={isNullable(field)}
      clearButtonProps={{ 'aria-label': t('clear', { name: label }) }}
      value={stored}
      onChange={(next) =>
        onChange(next === null ? null : (choices.find((one) => String(one.value) === next)?.value ?? next))
      }
      data={strange ? [...data, { value: stored, label: stored }] : data}
    />
  );
}

/** A list of texts: tags, or several of the choices. */
export function ListInput(props: InputProps) {
  const t = useTexts(TEXTS);
  const { field, label, value, onChange } = props;
  const choices = choicesOf(field);
  const list = (Array.isArray(value) ? value : []).map(String);
  const tell = (next: readonly string[]): void => onChange(next.length === 0 && isNullable(field) ? null : next);
  if (choices.length === 0 || field.meta?.options?.allowOther === true)
    return (
      <TagsInput
        {...common(props)}
        placeholder={list.length === 0 ? t('enter') : ''}
        acceptValueOnBlur
        value={list}
        data={choices.map((one) => String(one.value))}
        onChange={tell}
      />
    );
  const known = choices.map((one) => ({ value: String(one.value), label: one.text }));
  const strange = list.filter((one) => !known.some((choice) => choice.value === one));
  return (
    <MultiSelect
      {...common(props)}
      clearable
      clearButtonProps={{ 'aria-label': t('clear', { name: label }) }}
      value={list}
      data={[...known, ...strange.map((one) => ({ value: one, label: one }))]}
      onChange={tell}
    />
  );
}
