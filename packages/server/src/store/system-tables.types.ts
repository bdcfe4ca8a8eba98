import type { FieldType } from '../wire/index.ts';

/** One column of a system table: enough to create it on both dialects and to describe it as a field. */
export interface SystemColumn {
  name: string;
  type: FieldType;
  /** Length of varchar columns. */
  length?: number;
  nullable: boolean;
  primary?: boolean;
  autoIncrement?: boolean;
  unique?: boolean;
  /** JSON value, or `{ sql }` for an expression such as CURRENT_TIMESTAMP. */
  default?: string | number | boolean | null | { sql: string };
  references?: { table: string; column: string; onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION' };
  /** What the column leads to where the database has no foreign key for it. */
  relatesTo?: { table: string; column: string };
  /** As in `directus_fields.special`: cast-json, cast-csv, cast-boolean, cast-timestamp, uuid, hash, conceal, m2o, date-created, user-created … */
  special?: string[];
}

/** A field without a column: the reverse side of a relation. */
export interface SystemAlias {
  name: string;
  special: string[];
  /** The table and column that hold the foreign key. */
  many: { table: string; column: string };
}

export interface SystemTable {
  name: string;
  columns: SystemColumn[];
  aliases?: SystemAlias[];
  singleton?: boolean;
}
