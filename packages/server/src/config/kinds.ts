import { type Kind, WrongValue } from './setting.ts';

/** Text as it is. Numbers and truth values of a configuration file are taken as their text. */
export const text: Kind<string> = {
  name: 'text',
  accepts: 'text',
  parse(raw) {
    if (typeof raw === 'string') return raw;
    if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
    throw new WrongValue(text.accepts);
  },
};

/** Text of one form. */
export function textLike(name: string, accepts: string, form: RegExp): Kind<string> {
  return {
    name,
    accepts,
    parse(raw) {
      const value = text.parse(raw);
      if (!form.test(value)) throw new WrongValue(accepts);
      return value;
    },
  };
}

export const boolean: Kind<boolean> = {
  name: 'boolean',
  accepts: 'true or false',
  parse(raw) {
    const value = String(raw).trim().toLowerCase();
    if (value === 'true' || value === '1') return true;
    if (value === 'false' || value === '0') return false;
    throw new WrongValue(boolean.accepts);
  },
};

export interface Range {
  readonly min: number;
  readonly max?: number;
  /** Whether `Infinity` may be given, for no limit. */
  readonly infinity?: boolean;
}

export function integer({ min, max = Number.MAX_SAFE_INTEGER, infinity = false }: Range): Kind<number> {
  const upTo = max === Number.MAX_SAFE_INTEGER ? ` of at least ${min}` : ` from ${min} to ${max}`;
  const accepts = `a whole number${upTo}${infinity ? ', or Infinity' : ''}`;
  return {
    name: 'integer',
    accepts,
    parse(raw) {
      const value = parseNumber(raw);
      if (infinity && value === Number.POSITIVE_INFINITY) return value;
      if (!Number.isSafeInteger(value) || value < min || value > max) throw new WrongValue(accepts);
      return value;
    },
  };
}

export function number({ min, max }: { readonly min: number; readonly max: number }): Kind<number> {
  const accepts = `a number from ${min} to ${max}`;
  return {
    name: 'number',
    accepts,
    parse(raw) {
      const value = parseNumber(raw);
      if (!(value >= min && value <= max)) throw new WrongValue(accepts);
      return value;
    },
  };
}

/** NaN for what is no number in plain decimal writing. */
function parseNumber(raw: unknown): number {
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'string') return Number.NaN;
  const value = raw.trim();
  if (value.toLowerCase() === 'infinity') return Number.POSITIVE_INFINITY;
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
}

/** One of a few words; the case does not matter. */
export function oneOf<const Word extends string>(words: readonly Word[]): Kind<Word> {
  const accepts = words.length === 1 ? `${words[0]}` : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return {
    name: 'one of',
    accepts,
    parse(raw) {
      const value = typeof raw === 'string' ? raw.trim().toLowerCase() : '';
      const word = words.find((candidate) => candidate.toLowerCase() === value);
      if (word === undefined) throw new WrongValue(accepts);
      return word;
    },
  };
}

/** A list of something: comma-separated text, or a list of a configuration file or of `json:`. */
export function listOf<T>(item: Kind<T>): Kind<readonly T[]> {
  const accepts = `a comma-separated list, each ${item.accepts}`;
  return {
    name: item.name === 'text' ? 'list' : `list of ${item.name}`,
    accepts: item.name === 'text' ? 'a comma-separated list' : accepts,
    parse: (raw) => listItems(raw, accepts).map((entry) => item.parse(entry)),
  };
}

/** The items of comma-separated text, trimmed and without empty ones, or of a list. */
export function listItems(raw: unknown, accepts: string): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  if (typeof raw === 'number') return [raw];
  if (typeof raw !== 'string') throw new WrongValue(accepts);
  return raw
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `false` (as null: switched off), or something else. */
export function orFalse<T>(kind: Kind<T>): Kind<T | null> {
  const accepts = `false, or ${kind.accepts}`;
  return {
    name: `${kind.name} or false`,
    accepts,
    parse(raw) {
      if (raw === false || (typeof raw === 'string' && raw.trim().toLowerCase() === 'false')) return null;
      try {
        return kind.parse(raw);
      } catch {
        throw new WrongValue(accepts);
      }
    },
  };
}

/** `-1` (as null: no limit), or a whole number. */
export function orUnlimited(range: Range): Kind<number | null> {
  const limit = integer(range);
  const accepts = `-1 for no limit, or ${limit.accepts}`;
  return {
    name: 'integer',
    accepts,
    parse(raw) {
      if (parseNumber(raw) === -1) return null;
      try {
        return limit.parse(raw);
      } catch {
        throw new WrongValue(accepts);
      }
    },
  };
}

/** An absolute http or https address; a slash at its end is dropped. */
export const url: Kind<string> = {
  name: 'url',
  accepts: 'an address that begins with http:// or https://',
  parse(raw) {
    const address = typeof raw === 'string' ? URL.parse(raw.trim()) : null;
    if (!address || !/^https?:$/.test(address.protocol)) throw new WrongValue(url.accepts);
    return address.href.replace(/\/+$/, '');
  },
};

/** An address to compare with others, kept as it is written. Any scheme: apps have their own. */
export const address: Kind<string> = {
  name: 'address',
  accepts: 'whole addresses such as https://example.com/reset',
  parse(raw) {
    const value = typeof raw === 'string' ? raw.trim() : '';
    if (!URL.canParse(value)) throw new WrongValue(address.accepts);
    return value;
  },
};

/** A path in the file system; relative ones count from the working directory (resolved where they are used). */
export const path = textLike('path', 'a path of the file system', /^[^\0]+$/);

/** A path of the server's addresses. */
export const urlPath = textLike('url path', 'a path that begins with /', /^\/[^\s?#]*$/);

/** An object: JSON text (with or without `json:`), or an object of a configuration file. */
export const json: Kind<Readonly<Record<string, unknown>>> = {
  name: 'json',
  accepts: 'a JSON object',
  parse(raw) {
    const value = typeof raw === 'string' ? parseJson(raw) : raw;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof RegExp) {
      throw new WrongValue(json.accepts);
    }
    return value as Readonly<Record<string, unknown>>;
  },
};

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new WrongValue(json.accepts);
  }
}
