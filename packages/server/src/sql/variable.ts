import type { Json } from '../wire/index.ts';

/** One step of `$NOW(-1 day)`. */
export interface NowShift {
  amount: number;
  unit: 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';
}

/** A value that is known only when a request runs. Of whom: of who asks, or of the author of the share that asks. */
export type Variable = (
  | { kind: 'user'; path: readonly string[] }
  | { kind: 'role'; path: readonly string[] }
  | { kind: 'roles' }
  | { kind: 'policies' }
  | { kind: 'now'; shift: NowShift | null }
) & { readonly of?: 'author' };

/** What the parameters of a statement are computed from when it runs. */
export interface Scope {
  variable(variable: Variable): Json;
  /** Values that differ from run to run of one plan, such as keys. */
  readonly inputs: readonly Json[];
}

const UNITS = 'year|month|week|day|hour|minute|second|yr|mon|wk|hr|min|sec|y|mo|w|d|h|m|s';
const NOW = new RegExp(`^\\$NOW(?:\\(\\s*([+-]?\\s?\\d{1,9})\\s*(${UNITS})s?\\s*\\))?$`, 'i');
const SHORT: Record<string, NowShift['unit']> = {
  y: 'year',
  yr: 'year',
  mo: 'month',
  mon: 'month',
  w: 'week',
  wk: 'week',
  d: 'day',
  h: 'hour',
  hr: 'hour',
  m: 'minute',
  min: 'minute',
  s: 'second',
  sec: 'second',
};
const PATH = /^[^\s$.()]+(?:\.[^\s$.()]+)*$/;

/** The variable that a text is exactly, or null when it is an ordinary text. */
export function parseVariable(text: string): Variable | null {
  if (!text.startsWith('$')) return null;
  if (text === '$CURRENT_USER') return { kind: 'user', path: [] };
  if (text === '$CURRENT_ROLE') return { kind: 'role', path: [] };
  if (text === '$CURRENT_ROLES') return { kind: 'roles' };
  if (text === '$CURRENT_POLICIES') return { kind: 'policies' };
  const now = NOW.exec(text);
  if (now) return { kind: 'now', shift: now[1] ? shiftOf(now[1], now[2] ?? '') : null };
  return pathVariable(text, '$CURRENT_USER.', 'user') ?? pathVariable(text, '$CURRENT_ROLE.', 'role');
}

function pathVariable(text: string, prefix: string, kind: 'user' | 'role'): Variable | null {
  if (!text.startsWith(prefix)) return null;
  const path = text.slice(prefix.length);
  return PATH.test(path) ? { kind, path: path.split('.') } : null;
}

function shiftOf(amount: string, unit: string): NowShift {
  const name = unit.toLowerCase();
  return { amount: Number(amount.replace(/\s/g, '')), unit: SHORT[name] ?? (name as NowShift['unit']) };
}

/** `now` moved by a shift of the calendar (UTC). Out of the range of dates: the nearest end of it. */
export function shifted(now: number, shift: NowShift | null): Date {
  const date = new Date(now);
  if (!shift) return date;
  const { amount, unit } = shift;
  if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() + amount);
  else if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + amount);
  else date.setTime(now + amount * UNIT_MS[unit]);
  if (!Number.isNaN(date.getTime())) return date;
  return new Date(amount < 0 ? -62167219200000 : 253402300799999); // years 0000 and 9999
}

const UNIT_MS = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 } as const;
