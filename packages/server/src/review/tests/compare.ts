import { isDeepStrictEqual } from 'node:util';
import type { Key } from '../../items/index.ts';
import { resolvedFor } from './decide.ts';
import type { Expected, Outcome, Prepared } from './types.ts';

/** What differs between what a test expects and what came, each in a sentence; nothing when it passes. */
export function differences(prepared: Prepared, outcome: Outcome): string[] {
  const { expected } = prepared.test;
  return [
    verdict(expected, outcome, prepared.keys.length),
    ...sets(expected, outcome),
    expected.count !== null && expected.count !== outcome.count
      ? `expected ${expected.count} items, got ${outcome.count}`
      : null,
    nulls(expected, outcome),
    ...values(prepared, outcome),
  ].filter((difference) => difference !== null);
}

function verdict(expected: Expected, { verdict: got, items, failing }: Outcome, asked: number): string | null {
  if (expected.verdict === null || expected.verdict === got) return null;
  if (got === 'mixed')
    return `expected ${expected.verdict}, got allowed for ${items.length} of ${asked}: ${list(items)}`;
  const why = failing.length > 0 ? `: ${failing.map(({ field, type }) => `${field} fails ${type}`).join(', ')}` : '';
  return `expected ${expected.verdict}, got ${got}${why}`;
}

function* sets(expected: Expected, { items, fields, failing }: Outcome): Iterable<string | null> {
  yield setDifference('items', expected.items?.map(String), items.map(String));
  yield setDifference('fields', expected.fields, fields);
  const invalid = [...new Set(failing.map(({ field }) => field))];
  yield setDifference('invalid fields', expected.invalid, invalid);
}

function setDifference(
  what: string,
  expected: readonly string[] | null | undefined,
  got: readonly string[],
): string | null {
  if (!expected) return null;
  const missing = expected.filter((name) => !got.includes(name));
  const extra = got.filter((name) => !expected.includes(name));
  if (missing.length === 0 && extra.length === 0) return null;
  const parts = [
    ...(missing.length > 0 ? [`${list(missing)} missing`] : []),
    ...(extra.length > 0 ? [`${list(extra)} not expected`] : []),
  ];
  return `${what}: ${parts.join(', ')}`;
}

function nulls(expected: Expected, { nulls: got, count }: Outcome): string | null {
  if (!expected.nulls) return null;
  if (count === 0) return `expected ${list(expected.nulls)} to be null, got no item`;
  const shown = expected.nulls.filter((name) => !got.includes(name));
  return shown.length > 0 ? `expected ${list(shown)} to be null` : null;
}

function* values(prepared: Prepared, { values: found, count }: Outcome): Iterable<string> {
  const { expected } = prepared.test;
  if (!expected.values) return;
  if (count === 0) yield 'expected values, got no item';
  for (const [name, wanted] of Object.entries(expected.values)) {
    const value = resolvedFor(prepared, wanted);
    const other = found.find((item) => !isDeepStrictEqual(item[name] ?? null, value));
    if (other) yield `expected ${name} to be ${JSON.stringify(value)}, got ${JSON.stringify(other[name] ?? null)}`;
  }
}

const MOST = 20;

const list = (names: readonly Key[]): string =>
  `${names.slice(0, MOST).join(', ')}${names.length > MOST ? ` and ${names.length - MOST} more` : ''}`;
