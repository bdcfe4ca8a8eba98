import { ColorInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { texts, useTexts } from '../../../language/texts.tsx';
import { Malformed } from '../malformed.ts';
import { useClearButton } from './clear-button.tsx';
import { type InputProps, isNullable } from './input-props.ts';

const TEXTS = texts(
  { number: 'This is no number.', set: 'A value is set. Type to replace it.', secret: 'The value is not shown.' },
  {
    number: 'Das ist keine Zahl.',
    set: 'Ein Wert ist gesetzt. Tippen Sie, um ihn zu ersetzen.',
    secret: 'Der Wert wird nicht gezeigt.',
  },
);

const written = (value: unknown): string =>
  value instanceof Malformed
    ? value.text
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : String(value ?? '');

const readText = ({ field }: InputProps, text: string): string | null =>
  text === '' && isNullable(field) ? null : text;

const common = ({ label, disabled, required, error, description }: InputProps) => ({
  label,
  disabled,
  error,
  description,
  withAsterisk: required,
});

export function LineInput(props: InputProps) {
  const { value, onChange, field } = props;
  const clear = useClearButton(props);
  return (
    <TextInput
      {...common(props)}
      maxLength={field.schema?.max_length ?? undefined}
      value={written(value)}
      onChange={(event) => onChange(readText(props, event.currentTarget.value))}
      rightSection={clear}
    />
  );
}

export function LongTextInput(props: InputProps) {
  const { value, onChange } = props;
  const clear = useClearButton(props);
  return (
    <Textarea
      {...common(props)}
      autosize
      minRows={4}
      maxRows={24}
      value={written(value)}
      onChange={(event) => onChange(readText(props, event.currentTarget.value))}
      rightSection={clear}
    />
  );
}

const WHOLE = /^-?\d+$/;

/** Numbers are typed as text: what a number can't hold exactly stays text on its way, and nothing jumps while typing. */
export function NumericInput(props: InputProps) {
  const t = useTexts(TEXTS);
  const { field, value, onChange, error } = props;
  const clear = useClearButton(props);
  const whole = field.type === 'integer' || field.type === 'bigInteger';
  const read = (text: string): unknown => {
    const typed = text.trim().replace(',', '.');
    if (typed === '') return null;
    if (whole ? !WHOLE.test(typed) : !Number.isFinite(Number(typed))) return new Malformed(text, 'number');
    return String(Number(typed)) === typed ? Number(typed) : typed;
  };
  return (
    <TextInput
      {...common(props)}
      inputMode={whole ? 'numeric' : 'decimal'}
      value={written(value)}
      onChange={(event) => onChange(read(event.currentTarget.value))}
      error={error ?? (value instanceof Malformed ? t('number') : undefined)}
      rightSection={clear}
    />
  );
}

/** A value that only goes in: what is stored is a digest, or is not told to anybody. */
export function SecretInput(props: InputProps) {
  const t = useTexts(TEXTS);
  const { value, onChange, field } = props;
  const stored = typeof value === 'string' && (value.startsWith('$argon2') || /^\*+$/.test(value));
  return (
    <PasswordInput
      {...common(props)}
      autoComplete="new-password"
      placeholder={stored ? t('set') : ''}
      description={props.description ?? (field.type === 'hash' ? t('secret') : undefined)}
      value={stored ? '' : written(value)}
      onChange={(event) => onChange(readText(props, event.currentTarget.value))}
    />
  );
}

export function ColourInput(props: InputProps) {
  const { value, onChange } = props;
  const clear = useClearButton(props);
  return (
    <ColorInput
      {...common(props)}
      value={written(value)}
      onChange={(next) => onChange(readText(props, next))}
      rightSection={clear}
    />
  );
}
