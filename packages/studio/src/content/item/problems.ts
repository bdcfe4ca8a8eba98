import { useMemo } from 'react';
import { texts, useLanguage, useTexts } from '../../language/texts.tsx';
import { type Failure, failuresOf } from '../../session/failure.ts';
import { useRights } from '../../session/permissions.ts';
import { titleOf, useModel } from '../model.ts';
import type { Edits } from './draft.ts';
import { firstValue, isEditable, isNeeded, type Mode, shownFields } from './form-fields.ts';
import { Malformed } from './malformed.ts';

const TEXTS = texts(
  {
    required: 'A value is needed here.',
    email: 'This is no e-mail address.',
    regex: 'The value does not have the form that is asked for.',
    null: 'Nothing may stand here.',
    empty: 'Nothing may stand here.',
    nempty: 'A value is needed here.',
    eq: 'It has to be {valid}.',
    neq: 'It must not be {valid}.',
    lt: 'It has to be less than {valid}.',
    lte: 'It may be {valid} at most.',
    gt: 'It has to be more than {valid}.',
    gte: 'It has to be {valid} at least.',
    in: 'It has to be one of: {valid}.',
    nin: 'It must be none of: {valid}.',
    contains: 'It has to contain “{substring}”.',
    ncontains: 'It must not contain “{substring}”.',
    starts_with: 'It has to start with “{substring}”.',
    ends_with: 'It has to end with “{substring}”.',
    unique: 'Another item has this value already.',
    reference: 'There is no such item.',
    long: 'The value is too long.',
    number: 'This is no number.',
    json: 'This is no JSON.',
    other: 'The value is not allowed here.',
  },
  {
    required: 'Hier wird ein Wert gebraucht.',
    email: 'Das ist keine E-Mail-Adresse.',
    regex: 'Der Wert hat nicht die verlangte Form.',
    null: 'Hier darf nichts stehen.',
    empty: 'Hier darf nichts stehen.',
    nempty: 'Hier wird ein Wert gebraucht.',
    eq: 'Es muss {valid} sein.',
    neq: 'Es darf nicht {valid} sein.',
    lt: 'Es muss kleiner als {valid} sein.',
    lte: 'Es darf höchstens {valid} sein.',
    gt: 'Es muss größer als {valid} sein.',
    gte: 'Es muss mindestens {valid} sein.',
    in: 'Es muss eines davon sein: {valid}.',
    nin: 'Es darf keines davon sein: {valid}.',
    contains: 'Es muss „{substring}“ enthalten.',
    ncontains: 'Es darf „{substring}“ nicht enthalten.',
    starts_with: 'Es muss mit „{substring}“ beginnen.',
    ends_with: 'Es muss mit „{substring}“ enden.',
    unique: 'Ein anderer Eintrag hat diesen Wert schon.',
    reference: 'Diesen Eintrag gibt es nicht.',
    long: 'Der Wert ist zu lang.',
    number: 'Das ist keine Zahl.',
    json: 'Das ist kein JSON.',
    other: 'Dieser Wert ist hier nicht erlaubt.',
  },
);
type Problem = keyof typeof TEXTS.en;

export type Problems = Readonly<Record<string, string>>;

/** What is wrong before the API is asked: what was typed and is no value, and what is needed and missing. */
export function useProblemsBefore(
  collection: string,
  mode: Mode,
  edits: Edits,
  without: readonly string[] = [],
): Problems {
  const t = useTexts(TEXTS);
  const model = useModel();
  const rights = useRights();
  return useMemo(() => {
    const found: Record<string, string> = {};
    for (const field of shownFields(model, collection)) {
      const name = field.field;
      if (without.includes(name)) continue;
      const value = name in edits || mode === 'update' ? edits[name] : firstValue(rights, field);
      if (value instanceof Malformed) found[name] = t(value.reason);
      const asked = mode === 'create' || name in edits;
      const missing = value === null || value === undefined || value === '';
      if (asked && missing && isNeeded(field) && isEditable(rights, field, mode)) found[name] = t('required');
    }
    return found;
  }, [model, rights, collection, mode, edits, without, t]);
}

export interface SortedFailures {
  /** Those that belong to a field that is shown. */
  readonly problems: Problems;
  /** The rest: as errors that the general notice understands; null for none. */
  readonly rest: unknown;
}

/** Puts the API's answer in words at the fields it is about. */
export function useSortedFailures(collection: string): (error: unknown) => SortedFailures {
  const t = useTexts(TEXTS);
  const model = useModel();
  const { language } = useLanguage();
  return (error) => {
    const shown = shownFields(model, collection).map(({ field }) => field);
    const problems: Record<string, string> = {};
    const rest: Failure[] = [];
    for (const failure of failuresOf(error)) {
      const path = Array.isArray(failure.extensions.path) ? failure.extensions.path.map(String) : [];
      const at = path[0] ?? failure.field;
      if (at === null || !shown.includes(at)) {
        rest.push(failure);
        continue;
      }
      const own = model.field(collection, at)?.meta?.validation_message;
      const said = path.length === 0 && own && failure.code === 'FAILED_VALIDATION' ? own : inWords(t, failure);
      const inner = path.length > 0 && failure.field ? `${titleOf(failure.field, language)}: ` : '';
      problems[at] = problems[at] ? `${problems[at]} ${inner}${said}` : `${inner}${said}`;
    }
    return { problems, rest: rest.length > 0 ? error : null };
  };
}

const CODES: Readonly<Record<string, Problem>> = {
  RECORD_NOT_UNIQUE: 'unique',
  INVALID_FOREIGN_KEY: 'reference',
  VALUE_TOO_LONG: 'long',
};

function inWords(t: ReturnType<typeof useTexts<Problem>>, { code, extensions, message }: Failure): string {
  const known = CODES[code];
  if (known) return t(known);
  if (code !== 'FAILED_VALIDATION') return message || t('other');
  const type = extensions.type === 'nnull' ? 'required' : String(extensions.type);
  const key: Problem = type in TEXTS.en ? (type as Problem) : 'other';
  const say = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''));
  return t(key, { valid: say(extensions.valid), substring: say(extensions.substring) });
}
