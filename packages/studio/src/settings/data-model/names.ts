/** What is wrong with a name; the API checks it by the same rules. */
export type NameProblem = 'empty' | 'letters' | 'start' | 'long' | 'system' | 'reserved' | 'taken';

const MAX_BYTES = 63;
const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*$/u;
const SYSTEM = /^(directus|limen|sqlite)_/i;
const RESERVED: ReadonlySet<string> = new Set(['constructor', 'prototype']);
/** SQLite's own names for the number of a row. */
const ROW_NUMBERS: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_']);

function problemOf(name: string, taken: readonly string[]): NameProblem | null {
  if (name === '') return 'empty';
  if (/^(-|__)/.test(name)) return 'start';
  if (!NAME.test(name)) return 'letters';
  if (RESERVED.has(name)) return 'reserved';
  if (new TextEncoder().encode(name).length > MAX_BYTES) return 'long';
  return taken.some((other) => other.toLowerCase() === name.toLowerCase()) ? 'taken' : null;
}

/** `taken`: names of the collections that there are. */
export const collectionNameProblem = (name: string, taken: readonly string[]): NameProblem | null =>
  SYSTEM.test(name) ? 'system' : problemOf(name, taken);

/** `taken`: names of the fields of the collection. */
export const fieldNameProblem = (name: string, taken: readonly string[]): NameProblem | null =>
  ROW_NUMBERS.has(name.toLowerCase()) ? 'reserved' : problemOf(name, taken);
