import { invalidQuery } from '../errors/index.ts';
import type { Field } from '../schema/types.ts';
import type { DatePart } from '../sql/index.ts';

/** `year(published)`: a function over a field, as it stands in fields, filters, sorts and groups. */
export interface FunctionCall {
  readonly name: DatePart | 'count';
  readonly field: string;
}

const CALL = /^([a-z]+)\(\s*([^()]+?)\s*\)$/i;
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
  const field = match?.[2];
  if (!name || !field || !KNOWN.has(name))
    throw invalidQuery(`"${shorten(text)}" is not a function call that is known.`);
  return { name: name as FunctionCall['name'], field };
}

/** Refuses a function that does not fit the type of its field. */
export function checkCall(call: FunctionCall, field: Field): void {
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
export const callKey = (call: FunctionCall): string => `${call.field}_${call.name}`;

export const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
