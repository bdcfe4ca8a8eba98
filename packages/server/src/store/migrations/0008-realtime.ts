import { introspectWith } from '../introspect.ts';
import { createTable } from '../system-ddl.ts';
import { text, varchar } from '../system-tables/columns.ts';
import type { SystemColumn, SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

const moment = (name: string): SystemColumn => ({ name, type: 'timestamp', nullable: false });

/** What is published between nodes and too long for a notification. */
const MESSAGES: SystemTable = {
  name: 'limen_messages',
  columns: [
    varchar('id', 36, { nullable: false, primary: true }),
    text('body', { nullable: false }),
    moment('created'),
  ],
};

/** Which collections a node follows, and until when that counts. */
const FOLLOWERS: SystemTable = {
  name: 'limen_followers',
  columns: [
    varchar('node', 36, { nullable: false, primary: true }),
    text('collections', { nullable: false }),
    moment('ends'),
  ],
};

/** What nodes tell each other of changes. */
export const realtime: Migration = {
  name: '0008-realtime',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    for (const table of [MESSAGES, FOLLOWERS]) {
      if (!tables.includes(table.name)) await tx.exec(createTable(table, dialect));
    }
  },
};
