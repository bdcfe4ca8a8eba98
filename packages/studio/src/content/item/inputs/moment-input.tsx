import { TextInput } from '@mantine/core';
import { readMoment, writeMoment } from '../../moment-text.ts';
import { useClearButton } from './clear-button.tsx';
import type { InputProps } from './input-props.ts';

const KINDS: Readonly<Record<string, string>> = {
  date: 'date',
  time: 'time',
  dateTime: 'datetime-local',
  timestamp: 'datetime-local',
};

/** Dates and times by the browser's own inputs; a timestamp is shown in the browser's time zone. */
export function MomentInput(props: InputProps) {
  const { field, label, value, onChange, disabled, required, error, description } = props;
  const clear = useClearButton(props);
  return (
    <TextInput
      label={label}
      disabled={disabled}
      withAsterisk={required}
      error={error}
      description={description}
      type={KINDS[field.type] ?? 'text'}
      step={field.type === 'date' ? undefined : 1}
      value={writeMoment(field.type, value)}
      onChange={(event) => onChange(readMoment(field.type, event.currentTarget.value))}
      rightSection={clear}
    />
  );
}
