import { WrongValue } from './setting.ts';

const PREFIX = /^(string|number|regex|json):/;

/** Applies a casting prefix (`string:`, `number:`, `regex:`, `json:`); text without one comes back as it is. */
export function applyPrefix(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  const prefix = PREFIX.exec(raw)?.[1];
  if (!prefix) return raw;
  const text = raw.slice(prefix.length + 1);
  if (prefix === 'string') return text;
  if (prefix === 'number') return castNumber(text);
  if (prefix === 'regex') return castRegex(text);
  return castJson(text);
}

/**
 * Casts a value of an open family (`DB_SSL__…`, `HSTS_…`, `EMAIL_SES_…`), whose members have no type of their own:
 * a prefix says it; else `true`, `false`, `null` and plain numbers are what they look like, and the rest is text.
 */
export function guess(raw: unknown): unknown {
  const value = applyPrefix(raw);
  if (typeof value !== 'string' || value !== raw) return value;
  if (value === 'true') return true;
  if (value === 'false') return false;
  if (value === 'null') return null;
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value) ? Number(value) : value;
}

function castNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw new WrongValue('a number after the prefix number:');
  return number;
}

/** `regex:^a` or `regex:/^a/i`. */
function castRegex(text: string): RegExp {
  const literal = /^\/(.+)\/([a-z]*)$/s.exec(text);
  try {
    return literal ? new RegExp(literal[1] ?? '', literal[2]) : new RegExp(text);
  } catch {
    throw new WrongValue('a regular expression after the prefix regex:');
  }
}

function castJson(text: string): unknown {
  try {
    return JSON.parse(text, withoutPrototype);
  } catch {
    throw new WrongValue('JSON after the prefix json:');
  }
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** `SCREAMING_SNAKE` → `screamingSnake`. */
export function camelCase(name: string): string {
  return name.toLowerCase().replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
