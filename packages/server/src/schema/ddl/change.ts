import {
  type ApiError,
  containsNullValues,
  invalidForeignKey,
  invalidPayload,
  recordNotUnique,
  serviceUnavailable,
  valueOutOfRange,
  valueTooLong,
} from '../../errors/index.ts';
import type { DialectName, SqlValue } from '../../sql/index.ts';
import { ConstraintError, type Transaction } from '../../store/types.ts';
import type { CurrentSchema } from '../current.ts';
import { type LoadedModel, loadModel, type ModelSource } from '../load.ts';
import type { Collection, Field, Snapshot } from '../types.ts';
import type { TableEditor } from './editor.ts';
import { PostgresEditor } from './postgres-editor.ts';
import { SqliteEditor } from './sqlite-editor.ts';

/** Changes of the model by several nodes come one after the other. */
const POSTGRES_LOCK = 0x6c696d656e;

interface ChangeOptions {
  readonly excludeTables: readonly string[];
  /** The views that are sound. */
  readonly views: readonly string[];
}

/**
 * One change of the model: tables and the rows about them, in one transaction. What it knows of the model is read inside
 * the transaction and read again after `touched`.
 */
export class ModelChange {
  readonly tx: Transaction;
  readonly dialect: DialectName;
  readonly tables: TableEditor;
  readonly #source: ModelSource;
  readonly #options: ChangeOptions;
  #model: LoadedModel | null = null;

  constructor(tx: Transaction, dialect: DialectName, options: ChangeOptions) {
    this.tx = tx;
    this.dialect = dialect;
    this.tables = dialect === 'sqlite' ? new SqliteEditor(tx) : new PostgresEditor(tx);
    this.#options = options;
    this.#source = {
      dialect,
      all: (text, params) => tx.all(text, params),
      get: (text, params) => tx.get(text, params),
      rows: (text, params) => tx.rows(text, params),
    };
  }

  async model(): Promise<LoadedModel> {
    if (!this.#model) await this.assertSound();
    this.#model ??= await loadModel(this.#source, { version: 0, ...this.#options });
    return this.#model;
  }

  async snapshot(): Promise<Snapshot> {
    return (await this.model()).snapshot;
  }

  /** SQLite lets a change break views, which PostgreSQL refuses. */
  async assertSound(): Promise<void> {
    if (this.dialect === 'postgres') return;
    for (const view of this.#options.views) {
      try {
        await this.tx.all('SELECT 1 FROM pragma_table_xinfo(?)', [view]);
      } catch (error) {
        throw invalidPayload(`The view "${view}" of the database depends on it.`, error);
      }
    }
  }

  /** Something was changed: what is known is stale. */
  touched(): void {
    this.#model = null;
  }

  /** A statement with `?` for each parameter, whatever the dialect. */
  run(text: string, params: readonly SqlValue[]): Promise<number> {
    return this.tx.run(placeholders(text, this.dialect), params);
  }

  all<T extends Record<string, unknown>>(text: string, params: readonly SqlValue[] = []): Promise<T[]> {
    return this.tx.all<T>(placeholders(text, this.dialect), params);
  }

  /** Whether any row meets a condition; the text is SQL of our own. */
  async exists(text: string): Promise<boolean> {
    return (await this.tx.get(text)) !== undefined;
  }
}

function placeholders(text: string, dialect: DialectName): string {
  if (dialect === 'sqlite') return text;
  let n = 0;
  return text.replaceAll('?', () => `$${++n}`);
}

/**
 * Runs a change of the model; resolves when it is committed and the schema's snapshot shows it. `rebuildsTables` when a
 * table that has rows may be changed.
 */
export async function changeModel<T>(
  schema: CurrentSchema,
  options: { rebuildsTables: boolean },
  work: (change: ModelChange) => Promise<T>,
): Promise<T> {
  const { dialect } = schema.store;
  const changed = schema.change(async (tx) => {
    if (dialect === 'postgres') {
      // Waiting for a table blocks everybody who comes after; working on it may take its time.
      await tx.exec(`SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '10min'`);
      await tx.get('SELECT pg_advisory_xact_lock($1)', [POSTGRES_LOCK]);
    }
    const views = [...schema.snapshot.collections.values()].filter(({ view }) => view).map(({ name }) => name);
    const change = new ModelChange(tx, dialect, { excludeTables: schema.excludeTables, views });
    const done = await work(change);
    await change.assertSound();
    return done;
  }, options);
  return onColumn(null, null, () => changed);
}

/** Runs a change of one column; what its rows break is reported as the documented error about it. */
export async function onColumn<T>(collection: string | null, field: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConstraintError) throw columnError(error, collection, field);
    const state = stateOf(error);
    if (state === LOCK_NOT_AVAILABLE) throw serviceUnavailable('database', 'A table is in use; try again.', error);
    const refused = REFUSED_BY_STATE[state];
    if (refused) throw invalidPayload(refused, error);
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

/** What PostgreSQL says of changes that it can't make, by its state codes. */
const REFUSED_BY_STATE: Readonly<Record<string, string>> = {
  '2BP01': 'Other objects of the database, such as views, depend on it.',
  '0A000': 'Other objects of the database, such as views, depend on it.',
  '42704': 'This database has no such type; geometry needs PostGIS.',
  '54011': "A table can't have so many columns.",
};

const stateOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

function columnError(error: ConstraintError, collection: string | null, field: string | null): ApiError {
  switch (error.kind) {
    case 'unique':
      return recordNotUnique(collection, field);
    case 'foreign-key':
      return invalidForeignKey(collection, field);
    case 'not-null':
      return containsNullValues(collection ?? error.table ?? '', field ?? error.columns[0] ?? '');
    case 'too-long':
      return valueTooLong(collection, field);
    case 'out-of-range':
      return valueOutOfRange(collection, field);
    default:
      return invalidPayload(`Stored values${field ? ` of field "${field}"` : ''} don't fit the change.`, error);
  }
}

/** A collection that has a table, by the name in a payload or a path. */
export function tableOf(snapshot: Snapshot, name: string): Collection | null {
  const collection = snapshot.collections.get(name);
  return collection && !collection.folder ? collection : null;
}

/** Refuses what only a table can have. */
export function assertNoView(collection: Collection | null | undefined): void {
  if (!collection?.view) return;
  throw invalidPayload(`"${collection.name}" is a view of the database, which can only be changed there.`);
}

/** A field with a column. */
export function columnOf(collection: Collection | null | undefined, name: string): Field | null {
  const field = collection?.fields.get(name);
  return field?.column ? field : null;
}
