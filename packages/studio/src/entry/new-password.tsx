import { PasswordInput } from '@mantine/core';
import { texts, useTexts } from '../language/texts.tsx';

const TEXTS = texts(
  { label: 'New password', hint: 'A sentence that nobody else would think of is a good one.' },
  { label: 'Neues Passwort', hint: 'Gut ist ein Satz, auf den niemand sonst käme.' },
);

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label?: string;
  readonly hint?: string;
  readonly required?: boolean;
}

export function NewPassword({ value, onChange, label, hint, required = true }: Props) {
  const t = useTexts(TEXTS);
  return (
    <PasswordInput
      label={label ?? t('label')}
      description={hint ?? t('hint')}
      autoComplete="new-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required={required}
    />
  );
}
