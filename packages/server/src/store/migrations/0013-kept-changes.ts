import { introspectWith } from '../introspect.ts';
import { createIndex, createTable } from '../system-ddl.ts';
import { integer, REQUIRED, text, varchar } from '../system-tables/columns.ts';
import type { SystemColumn, SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

const count = (name: string, primary = false): SystemColumn => ({ name, type: 'bigInteger', nullable: false, primary });

/** What was published and is kept for who comes back: without gaps, in the order of the commits. */
const CHANGES: SystemTable = {
  name: 'limen_changes',
  columns: [
    count('number', true),
    varchar('mark', 16, REQUIRED),
    text('collections', REQUIRED),
    text('body'),
    count('created'),
    count('total'),
  ],
};

/** One row: the last number that was given, and the bytes kept until then. Its lock makes the order of numbers that of commits. */
const END: SystemTable = {
  name: 'limen_changes_end',
  columns: [integer('id', { nullable: false, primary: true }), count('last'), count('total')],
};

/** Changes that clients missed. */
export const keptChanges: Migration = {
  name: '0013-kept-changes',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    for (const table of [CHANGES, END]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
    await tx.exec(createIndex('limen_changes_created', CHANGES.name, ['created']));
    if ((await tx.rows('select 1 from limen_changes_end')).length === 0)
      await tx.run('insert into limen_changes_end (id, last, total) values (1, 0, 0)');
  },
};
