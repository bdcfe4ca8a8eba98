import { introspectWith } from '../introspect.ts';
import { createTable } from '../system-ddl.ts';
import { integer, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** The chain over directus_activity: each entry's seal covers the entry and the seal before it. */
const SEALS: SystemTable = {
  name: 'limen_seals',
  columns: [
    { name: 'position', type: 'bigInteger', nullable: false, primary: true },
    integer('activity', { nullable: false, unique: true }),
    varchar('seal', 64, { nullable: false }),
  ],
};

/** By which altered and removed entries of the activity log are found. */
export const auditSeals: Migration = {
  name: '0007-audit-seals',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    if (!tables.includes(SEALS.name)) await tx.exec(createTable(SEALS, dialect));
  },
};
