import { TestsError } from './types.ts';

export type Raw = Readonly<Record<string, unknown>>;

/** `what` is how the message calls it. Throws TestsError, as all of these. */
export function asObject(value: unknown, what: string): Raw {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new TestsError(`${what} has to be an object.`);
  }
  return value as Raw;
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TestsError(`${what} has to be a list.`);
  return value;
}

export function asText(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '') throw new TestsError(`${what} has to be a text.`);
  return value;
}

export function asNames(value: unknown, what: string): readonly string[] {
  return asList(value, what).map((name) => asText(name, `${what}: each of its parts`));
}

/** Refuses names that mean nothing: a misspelt one would make a test that says nothing. */
export function known(raw: Raw, names: readonly string[], what: string): void {
  const unknown = Object.keys(raw).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TestsError(`${what}: there is no "${unknown}"; known are ${names.join(', ')}.`);
}
