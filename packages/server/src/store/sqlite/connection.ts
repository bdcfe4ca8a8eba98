import Database from 'better-sqlite3';
import { invalidQuery } from '../../errors/index.ts';
import { addExactly, EXACT_SUM } from '../../sql/exact-sum.ts';
import { FOLD, foldCase } from '../../sql/fold.ts';
import { MAX_SPENT, SPEND } from '../../sql/index.ts';
import { WALL_TIME, wallTime } from '../../sql/wall-time.ts';
import type { Row, SqlValue } from '../types.ts';
import { translateSqliteError } from './errors.ts';
import { StatementCache } from './statement-cache.ts';

/** Prepared statements kept per connection; each takes some kilobytes. */
const STATEMENTS = 400;

export interface ConnectionSettings {
  /** Refuses statements that write. */
  readOnly: boolean;
  /** How long a statement waits, blocking, for another process, in milliseconds. */
  busyTimeoutMs: number;
  cacheKibibytes: number;
  /** Whether prepared statements are kept. Default true. */
  remember?: boolean;
}

const NO_VALUES: readonly SqlValue[] = [];

/**
 * One connection to a SQLite file, with the statements it has prepared. Everything here is synchronous. Statements
 * survive changes of the schema: SQLite prepares them again by itself.
 */
export class SqliteConnection {
  readonly #database: Database.Database;
  readonly #statements: StatementCache;
  /** Rows that the running statement has looked at, where it counts them. */
  #spent = 0;

  constructor(filename: string, settings: ConnectionSettings) {
    this.#database = new Database(filename);
    this.#statements = new StatementCache(settings.remember === false ? 0 : STATEMENTS);
    // First of all, so that the statements below wait for another process instead of failing.
    this.#database.pragma('busy_timeout = 5000');
    this.#database.pragma('journal_mode = WAL');
    // In WAL mode NORMAL loses nothing that was committed when the process is killed; a power cut can take back the
    // last commits (never half of one). FULL would cost a flush per commit.
    this.#database.pragma('synchronous = NORMAL');
    this.#database.pragma('foreign_keys = ON');
    this.#database.pragma('temp_store = MEMORY');
    this.#database.pragma(`cache_size = -${settings.cacheKibibytes}`);
    this.#database.pragma('mmap_size = 33554432');
    this.#database.pragma('journal_size_limit = 67108864');
    if (settings.readOnly) this.#database.pragma('query_only = ON');
    this.#database.pragma(`busy_timeout = ${settings.busyTimeoutMs}`);
    this.#define(FOLD, (text) => foldCase(String(text)));
    this.#database.aggregate<bigint | null>(EXACT_SUM, {
      start: null,
      step: addExactly,
      result: (sum) => (sum === null ? null : String(sum)),
      safeIntegers: true,
      deterministic: true,
    });
    this.#define(WALL_TIME, (ms) => (typeof ms === 'number' ? wallTime(ms) : String(ms)));
    this.#database.function(SPEND, () => this.#spend());
  }

  /** Gives statements a function of one value; null stays null. */
  #define(name: string, of: (value: unknown) => string | number): void {
    this.#database.function(name, { deterministic: true }, (value: unknown) => (value === null ? null : of(value)));
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  all<T extends Row>(text: string, params: readonly SqlValue[] = NO_VALUES): T[] {
    try {
      return this.#prepared(text, false).all(bindable(params)) as T[];
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  get<T extends Row>(text: string, params: readonly SqlValue[] = NO_VALUES): T | undefined {
    try {
      return this.#prepared(text, false).get(bindable(params)) as T | undefined;
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  rows(text: string, params: readonly SqlValue[] = NO_VALUES): unknown[][] {
    try {
      return this.#prepared(text, true).all(bindable(params)) as unknown[][];
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  /** Rows as arrays, some at a time. Nothing else may be read from this connection meanwhile. */
  *batches(text: string, params: readonly SqlValue[], size: number): Generator<unknown[][]> {
    try {
      let rows: unknown[][] = [];
      for (const row of this.#prepared(text, true).iterate(bindable(params))) {
        rows.push(row as unknown[]);
        if (rows.length < size) continue;
        yield rows;
        rows = [];
      }
      if (rows.length > 0) yield rows;
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  run(text: string, params: readonly SqlValue[] = NO_VALUES): number {
    try {
      return this.#prepared(text, false).run(bindable(params)).changes;
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  exec(text: string): void {
    try {
      this.#database.exec(text);
    } catch (error) {
      throw translateSqliteError(error);
    }
  }

  pragma(text: string): unknown {
    return this.#database.pragma(text, { simple: true });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #spend(): number {
    if (++this.#spent > MAX_SPENT) {
      throw invalidQuery(
        'The query looks at too many related items; ask for fewer levels of relations, or limit them.',
      );
    }
    return 1;
  }

  #prepared(text: string, arrays: boolean): Database.Statement {
    this.#spent = 0;
    let entry = this.#statements.get(text);
    if (entry === undefined) {
      entry = { statement: this.#database.prepare(text), arrays: false };
      this.#statements.set(text, entry);
    }
    if (entry.arrays !== arrays) {
      entry.statement.raw(arrays);
      entry.arrays = arrays;
    }
    return entry.statement;
  }
}

/** The driver binds every number as a float, which a text column would show as `5.0`: whole ones go as integers. */
function bindable(params: readonly SqlValue[]): readonly SqlValue[] {
  for (let i = 0; i < params.length; i++) {
    if (typeof params[i] === 'number') return params.map(wholeAsBigInt);
  }
  return params;
}

const wholeAsBigInt = (value: SqlValue): SqlValue =>
  typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
