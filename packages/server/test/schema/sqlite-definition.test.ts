import { describe, expect, it } from 'vitest';
import { parseTable, renderTable } from '../../src/schema/ddl/sqlite-definition.ts';

const parsed = (body: string, tail = '') => parseTable(`CREATE TABLE x (${body})${tail}`);

describe('a CREATE TABLE statement taken apart', () => {
  it('finds columns, their types and every kind of constraint', () => {
    const { columns } = parsed(
      `id integer not null primary key autoincrement, "na""me" varchar(255) COLLATE NOCASE DEFAULT 'a, (b' NOT NULL UNIQUE,
       \`price\` decimal(8, 2) DEFAULT -1.5 CHECK (price > (0)), [odd one] text NULL,
       total int GENERATED ALWAYS AS (price * 2) STORED, bare`,
    );
    expect(columns.map(({ name, type, constraints }) => [name, type, constraints.map(({ kind }) => kind)])).toEqual([
      ['id', 'integer', ['not-null', 'primary']],
      ['na"me', 'varchar(255)', ['collate', 'default', 'not-null', 'unique']],
      ['price', 'decimal(8, 2)', ['default', 'check']],
      ['odd one', 'text', ['not-null']],
      ['total', 'int', ['generated']],
      ['bare', '', []],
    ]);
  });

  it('does not take the words of a foreign key for constraints of the column', () => {
    const { columns } = parsed(
      `a int CONSTRAINT fk REFERENCES "b" (id) ON DELETE SET NULL ON UPDATE NO ACTION NOT DEFERRABLE NOT NULL DEFAULT NULL,
       c int REFERENCES d ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED UNIQUE`,
    );
    expect(columns[0]?.constraints.map(({ kind, references }) => [kind, references])).toEqual([
      ['references', 'b'],
      ['not-null', null],
      ['default', null],
    ]);
    expect(columns[1]?.constraints.map(({ kind }) => kind)).toEqual(['references', 'unique']);
  });

  it('finds table constraints, with and without commas between them, through comments', () => {
    const { columns, constraints, tail } = parsed(
      `a int, -- the first, (one
       b int /* , c int */, CONSTRAINT "check" CHECK (a < b OR length('x,)') > 1) UNIQUE (a COLLATE NOCASE, b)
       FOREIGN KEY (b) REFERENCES t (id) ON DELETE CASCADE, PRIMARY KEY (a)`,
      ' WITHOUT ROWID, STRICT',
    );
    expect(columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(constraints.map(({ kind, columns, references }) => [kind, columns, references])).toEqual([
      ['check', ['a', 'b', 'OR', 'length', 'x,)'], null],
      ['unique', ['a', 'b'], null],
      ['foreign', ['b'], 't'],
      ['primary', ['a'], null],
    ]);
    expect(tail).toBe('WITHOUT ROWID, STRICT');
  });

  it('writes a statement that means the same', () => {
    const once = parsed('"a" int PRIMARY KEY, b text DEFAULT (lower(\'X\')), UNIQUE (b)', ' STRICT');
    const text = renderTable('y', once);
    expect(parseTable(text)).toEqual(once);
    expect(text).toMatch(/^CREATE TABLE "y" \(\n {2}"a" int PRIMARY KEY/);
  });
});
