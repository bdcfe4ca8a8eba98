import { TextInput, type TextInputProps } from '@mantine/core';
import { texts, useTexts } from '../../language/texts.tsx';
import type { NameProblem } from './names.ts';

const TEXTS = texts(
  {
    empty: 'A name is needed.',
    letters: 'A name holds letters, digits, “_” and “-”, and no spaces.',
    start: 'A name can’t begin with “-” or “__”.',
    long: 'A name can’t be longer than 63 bytes.',
    system: 'Names that begin with “directus_”, “limen_” or “sqlite_” belong to the system.',
    reserved: 'This name is reserved.',
    taken: 'There is one of this name already.',
  },
  {
    empty: 'Es braucht einen Namen.',
    letters: 'Ein Name besteht aus Buchstaben, Ziffern, „_“ und „-“, ohne Leerzeichen.',
    start: 'Ein Name kann nicht mit „-“ oder „__“ beginnen.',
    long: 'Ein Name kann nicht länger als 63 Byte sein.',
    system: 'Namen, die mit „directus_“, „limen_“ oder „sqlite_“ beginnen, gehören dem System.',
    reserved: 'Dieser Name ist reserviert.',
    taken: 'Diesen Namen gibt es schon.',
  },
);

interface Props extends Omit<TextInputProps, 'onChange' | 'value' | 'error'> {
  readonly value: string;
  readonly problem: NameProblem | null;
  readonly onName: (name: string) => void;
}

/** The name of a collection or a field, checked while it is typed. */
export function NameInput({ value, problem, onName, ...rest }: Props) {
  const t = useTexts(TEXTS);
  return (
    <TextInput
      required
      {...rest}
      value={value}
      onChange={(event) => onName(event.currentTarget.value)}
      error={problem && problem !== 'empty' ? t(problem) : null}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
