import { quote } from '../../sql/index.ts';
import type { Transaction } from '../../store/types.ts';
import { parseTable, renderTable, type TableDefinition } from './sqlite-definition.ts';

const TEMPORARY = 'limen_rebuilt_table';

export interface Rebuild {
  /** Changes the definition in place. */
  readonly edit: (definition: TableDefinition) => void;
  /** SQL expressions for columns whose values change on the way. */
  readonly values?: Readonly<Record<string, string>>;
  /** Whether an index is to be made again; by default every one is. */
  readonly keepsIndex?: (columns: readonly string[], sql: string) => boolean;
}

/**
 * Makes a table again with another definition: SQLite's own procedure for changes that ALTER TABLE has no words for. Rows,
 * the last number given out, indexes and triggers stay; so do the foreign keys of other tables, as they name the table and
 * the transaction has them switched off (`rebuildsTables`), without which the drop would delete or empty what refers here.
 */
export async function rebuildTable(tx: Transaction, table: string, rebuild: Rebuild): Promise<void> {
  const definition = await tableDefinition(tx, table);
  rebuild.edit(definition);
  const copied = await copiedColumns(tx, table, (name) => definition.columns.some((column) => column.name === name));
  const objects = await attachedObjects(tx, table, rebuild.keepsIndex ?? (() => true));
  const sequence = await sequenceOf(tx, table);
  const values = copied.map((name) => rebuild.values?.[name] ?? quote(name));

  await tx.exec(renderTable(TEMPORARY, definition));
  await tx.exec(
    `INSERT INTO ${quote(TEMPORARY)} (${copied.map(quote).join(', ')}) SELECT ${values.join(', ')} FROM ${quote(table)}`,
  );
  // Otherwise the rename would look into views and triggers that name a table which, for a moment, isn't there.
  await tx.exec('PRAGMA legacy_alter_table = ON');
  try {
    await tx.exec(`DROP TABLE ${quote(table)}`);
    await tx.exec(`ALTER TABLE ${quote(TEMPORARY)} RENAME TO ${quote(table)}`);
  } finally {
    await tx.exec('PRAGMA legacy_alter_table = OFF');
  }
  for (const sql of objects) await tx.exec(sql);
  if (sequence !== null) await restoreSequence(tx, table, sequence);
}

export async function tableDefinition(tx: Transaction, table: string): Promise<TableDefinition> {
  const row = await tx.get<{ sql: string }>(`SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?`, [table]);
  if (!row) throw new Error(`There is no table "${table}".`);
  return parseTable(row.sql);
}

/** Columns that hold values of their own (generated ones don't) and stay. */
async function copiedColumns(tx: Transaction, table: string, stays: (name: string) => boolean): Promise<string[]> {
  const columns = await tx.all<{ name: string; hidden: number }>('SELECT name, hidden FROM pragma_table_xinfo(?)', [
    table,
  ]);
  return columns.filter(({ name, hidden }) => hidden === 0 && stays(name)).map(({ name }) => name);
}

/** Statements that make the table's indexes and triggers again. */
async function attachedObjects(
  tx: Transaction,
  table: string,
  keepsIndex: NonNullable<Rebuild['keepsIndex']>,
): Promise<string[]> {
  const objects = await tx.all<{ type: string; name: string; sql: string }>(
    `SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL`,
    [table],
  );
  const kept: string[] = [];
  for (const { type, name, sql } of objects) {
    if (type === 'trigger' || keepsIndex(await indexColumns(tx, name), sql)) kept.push(sql);
  }
  return kept;
}

export async function indexColumns(tx: Transaction, index: string): Promise<string[]> {
  const columns = await tx.all<{ name: string | null }>('SELECT name FROM pragma_index_info(?)', [index]);
  return columns.flatMap(({ name }) => name ?? []);
}

/** The highest number that AUTOINCREMENT gave out: never to be given again, even when its row is gone. */
async function sequenceOf(tx: Transaction, table: string): Promise<number | null> {
  const kept = await tx.get(`SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'`);
  if (!kept) return null;
  const row = await tx.get<{ seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?', [table]);
  return row?.seq ?? null;
}

async function restoreSequence(tx: Transaction, table: string, sequence: number): Promise<void> {
  const changed = await tx.run('UPDATE sqlite_sequence SET seq = ? WHERE name = ?', [sequence, table]);
  if (changed === 0) await tx.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', [table, sequence]);
}
