import type { Statement } from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { StatementNames } from '../../src/store/postgres/statement-names.ts';
import { StatementCache } from '../../src/store/sqlite/statement-cache.ts';

const long = (i: number): string => `select ${'1, '.repeat(20_000)}${i}`;

/** Anybody can ask for thousands of very long statements, each of which takes megabytes once it is prepared. */
describe('very long statements', () => {
  it('are not kept on SQLite', () => {
    const cache = new StatementCache(400);
    const entry = { statement: {} as Statement, arrays: false };
    for (let i = 0; i < 100; i++) cache.set(long(i), entry);
    expect(cache.size).toBe(0);
    cache.set('select 1', entry);
    expect(cache.get('select 1')).toBe(entry);
  });

  it('get no name on PostgreSQL, and push nothing out', () => {
    const names = new StatementNames(10);
    names.nameOf('select 1');
    const name = names.nameOf('select 1');
    for (let i = 0; i < 100; i++)
      expect([names.nameOf(long(i)), names.nameOf(long(i))]).toEqual([undefined, undefined]);
    expect([names.size, names.generation, names.nameOf('select 1')]).toEqual([1, 0, name]);
  });
});
