import type { FieldType, Json } from '../../wire/index.ts';
import type { ColumnSizes } from '../column-types.ts';

/** A column as it shall be. */
export interface ColumnSpec extends ColumnSizes {
  readonly name: string;
  readonly type: FieldType;
  /** The SQL type of a column that is there, for types that are unknown here. */
  readonly declared: string | null;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly primaryKey: boolean;
  readonly autoIncrement: boolean;
  /** In wire form; an SQL expression where `defaultIsExpression`. */
  readonly defaultValue: Json;
  readonly defaultIsExpression: boolean;
}

export interface ForeignKeySpec {
  readonly table: string;
  readonly column: string;
  readonly foreignTable: string;
  readonly foreignColumn: string;
  readonly onDelete: string;
  readonly onUpdate: string;
}

/** Changes tables inside a transaction. Broken constraints arrive as `ConstraintError`. */
export interface TableEditor {
  /** Whether a table, a view, an index or anything else has this name, in any case. */
  nameTaken(name: string): Promise<boolean>;
  createTable(table: string, columns: readonly ColumnSpec[]): Promise<void>;
  /** Rows of other tables stay as they are; foreign keys to the table have to be gone. */
  dropTable(table: string): Promise<void>;
  /** Existing rows get the default. */
  addColumn(table: string, column: ColumnSpec): Promise<void>;
  /** `conversion` is the SQL expression of the new value, where the type changes. */
  alterColumn(table: string, before: ColumnSpec, after: ColumnSpec, conversion: string | null): Promise<void>;
  /** With the indexes and constraints that it is part of. */
  dropColumn(table: string, column: string): Promise<void>;
  /** Also makes an index on the column where there is none. */
  addForeignKey(key: ForeignKeySpec, indexed: boolean): Promise<void>;
  /** Those of this column alone. */
  dropForeignKeys(table: string, column: string): Promise<void>;
  /** All those, of one column or several, that lead to another table. */
  dropForeignKeysTo(table: string, foreignTable: string): Promise<void>;
}
