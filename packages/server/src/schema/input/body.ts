import { invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import type { MetaKey } from '../meta.ts';

/** A body, or a part of one, that has to be an object. `what` names it. */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidPayload(`${what} has to be an object.`);
  }
  return value as Record<string, unknown>;
}

const MAX_LIST = 1_000;

export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidPayload(`${what} has to be a list.`);
  if (value.length > MAX_LIST) throw invalidPayload(`${what} can't hold more than ${MAX_LIST} elements.`);
  return value;
}

/** The value of an own key: what a prototype holds is never part of a payload. */
export const own = (body: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(body, key) ? body[key] : undefined;

/** The known keys of a `meta` that were sent, checked; every other key is ignored. */
export function metaOf(value: unknown, keys: Readonly<Record<string, MetaKey>>, what = '"meta"'): Record<string, Json> {
  const body = objectOf(value, what);
  const meta: Record<string, Json> = {};
  for (const [name, key] of Object.entries(keys)) {
    const sent = own(body, name);
    if (sent !== undefined) meta[name] = metaValue(sent, name, key);
  }
  return meta;
}

function metaValue(value: unknown, name: string, key: MetaKey): Json {
  const wrong = (wanted: string) => invalidPayload(`"meta.${name}" has to be ${wanted}.`);
  switch (key.kind) {
    case 'boolean':
      if (value === null) return key.initial;
      if (typeof value !== 'boolean') throw wrong('true or false');
      return value;
    case 'integer':
      if (value !== null && !isInteger(value)) throw wrong('a whole number or null');
      return value as Json;
    case 'json':
      return jsonOf(value, `"meta.${name}"`);
    case 'list':
      return textList(value, name, key);
    case 'accountability':
      if (value !== null && value !== 'all' && value !== 'activity') throw wrong('"all", "activity" or null');
      return value as Json;
    case 'requiredText':
      return textOf(value ?? key.initial, name, key);
    default:
      return value === null ? null : textOf(value, name, key);
  }
}

const isInteger = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_647;

function textOf(value: unknown, name: string, key: MetaKey): string {
  if (typeof value !== 'string') throw invalidPayload(`"meta.${name}" has to be text or null.`);
  if (value.includes('\0')) throw invalidPayload(`"meta.${name}" can't hold NUL bytes.`);
  if (key.length !== undefined && value.length > key.length) {
    throw invalidPayload(`"meta.${name}" can't be longer than ${key.length} characters.`);
  }
  return value;
}

/** A list of names, stored as one text with commas between. */
function textList(value: unknown, name: string, key: MetaKey): Json {
  if (value === null || value === '') return null;
  const parts = typeof value === 'string' ? value.split(',') : value;
  const isName = (part: unknown): part is string => typeof part === 'string' && part !== '' && !/[,\0]/.test(part);
  if (!Array.isArray(parts) || !parts.every(isName)) {
    throw invalidPayload(`"meta.${name}" has to be a list of names or null.`);
  }
  textOf(parts.join(','), name, key);
  return parts.length > 0 ? parts : null;
}

/** JSON without NUL characters, which PostgreSQL has no place for. */
function jsonOf(value: unknown, what: string): Json {
  if (JSON.stringify(value)?.includes('\\u0000')) throw invalidPayload(`${what} can't hold NUL characters.`);
  return value as Json;
}
