import { describe, expect, it } from 'vitest';
import { validCollectionName, validName } from '../../src/schema/ddl/names.ts';
import { quote } from '../../src/sql/index.ts';

const REFUSED = [
  ...[
    '',
    ' ',
    'a b',
    'a"b',
    "a'b",
    'a`b',
    'a;b',
    'a.b',
    'a,b',
    'a(b',
    'a)b',
    'a:b',
    'a*',
    '*',
    '$a',
    'a\0b',
    'a\nb',
    'a\\b',
  ],
  ...[
    '-a',
    '__proto__',
    '__defineGetter__',
    'constructor',
    'prototype',
    '\u202eabc',
    'a\u200bb',
    'x'.repeat(64),
    'é'.repeat(32),
  ],
];

describe('names', () => {
  it.each(REFUSED.map((name) => [name]))('%j is none, for a collection or a field', (name) => {
    expect(() => validName(name, 'field')).toThrow();
    expect(() => validCollectionName(name)).toThrow();
  });

  it.each(['directus_users', 'Directus_x', 'limen_login_attempts', 'SQLITE_master'])('%s is the server’s', (name) => {
    expect(() => validCollectionName(name)).toThrow();
  });

  it.each(['rowid', 'OID', '_rowid_'])(
    '%s is no field: SQLite would refuse the column, and the answer was a 500',
    (name) => {
      expect(() => validName(name, 'field')).toThrow();
      expect(validName(name, 'collection')).toBe(name);
    },
  );

  it('of tables that were found can be anything, and stay one identifier', () => {
    expect(quote('a"; drop table b; --')).toBe('"a""; drop table b; --"');
    expect(() => quote('a\0')).toThrow();
  });
});
