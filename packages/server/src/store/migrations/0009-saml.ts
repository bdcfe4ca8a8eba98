import { quote } from '../../sql/identifier.ts';
import { introspectWith } from '../introspect.ts';
import { createIndex, createTable } from '../system-ddl.ts';
import { timestamp, varchar } from '../system-tables/columns.ts';
import type { SystemTable } from '../system-tables.types.ts';
import type { Migration } from './migration.ts';

/** Assertions that were taken and requests that were answered, as SHA-256, until they would not count any more anyway. */
const SAML_USES: SystemTable = {
  name: 'limen_saml_uses',
  columns: [varchar('id', 64, { nullable: false, primary: true }), timestamp('expires', [], { nullable: false })],
};

/** By which an assertion counts once, on whichever node it arrives. */
export const saml: Migration = {
  name: '0009-saml',
  async apply(tx, dialect) {
    const { tables } = await introspectWith(tx, dialect, { views: [] });
    if (tables.includes(SAML_USES.name)) return;
    await tx.exec(createTable(SAML_USES, dialect));
    await tx.exec(createIndex('limen_saml_uses_expires', SAML_USES.name, [quote('expires')]));
  },
};
