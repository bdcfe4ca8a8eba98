import { Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { texts, useTexts } from '../../../language/texts.tsx';
import { Malformed } from '../malformed.ts';
import { useClearButton } from './clear-button.tsx';
import type { InputProps } from './input-props.ts';

const TEXTS = texts({ bad: 'This is no JSON.' }, { bad: 'Das ist kein JSON.' });

const write = (value: unknown): string =>
  value instanceof Malformed ? value.text : value === null || value === undefined ? '' : JSON.stringify(value, null, 2);

function read(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return new Malformed(text, 'json');
  }
}

/** JSON, checked while it is typed. */
export function JsonField(props: InputProps) {
  const t = useTexts(TEXTS);
  const { label, value, onChange, disabled, required, error, description } = props;
  const clear = useClearButton(props);
  const [text, setText] = useState(() => write(value));
  const told = useRef(value);
  if (told.current !== value) {
    told.current = value;
    setText(write(value));
  }
  return (
    <Textarea
      label={label}
      disabled={disabled}
      withAsterisk={required}
      description={description}
      error={error ?? (value instanceof Malformed ? t('bad') : undefined)}
      autosize
      minRows={3}
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text}
      onChange={(event) => {
        const next = read(event.currentTarget.value);
        told.current = next;
        setText(event.currentTarget.value);
        onChange(next);
      }}
      rightSection={clear}
    />
  );
}
