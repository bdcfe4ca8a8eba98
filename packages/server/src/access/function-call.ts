import { invalidQuery } from '../errors/index.ts';
import type { Field } from '../schema/types.ts';
import type { DatePart, JsonStep } from '../sql/index.ts';

/** `year(published)`: a function over a field, as it stands in fields, filters, sorts and groups. */
export type FunctionCall =
  | { readonly name: DatePart | 'count'; readonly field: string }
  /** `json(details, size.h)`: a part of a json field, in fields only. */
  | { readonly name: 'json'; readonly field: string; readonly path: readonly JsonStep[] };

/** Spaces are taken away afterwards: looking for them takes the third power of their number. */
const CALL = /^([a-z]+)\(([^()]+)\)$/i;
/** A key or a `[position]`; what means something in a path of a database, such as wildcards and quotes, is in no key. */
const JSON_STEP = /^(?:\.?([^.[\]*"'\\$\s\p{Cc}][^.[\]*"'\\\p{Cc}]*)|\[(\d{1,9})\])/u;
const MAX_JSON_PATH = 500;
const DATE_PARTS = ['year', 'month', 'week', 'day'] as const;
const CLOCK_PARTS = ['hour', 'minute', 'second'] as const;
const KNOWN: ReadonlySet<string> = new Set([
  'year',
  'month',
  'week',
  'day',
  'weekday',
  'hour',
  'minute',
  'second',
  'count',
]);

/** The call that a text is, or null when it is a plain name. Unknown functions: INVALID_QUERY. */
export function parseCall(text: string): FunctionCall | null {
  if (!text.includes('(')) return null;
  const match = CALL.exec(text);
  const name = match?.[1]?.toLowerCase();
  const field = match?.[2]?.trim();
  if (name === 'json' && field) return parseJsonCall(field);
  if (!name || !field || !KNOWN.has(name))
    throw invalidQuery(`"${shorten(text)}" is not a function call that is known.`);
  return { name: name as DatePart | 'count', field };
}

function parseJsonCall(inside: string): FunctionCall {
  const comma = inside.indexOf(',');
  const field = inside.slice(0, comma).trim();
  const text = inside.slice(comma + 1).trim();
  const path: JsonStep[] = [];
  for (let rest = text; comma > 0 && rest !== '' && text.length <= MAX_JSON_PATH; ) {
    const step = JSON_STEP.exec(rest);
    if (!step || (path.length === 0 && rest.startsWith('.'))) break;
    path.push(step[2] === undefined ? (step[1] as string).trim() : Number(step[2]));
    rest = rest.slice(step[0].length);
    if (rest === '') return { name: 'json', field, path };
  }
  throw invalidQuery(`json() takes a field and a path such as "a.b[0]", and "${shorten(inside)}" is none.`);
}

/** Refuses a function that does not fit the type of its field. */
export function checkCall(call: FunctionCall, field: Field): void {
  if (call.name === 'json') {
    if (field.type === 'json') return;
    throw invalidQuery(`json() needs a field of type json, and "${call.field}" is none.`);
  }
  if (call.name === 'count') {
    if (field.relation?.kind === 'o2m' || field.type === 'json') return;
    throw invalidQuery(`count() needs a list, and "${call.field}" is none.`);
  }
  const clock = (CLOCK_PARTS as readonly string[]).includes(call.name);
  const calendar = (DATE_PARTS as readonly string[]).includes(call.name) || call.name === 'weekday';
  const fits =
    field.type === 'dateTime' ||
    field.type === 'timestamp' ||
    (field.type === 'date' && calendar) ||
    (field.type === 'time' && clock);
  if (!fits) throw invalidQuery(`${call.name}() does not fit the type of "${call.field}".`);
}

/** The key under which a call's value is answered. */
export const callKey = (call: FunctionCall): string =>
  [call.field, ...(call.name === 'json' ? call.path : []), call.name].join('_');

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
