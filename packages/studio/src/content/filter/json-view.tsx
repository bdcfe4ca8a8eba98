import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { texts, useTexts } from '../../language/texts.tsx';
import type { Filter } from './tree.ts';

const TEXTS = texts(
  { label: 'Rules as JSON', bad: 'This is no JSON object yet: {reason}', object: 'an object in braces is needed' },
  {
    label: 'Regeln als JSON',
    bad: 'Das ist noch kein JSON-Objekt: {reason}',
    object: 'nötig ist ein Objekt in Klammern',
  },
);

interface Props {
  readonly value: Filter | null;
  readonly onChange: (filter: Filter | null, complete: boolean) => void;
}

export function JsonView({ value, onChange }: Props) {
  const t = useTexts(TEXTS);
  const [text, setText] = useState(() => (value ? JSON.stringify(value, null, 2) : ''));
  const [reason, setReason] = useState<string | null>(null);
  const valid = useRef(value);

  const type = (next: string): void => {
    setText(next);
    try {
      const parsed: unknown = next.trim() === '' ? null : JSON.parse(next);
      if (parsed !== null && (typeof parsed !== 'object' || Array.isArray(parsed))) throw new Error(t('object'));
      valid.current = parsed as Filter | null;
      setReason(null);
      onChange(valid.current, true);
    } catch (error) {
      setReason(error instanceof Error ? error.message : String(error));
      onChange(valid.current, false);
    }
  };

  return (
    <Textarea
      aria-label={t('label')}
      autosize
      minRows={5}
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      error={reason === null ? undefined : t('bad', { reason })}
    />
  );
}
