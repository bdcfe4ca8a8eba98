import { invalidPayload } from '../../errors/index.ts';
import { type DialectName, UnfitValue } from '../../sql/index.ts';
import type { FieldType } from '../../wire/index.ts';
import { columnTypeOf } from '../column-types.ts';
import { defaultText } from '../default-value.ts';
import type { ColumnSpec } from './editor.ts';

/** The column's SQL type; a type that this database has not is an INVALID_PAYLOAD. */
export function sqlTypeOf(column: ColumnSpec, dialect: DialectName): string {
  const type = columnTypeOf(column.type, column, dialect);
  if (type) return type;
  if (column.type === 'unknown' && column.declared !== null) return column.declared;
  const reason = column.type.startsWith('geometry') ? 'needs PostgreSQL with PostGIS' : 'has no column';
  throw invalidPayload(`Type "${column.type}" of field "${column.name}" ${reason}.`);
}

const STRICT_TYPES: Partial<Record<FieldType, string>> = {
  text: 'TEXT',
  csv: 'TEXT',
  json: 'TEXT',
  integer: 'INTEGER',
  boolean: 'INTEGER',
  float: 'REAL',
  binary: 'BLOB',
};

/** The type of a column in a table that SQLite checks: it knows five, and a field has to be found again by its own. */
export function strictTypeOf(column: ColumnSpec): string {
  const type = STRICT_TYPES[column.type];
  if (type) return type;
  throw invalidPayload(`Type "${column.type}" of field "${column.name}" has no place in a STRICT table.`);
}

/** The default as SQL text, or null when there is none. A value that doesn't fit the type is an INVALID_PAYLOAD. */
export function sqlDefaultOf(column: ColumnSpec, dialect: DialectName): string | null {
  if (column.defaultValue === null) return null;
  if (column.defaultIsExpression) return `(${column.defaultValue})`;
  try {
    return defaultText(column.type, column.defaultValue, dialect);
  } catch (error) {
    if (!(error instanceof UnfitValue)) throw error;
    throw invalidPayload(`"default_value" of field "${column.name}" has to be ${error.reason}.`);
  }
}
