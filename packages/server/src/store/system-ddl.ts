import { quote } from '../sql/identifier.ts';
import type { SystemColumn, SystemTable } from './system-tables.types.ts';
import type { DialectName } from './types.ts';

/** CREATE TABLE of a system table, with names of constraints as the field's usual tools give them. */
export function createTable(table: SystemTable, dialect: DialectName): string {
  const columns = table.columns.map((column) => columnText(table.name, column, dialect));
  return `CREATE TABLE ${quote(table.name)} (${columns.join(', ')});`;
}

/**
 * Adds a column to a table that may hold rows: with its constraints where these can hold for them and the dialect can add
 * them afterwards, otherwise empty and nullable.
 */
export function addColumn(table: string, column: SystemColumn, dialect: DialectName): string {
  const hasPlainDefault = column.default !== undefined && column.default !== null && !isExpression(column.default);
  const added: SystemColumn = {
    ...column,
    nullable: column.nullable || !hasPlainDefault,
    unique: false,
    // SQLite adds no column whose default is an expression.
    default: dialect === 'sqlite' && isExpression(column.default) ? undefined : column.default,
  };
  return `ALTER TABLE ${quote(table)} ADD COLUMN ${columnText(table, added, dialect)};`;
}

export function createIndex(name: string, table: string, expressions: readonly string[]): string {
  return `CREATE INDEX IF NOT EXISTS ${quote(name)} ON ${quote(table)} (${expressions.join(', ')});`;
}

function columnText(table: string, column: SystemColumn, dialect: DialectName): string {
  const constraint = (kind: string): string => `CONSTRAINT ${quote(`${table}_${column.name}_${kind}`)}`;
  const parts = [quote(column.name), typeText(column, dialect)];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`DEFAULT ${defaultText(column.default, dialect)}`);
  if (column.primary) parts.push('PRIMARY KEY');
  if (column.autoIncrement && dialect === 'sqlite') parts.push('AUTOINCREMENT');
  if (column.unique) parts.push(`${constraint('unique')} UNIQUE`);
  if (column.references) {
    const { table: target, column: key, onDelete } = column.references;
    parts.push(`${constraint('foreign')} REFERENCES ${quote(target)} (${quote(key)}) ON DELETE ${onDelete}`);
  }
  return parts.join(' ');
}

function typeText(column: SystemColumn, dialect: DialectName): string {
  const postgres = dialect === 'postgres';
  switch (column.type) {
    case 'uuid':
      return postgres ? 'uuid' : 'char(36)';
    case 'string':
      return `varchar(${column.length ?? 255})`;
    case 'integer':
      return postgres && column.autoIncrement ? 'serial' : 'integer';
    case 'bigInteger':
      return 'bigint';
    case 'boolean':
      return 'boolean';
    case 'json':
      return 'json';
    case 'timestamp':
      return postgres ? 'timestamptz' : 'datetime';
    case 'csv':
      return column.length ? `varchar(${column.length})` : 'text';
    case 'text':
      return 'text';
    default:
      throw new Error(`No system column has the type ${column.type}.`);
  }
}

const isExpression = (value: SystemColumn['default']): value is { sql: string } =>
  typeof value === 'object' && value !== null;

function defaultText(value: Exclude<SystemColumn['default'], undefined>, dialect: DialectName): string {
  if (isExpression(value)) return value.sql;
  if (typeof value === 'boolean') return dialect === 'postgres' ? String(value) : String(Number(value));
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}
