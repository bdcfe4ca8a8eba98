import { CloseButton } from '@mantine/core';
import { texts, useTexts } from '../../../language/texts.tsx';
import { type InputProps, isNullable } from './input-props.ts';

const TEXTS = texts({ clear: 'Clear {name}' }, { clear: '{name} leeren' });

/** Empties a field that may be empty. */
export function useClearButton({ field, label, value, onChange, disabled }: InputProps) {
  const t = useTexts(TEXTS);
  const offered = !disabled && isNullable(field) && value !== null && value !== undefined && value !== '';
  return offered ? (
    <CloseButton size="sm" aria-label={t('clear', { name: label })} onClick={() => onChange(null)} />
  ) : null;
}
