import { quote } from '../../sql/index.ts';
import type { Transaction } from '../../store/types.ts';
import { sqlDefaultOf, sqlTypeOf } from './column-definition.ts';
import type { ColumnSpec, ForeignKeySpec, TableEditor } from './editor.ts';
import { objectName } from './names.ts';

/** Constraints and indexes on exactly one column of a table. */
const ON_COLUMN = `
  FROM pg_attribute a
  WHERE a.attrelid = to_regclass($1) AND a.attname = $2 AND NOT a.attisdropped`;

const INDEXES = `
  SELECT i.relname AS index, con.conname AS constraint
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
  LEFT JOIN pg_constraint con ON con.conindid = x.indexrelid AND con.contype = 'u'
  WHERE x.indrelid = to_regclass($1) AND a.attname = $2 AND x.indnkeyatts = 1 AND NOT x.indisprimary
    AND x.indisunique = ($3 = 'unique')`;

const FOREIGN_KEYS = `
  SELECT con.conname AS constraint
  FROM pg_constraint con
  WHERE con.contype = 'f' AND con.conrelid = to_regclass($1)
    AND con.conkey = (SELECT ARRAY[a.attnum] ${ON_COLUMN})`;

const FOREIGN_KEYS_TO = `
  SELECT con.conname AS constraint
  FROM pg_constraint con
  WHERE con.contype = 'f' AND con.conrelid = to_regclass($1) AND con.confrelid = to_regclass($2)`;

const NAME_TAKEN = `
  SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND lower(c.relname) = lower($1)
  UNION ALL
  SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname = current_schema() AND t.typname = $1`;

/** Changes tables of PostgreSQL, where all of this is part of the transaction. */
export class PostgresEditor implements TableEditor {
  readonly #tx: Transaction;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  async nameTaken(name: string): Promise<boolean> {
    return (await this.#tx.get(NAME_TAKEN, [name])) !== undefined;
  }

  async createTable(table: string, columns: readonly ColumnSpec[]): Promise<void> {
    await this.#tx.exec(`CREATE TABLE ${quote(table)} (${columns.map(columnText).join(', ')})`);
    for (const column of columns) await this.#createIndexes(table, column);
  }

  async dropTable(table: string): Promise<void> {
    await this.#tx.exec(`DROP TABLE ${quote(table)}`);
  }

  async addColumn(table: string, column: ColumnSpec): Promise<void> {
    await this.#alter(table, `ADD COLUMN ${columnText(column)}`);
    await this.#createIndexes(table, column);
  }

  async alterColumn(table: string, before: ColumnSpec, after: ColumnSpec, conversion: string | null): Promise<void> {
    const name = quote(after.name);
    const type = sqlTypeOf(after, 'postgres');
    const [oldDefault, newDefault] = [sqlDefaultOf(before, 'postgres'), sqlDefaultOf(after, 'postgres')];
    const retyped = type !== sqlTypeOf(before, 'postgres') || conversion !== null;
    // Before the type changes: the new one may have no order.
    if (before.unique && !after.unique) await this.#dropIndexes(table, after.name, 'unique');
    if (before.indexed && !after.indexed) await this.#dropIndexes(table, after.name, 'index');
    if (oldDefault !== null && (retyped || newDefault === null)) await this.#alter(table, `ALTER ${name} DROP DEFAULT`);
    if (retyped) await this.#alter(table, `ALTER ${name} TYPE ${type}${conversion ? ` USING ${conversion}` : ''}`);
    if (newDefault !== null && (retyped || newDefault !== oldDefault)) {
      await this.#alter(table, `ALTER ${name} SET DEFAULT ${newDefault}`);
    }
    if (before.nullable !== after.nullable) {
      await this.#alter(table, `ALTER ${name} ${after.nullable ? 'DROP' : 'SET'} NOT NULL`);
    }
    await this.#createIndexes(table, {
      ...after,
      unique: after.unique && !before.unique,
      // What was found by its unique index is found by a plain one then.
      indexed: after.indexed && (!before.indexed || (before.unique && !after.unique)),
    });
  }

  async dropColumn(table: string, column: string): Promise<void> {
    await this.#alter(table, `DROP COLUMN ${quote(column)}`);
  }

  async addForeignKey(key: ForeignKeySpec, indexed: boolean): Promise<void> {
    const name = await this.#freeConstraint(key.table, key.column);
    await this.#alter(
      key.table,
      `ADD CONSTRAINT ${quote(name)} FOREIGN KEY (${quote(key.column)})
       REFERENCES ${quote(key.foreignTable)} (${quote(key.foreignColumn)})
       ON UPDATE ${key.onUpdate} ON DELETE ${key.onDelete}`,
    );
    if (!indexed) await this.#createIndex(key.table, key.column, 'foreign');
  }

  async dropForeignKeys(table: string, column: string): Promise<void> {
    await this.#dropConstraints(table, FOREIGN_KEYS, [quote(table), column]);
    const index = objectName(table, column, 'foreign');
    const indexes = await this.#indexes(table, column, 'index');
    if (indexes.some((found) => found.index === index)) await this.#tx.exec(`DROP INDEX ${quote(index)}`);
  }

  async dropForeignKeysTo(table: string, foreignTable: string): Promise<void> {
    await this.#dropConstraints(table, FOREIGN_KEYS_TO, [quote(table), quote(foreignTable)]);
  }

  async #dropConstraints(table: string, select: string, params: readonly string[]): Promise<void> {
    const found = await this.#tx.all<{ constraint: string }>(select, params);
    for (const { constraint } of found) await this.#alter(table, `DROP CONSTRAINT ${quote(constraint)}`);
  }

  async #alter(table: string, action: string): Promise<void> {
    await this.#tx.exec(`ALTER TABLE ${quote(table)} ${action}`);
  }

  async #createIndexes(table: string, column: ColumnSpec): Promise<void> {
    if (column.primaryKey) return;
    if (column.unique) {
      const name = quote(await this.#freeName(table, column.name, 'unique'));
      await this.#alter(table, `ADD CONSTRAINT ${name} UNIQUE (${quote(column.name)})`);
    } else if (column.indexed && (await this.#indexes(table, column.name, 'index')).length === 0) {
      await this.#createIndex(table, column.name, 'index');
    }
  }

  async #createIndex(table: string, column: string, kind: 'index' | 'foreign'): Promise<void> {
    const name = await this.#freeName(table, column, kind);
    await this.#tx.exec(`CREATE INDEX ${quote(name)} ON ${quote(table)} (${quote(column)})`);
  }

  #indexes(table: string, column: string, kind: 'unique' | 'index') {
    return this.#tx.all<{ index: string; constraint: string | null }>(INDEXES, [quote(table), column, kind]);
  }

  async #dropIndexes(table: string, column: string, kind: 'unique' | 'index'): Promise<void> {
    for (const { index, constraint } of await this.#indexes(table, column, kind)) {
      if (constraint) await this.#alter(table, `DROP CONSTRAINT ${quote(constraint)}`);
      else await this.#tx.exec(`DROP INDEX ${quote(index)}`);
    }
  }

  async #freeName(table: string, column: string, kind: 'unique' | 'index' | 'foreign'): Promise<string> {
    const name = objectName(table, column, kind);
    return (await this.nameTaken(name)) ? objectName(table, `${column} ${Date.now()}`, kind) : name;
  }

  /** Names of constraints belong to their table, and ours to one column of it. */
  async #freeConstraint(table: string, column: string): Promise<string> {
    const name = objectName(table, column, 'foreign');
    const taken = await this.#tx.get('SELECT 1 FROM pg_constraint WHERE conrelid = to_regclass($1) AND conname = $2', [
      quote(table),
      name,
    ]);
    return taken ? objectName(table, `${column} ${Date.now()}`, 'foreign') : name;
  }
}

function columnText(column: ColumnSpec): string {
  const parts = [quote(column.name), column.autoIncrement ? serialType(column) : sqlTypeOf(column, 'postgres')];
  if (column.primaryKey) parts.push('PRIMARY KEY');
  else if (!column.nullable) parts.push('NOT NULL');
  const byDefault = sqlDefaultOf(column, 'postgres');
  if (byDefault !== null) parts.push(`DEFAULT ${byDefault}`);
  return parts.join(' ');
}

const serialType = (column: ColumnSpec): string => (column.type === 'bigInteger' ? 'bigserial' : 'serial');
