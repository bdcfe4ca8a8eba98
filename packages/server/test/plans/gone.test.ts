import '../queries/zone.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { goneInSight, rowsAsJson } from '../../src/query/gone.ts';
import type { Collection, Snapshot } from '../../src/schema/types.ts';
import { bookshop, type Granted, profileWith, told } from './bookshop.ts';

const books = (rule: Granted[1], fields?: readonly string[]): Granted => ['books', rule, fields];

/** Rights over books, and whether and how it can be told who could see one that is gone. */
const RIGHTS: Readonly<Record<string, readonly Granted[] | null>> = {
  'an administrator': null,
  'who reads all': [books(null)],
  'who reads all but keys': [books(null, ['title'])],
  'who reads some keys': [books(null, ['title']), books({ live: true }, ['id'])],
  'a rule over columns': [books({ _or: [{ status: 'a' }, { 'year(printed)': 2030 }] })],
  'three cases': [1, 2, 3].map((n) => books({ _and: [{ status: `s${n}` }, { pages: { _gt: n } }] })),
  'three cases, one over a list that may be gone': [
    ...[1, 2].map((n) => books({ _and: [{ status: `s${n}` }, { pages: { _gt: n } }] })),
    books({ _and: [{ status: 's3' }, { notes: { _none: { stars: 1 } } }] }),
  ],
  'a rule over what the item led to': [books({ author: { name: 'a' } })],
  'a rule over what led to the item': [books({ notes: { _some: { stars: 1 } } })],
  'a rule over what did not lead to the item': [books({ notes: { _none: { stars: 1 } } })],
  'a rule over nothing that led to the item': [books({ notes: { _null: true } })],
  'one rule of two over nothing': [books({ status: 'a' }), books({ notes: { _null: true } })],
  'a condition of two over nothing': [books({ _and: [{ status: 'a' }, { notes: { _null: true } }] })],
  'nothing behind something': [books({ author: { books: { notes: { _none: { stars: 1 } } } } })],
  'the number of what led to the item': [books({ 'count(notes)': { _lt: 1 } })],
  'the number of what a document holds': [books({ 'count(doc)': { _lt: 1 } })],
};

describe('rows that are gone', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await bookshop();
  });

  it('could be seen by', async () => {
    const lines = Object.entries(RIGHTS).map(([name, granted]) => {
      const asked = goneInSight(profileWith(snapshot, granted).entry('books'), 'postgres');
      return `-- ${name}\n${typeof asked === 'string' ? asked : told(asked, '[{"id":1}]')}\n`;
    });
    await expect(lines.join('\n')).toMatchFileSnapshot('expected/gone.sql');
  });

  it('could be seen through other rows only where these may be', () => {
    const access = profileWith(snapshot, [books({ author: { name: 'a' } })]).entry('books');
    const guarded = (guard: (typeof access)['rows']) => {
      if (access.rows?.kind !== 'exists') throw new Error('that is no relation');
      return goneInSight({ ...access, rows: { ...access.rows, rows: { ...access.rows.rows, guard } } }, 'postgres');
    };
    const absent = profileWith(snapshot, [books({ notes: { _null: true } })]).entry('books').rows;
    expect(guarded(null)).toMatchObject({ text: expect.stringContaining('exists') });
    expect(guarded(access.rows)).toMatchObject({ text: expect.stringContaining('exists') });
    expect(guarded(absent)).toBe('none');
    const parts = [access.rows ?? { kind: 'always' as const }];
    expect(goneInSight({ ...access, rows: { kind: 'unindexed', of: absent ?? { kind: 'always' } } }, 'postgres')).toBe(
      'none',
    );
    expect(goneInSight({ ...access, rows: { kind: 'found', table: 'books', key: 'id', parts } }, 'postgres')).not.toBe(
      'none',
    );
  });

  it('are written without secrets', () => {
    const text = (name: string) => rowsAsJson(snapshot.collections.get(name) as Collection);
    expect(text('books')).toContain(`to_jsonb(t) - 'hidden' - 'seed')`);
    expect(text('notes')).toContain('to_jsonb(t))');
    expect(text('books')).toMatch(/from "books" t\s+where t\."id"::text = any\(\$1::text\[\]\)$/);
  });
});
