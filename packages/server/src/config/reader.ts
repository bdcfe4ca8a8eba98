import { applyPrefix, camelCase, guess } from './casting.ts';
import type { Problem } from './config-error.ts';
import { type Setting, type Settings, type Values, WrongValue } from './setting.ts';
import { readValueFile, type Source } from './sources.ts';

/** A nested object of an open family. */
export interface Options {
  readonly [name: string]: unknown;
}

export interface Reader {
  /** Every name that was asked for so far. */
  readonly known: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** Adds a problem that several settings together have. */
  report(setting: string, message: string): void;
  given(name: string): boolean;
  /** The value, or its default when there is none or a wrong one (which is then among the problems). */
  read<T>(setting: Setting<T>): T;
  readAll<S extends Settings>(settings: S): Values<S>;
  /**
   * All settings that begin with `prefix`, as an object: `__` goes a level down, names become camelCase, values are
   * what they look like or what their casting prefix says.
   */
  options(prefix: string, except?: (name: string) => boolean): Options;
}

const UNSAFE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export function makeReader(sources: readonly Source[], cwd: string): Reader {
  const known = new Set<string>();
  const problems: Problem[] = [];

  const report = (setting: string, message: string) => {
    problems.push({ setting, message });
  };

  const raw = (name: string): unknown => {
    known.add(name).add(`${name}_FILE`);
    for (const { values } of sources) {
      const file = values.get(`${name}_FILE`);
      if (typeof file === 'string') return fromFile(name, file);
      if (values.has(name)) return values.get(name);
    }
    return undefined;
  };

  const fromFile = (name: string, file: string): unknown => {
    try {
      return readValueFile(file, cwd) || undefined;
    } catch (error) {
      report(`${name}_FILE`, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };

  const cast = <T>(name: string, value: unknown, secret: boolean, parse: (value: unknown) => T): T | undefined => {
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      report(name, `got ${secret ? 'a value (hidden)' : shown(value)}, takes ${error.message}`);
      return undefined;
    }
  };

  const read = <T>({ name, kind, secret = false, default: fallback }: Setting<T>): T => {
    const value = raw(name);
    const own = value === undefined ? undefined : cast(name, value, secret, (given) => kind.parse(applyPrefix(given)));
    if (own !== undefined) return own;
    // Also after a problem, so that what is read together can be looked at together. Without a default, undefined is
    // one of the setting's values.
    return fallback === undefined ? (undefined as T) : kind.parse(fallback);
  };

  const optionNames = (prefix: string, except: (name: string) => boolean): ReadonlySet<string> => {
    const names = sources.flatMap(({ values }) => [...values.keys()].filter((name) => name.startsWith(prefix)));
    // A member's own name may end in _FILE only as the way to read it from a file.
    return new Set(names.map((name) => name.replace(/_FILE$/, '')).filter((name) => name !== prefix && !except(name)));
  };

  return {
    known,
    problems,
    report,
    read,
    given: (name) => sources.some(({ values }) => values.has(name) || values.has(`${name}_FILE`)),
    readAll: <S extends Settings>(settings: S) =>
      Object.fromEntries(Object.entries(settings).map(([key, entry]) => [key, read(entry)])) as Values<S>,
    options(prefix, except = () => false) {
      const options: Record<string, unknown> = {};
      for (const name of optionNames(prefix, except)) {
        const path = name.slice(prefix.length).split('__').map(camelCase);
        if (path.some((part) => part === '' || UNSAFE_NAMES.has(part))) report(name, 'is not the name of an option');
        else place(options, path, cast(name, raw(name), true, guess));
      }
      return options;
    },
  };
}

/** Puts a value at a path, making the objects on the way (in place of a value that is none). */
function place(options: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let object = options;
  for (const part of path.slice(0, -1)) {
    const next = object[part];
    const inner = typeof next === 'object' && next !== null ? (next as Record<string, unknown>) : {};
    object[part] = inner;
    object = inner;
  }
  object[path.at(-1) ?? ''] = value;
}

/** The value as it was given, shortened, on one line. */
function shown(value: unknown): string {
  const text = value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
