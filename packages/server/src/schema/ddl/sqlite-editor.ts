import { quote } from '../../sql/index.ts';
import type { Transaction } from '../../store/types.ts';
import { sqlDefaultOf, sqlTypeOf, strictTypeOf } from './column-definition.ts';
import type { ColumnSpec, ForeignKeySpec, TableEditor } from './editor.ts';
import { objectName } from './names.ts';
import type { ColumnConstraint, ColumnDefinition, TableDefinition } from './sqlite-definition.ts';
import { indexColumns, rebuildTable, tableDefinition } from './sqlite-rebuild.ts';

/** Changes tables of SQLite, which for most changes means making the table again. */
export class SqliteEditor implements TableEditor {
  readonly #tx: Transaction;

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  async nameTaken(name: string): Promise<boolean> {
    return (await this.#tx.get('SELECT 1 FROM sqlite_master WHERE lower(name) = lower(?)', [name])) !== undefined;
  }

  async createTable(table: string, columns: readonly ColumnSpec[]): Promise<void> {
    const list = columns.map((column) => columnText(column, usualType)).join(',\n  ');
    await this.#tx.exec(`CREATE TABLE ${quote(table)} (\n  ${list}\n)`);
    for (const column of columns) await this.#createIndexes(table, column);
  }

  async dropTable(table: string): Promise<void> {
    await this.#tx.exec(`DROP TABLE ${quote(table)}`);
  }

  async addColumn(table: string, column: ColumnSpec): Promise<void> {
    const typeOf = await this.#typesIn(table);
    if (needsRebuildToAdd(column)) {
      const added = definitionOf(column, typeOf);
      await rebuildTable(this.#tx, table, { edit: (definition) => definition.columns.push(added) });
    } else {
      await this.#tx.exec(`ALTER TABLE ${quote(table)} ADD COLUMN ${columnText(column, typeOf)}`);
    }
    await this.#createIndexes(table, column);
  }

  async alterColumn(table: string, before: ColumnSpec, after: ColumnSpec, conversion: string | null): Promise<void> {
    const dropsUnique = before.unique && !after.unique;
    const typeOf = await this.#typesIn(table);
    const dropsIndex = before.indexed && !after.indexed;
    await rebuildTable(this.#tx, table, {
      edit: (definition) => editColumn(definition, before, after, typeOf),
      values: conversion ? { [after.name]: conversion } : {},
      keepsIndex: (columns, sql) => {
        if (columns.length !== 1 || columns[0] !== after.name) return true;
        return /^\s*create\s+unique/i.test(sql) ? !dropsUnique : !dropsIndex;
      },
    });
    await this.#createIndexes(table, {
      ...after,
      unique: after.unique && !before.unique,
      // What was found by its unique index is found by a plain one then.
      indexed: after.indexed && (!before.indexed || (before.unique && !after.unique)),
    });
  }

  async dropColumn(table: string, column: string): Promise<void> {
    await rebuildTable(this.#tx, table, {
      edit: (definition) => {
        definition.columns = definition.columns.filter(({ name }) => name !== column);
        definition.constraints = definition.constraints.filter(({ columns }) => !columns.includes(column));
      },
      keepsIndex: (columns, sql) => !columns.includes(column) && !sql.includes(quote(column)),
    });
  }

  async addForeignKey(key: ForeignKeySpec, indexed: boolean): Promise<void> {
    const reference = referenceText(key);
    await rebuildTable(this.#tx, key.table, {
      edit: (definition) => {
        const text = `FOREIGN KEY (${quote(key.column)}) ${reference}`;
        definition.constraints.push({ kind: 'foreign', columns: [key.column], references: key.foreignTable, text });
      },
    });
    if (!indexed) await this.#createIndex(key.table, key.column, 'foreign');
  }

  async dropForeignKeys(table: string, column: string): Promise<void> {
    const index = objectName(table, column, 'foreign');
    const ours = await this.#tx.get(`SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ? AND tbl_name = ?`, [
      index,
      table,
    ]);
    if (ours) await this.#tx.exec(`DROP INDEX ${quote(index)}`);
    await this.#removeForeignKeys(table, ({ columns }) => columns.length === 1 && columns[0] === column);
  }

  async dropForeignKeysTo(table: string, foreignTable: string): Promise<void> {
    const target = foreignTable.toLowerCase();
    await this.#removeForeignKeys(table, ({ references }) => references.toLowerCase() === target);
  }

  async #removeForeignKeys(table: string, chosen: (key: WrittenKey) => boolean): Promise<void> {
    const definition = await tableDefinition(this.#tx, table);
    if (!removeForeignKeys(definition, chosen)) return;
    await rebuildTable(this.#tx, table, { edit: (found) => removeForeignKeys(found, chosen) });
  }

  async #typesIn(table: string): Promise<TypeOf> {
    const strict = `SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND name = ? AND strict = 1`;
    return (await this.#tx.get(strict, [table])) ? strictTypeOf : usualType;
  }

  async #createIndexes(table: string, column: ColumnSpec): Promise<void> {
    if (column.primaryKey) return;
    if (column.unique) await this.#createIndex(table, column.name, 'unique');
    else if (column.indexed && !(await this.#hasIndex(table, column.name))) {
      await this.#createIndex(table, column.name, 'index');
    }
  }

  async #createIndex(table: string, column: string, kind: 'unique' | 'index' | 'foreign'): Promise<void> {
    const name = objectName(table, column, kind);
    const free = (await this.nameTaken(name)) ? objectName(table, `${column} ${Date.now()}`, kind) : name;
    const unique = kind === 'unique' ? 'UNIQUE ' : '';
    await this.#tx.exec(`CREATE ${unique}INDEX ${quote(free)} ON ${quote(table)} (${quote(column)})`);
  }

  async #hasIndex(table: string, column: string): Promise<boolean> {
    const indexes = await this.#tx.all<{ name: string }>('SELECT name FROM pragma_index_list(?)', [table]);
    for (const { name } of indexes) {
      const columns = await indexColumns(this.#tx, name);
      if (columns[0] === column) return true;
    }
    return false;
  }
}

/** ALTER TABLE ADD COLUMN takes neither a computed default nor a not-null column without one. */
const needsRebuildToAdd = (column: ColumnSpec): boolean =>
  (!column.nullable && column.defaultValue === null) || column.defaultIsExpression;

type TypeOf = (column: ColumnSpec) => string;

const usualType: TypeOf = (column) => sqlTypeOf(column, 'sqlite');

function definitionOf(column: ColumnSpec, typeOf: TypeOf): ColumnDefinition {
  return { name: column.name, type: typeOf(column), constraints: ownConstraints(column) };
}

function columnText(column: ColumnSpec, typeOf: TypeOf): string {
  const { name, type, constraints } = definitionOf(column, typeOf);
  // Only an INTEGER key counts up by itself, however wide the field is.
  const declared = column.autoIncrement ? 'integer' : type;
  return [quote(name), declared, ...constraints.map(({ text }) => text)].join(' ');
}

const plain = (kind: ColumnConstraint['kind'], text: string): ColumnConstraint => ({ kind, references: null, text });

function ownConstraints(column: ColumnSpec): ColumnConstraint[] {
  const found: ColumnConstraint[] = [];
  if (!column.nullable) found.push(plain('not-null', 'NOT NULL'));
  const byDefault = sqlDefaultOf(column, 'sqlite');
  if (byDefault !== null) found.push(plain('default', `DEFAULT ${byDefault}`));
  if (column.primaryKey) {
    found.push(plain('primary', column.autoIncrement ? 'PRIMARY KEY AUTOINCREMENT' : 'PRIMARY KEY'));
  }
  return found;
}

/** The parts of the definition that the change is about are written anew; the others stay as they are. */
function editColumn(definition: TableDefinition, before: ColumnSpec, after: ColumnSpec, typeOf: TypeOf): void {
  const column = definition.columns.find(({ name }) => name === after.name);
  if (!column) throw new Error(`There is no column "${after.name}".`);
  if (usualType(after) !== usualType(before)) column.type = typeOf(after);
  const replaced = new Set<ColumnConstraint['kind']>(['not-null', 'default']);
  if (before.unique && !after.unique) {
    replaced.add('unique');
    definition.constraints = definition.constraints.filter(
      ({ kind, columns }) => kind !== 'unique' || columns.length !== 1 || columns[0] !== after.name,
    );
  }
  column.constraints = [
    ...ownConstraints({ ...after, primaryKey: false }),
    ...column.constraints.filter(({ kind }) => !replaced.has(kind)),
  ];
}

/** A foreign key as a definition has it. */
interface WrittenKey {
  readonly columns: readonly string[];
  readonly references: string;
}

/** Takes the chosen foreign keys out of a definition; whether there were any. */
function removeForeignKeys(definition: TableDefinition, chosen: (key: WrittenKey) => boolean): boolean {
  let removed = false;
  const stays = (columns: readonly string[], references: string | null): boolean => {
    if (references === null || !chosen({ columns, references })) return true;
    removed = true;
    return false;
  };
  definition.constraints = definition.constraints.filter(({ columns, references }) => stays(columns, references));
  for (const column of definition.columns) {
    column.constraints = column.constraints.filter(({ references }) => stays([column.name], references));
  }
  return removed;
}

const referenceText = (key: ForeignKeySpec): string =>
  `REFERENCES ${quote(key.foreignTable)} (${quote(key.foreignColumn)}) ON UPDATE ${key.onUpdate} ON DELETE ${key.onDelete}`;
