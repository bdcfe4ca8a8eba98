import { type Kind, WrongValue } from './setting.ts';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** Milliseconds of each unit. */
const TIME_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: SECOND,
  sec: SECOND,
  second: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  minute: 60 * SECOND,
  h: 3_600 * SECOND,
  hr: 3_600 * SECOND,
  hour: 3_600 * SECOND,
  d: DAY,
  day: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
  y: 365.25 * DAY,
  year: 365.25 * DAY,
};

/** Bytes of each unit; as in the rest of this field, a kilobyte is 1,024 bytes. */
const SIZE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1_024,
  mb: 1_024 ** 2,
  gb: 1_024 ** 3,
  tb: 1_024 ** 4,
};

/** A hundred years: longer ones are mistakes, and dates beyond overflow. */
const MAX_DURATION_MS = 36_525 * DAY;

/** Milliseconds: `15m`, `7d`, `1h`, `500ms`, `2 days`; a bare number counts milliseconds. */
export const duration: Kind<number> = {
  name: 'duration',
  accepts: 'a time such as 15m, 1h, 7d or 500ms (a bare number counts milliseconds), at most 100 years',
  parse(raw) {
    const milliseconds = quantity(raw, TIME_UNITS);
    if (milliseconds === null || milliseconds > MAX_DURATION_MS) throw new WrongValue(duration.accepts);
    return Math.round(milliseconds);
  },
};

/** Seconds in the environment, milliseconds in the program. */
export const seconds: Kind<number> = {
  name: 'seconds',
  accepts: 'a number of seconds, more than 0',
  parse(raw) {
    const value = quantity(raw, { s: 1 });
    if (value === null || value <= 0 || value * SECOND > MAX_DURATION_MS) throw new WrongValue(seconds.accepts);
    return value * SECOND;
  },
};

/** Seconds in the environment, milliseconds in the program; 0 is none at all. */
export const secondsOrNone: Kind<number> = {
  name: 'seconds',
  accepts: 'a number of seconds, or 0',
  parse(raw) {
    const value = quantity(raw, { s: 1 });
    if (value === null || value * SECOND > MAX_DURATION_MS) throw new WrongValue(secondsOrNone.accepts);
    return value * SECOND;
  },
};

/** Bytes: `1mb`, `50kb`; a bare number counts bytes. */
export const size: Kind<number> = {
  name: 'size',
  accepts: 'a size such as 500kb, 1mb or 2gb (a bare number counts bytes)',
  parse(raw) {
    const bytes = quantity(raw, SIZE_UNITS);
    if (bytes === null || bytes > Number.MAX_SAFE_INTEGER) throw new WrongValue(size.accepts);
    return Math.round(bytes);
  },
};

/** A number with an optional unit, or null for anything else. Never negative. */
function quantity(raw: unknown, units: Readonly<Record<string, number>>): number | null {
  if (typeof raw === 'number') return Number.isFinite(raw) && raw >= 0 ? raw : null;
  if (typeof raw !== 'string') return null;
  const parts = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-z]*)$/.exec(raw.trim().toLowerCase());
  if (!parts) return null;
  const unit = parts[2] ?? '';
  const factor = unit === '' ? 1 : (unitFactor(units, unit) ?? unitFactor(units, unit.replace(/s$/, '')));
  return factor === undefined ? null : Number(parts[1]) * factor;
}

function unitFactor(units: Readonly<Record<string, number>>, unit: string): number | undefined {
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}
