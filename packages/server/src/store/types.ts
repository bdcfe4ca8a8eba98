import type { DialectName, SqlValue } from '../sql/types.ts';

export type { DialectName, SqlValue };

export type Row = Record<string, unknown>;

/** `text` holds `?` (SQLite) or `$1…` (PostgreSQL) for each of `params`. The same text is prepared once and found again. */
export interface Reader {
  /** Rows as objects. */
  all<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T[]>;
  /** The first row, or undefined. */
  get<T extends Row = Row>(text: string, params?: readonly SqlValue[]): Promise<T | undefined>;
  /**
   * Rows as arrays, in the order of the selected columns: the fast form. `heavy` marks a statement that may take long: on
   * SQLite it runs in a worker thread and leaves the event loop free, on PostgreSQL on a connection of its own (in a
   * transaction it means nothing).
   */
  rows(text: string, params?: readonly SqlValue[], heavy?: boolean): Promise<unknown[][]>;
}

export interface TransactionOptions {
  /**
   * The work drops and makes tables again (how SQLite changes a column). Foreign keys are then not enforced on the way,
   * and the commit is refused when rows are left that point nowhere and did not before. Means nothing on PostgreSQL.
   */
  rebuildsTables?: boolean;
}

export interface Transaction extends Reader {
  /** Runs a statement that changes something; the number of rows it changed. */
  run(text: string, params?: readonly SqlValue[]): Promise<number>;
  /** Runs several statements without parameters (DDL). */
  exec(text: string): Promise<void>;
  /** Runs after the commit, in order; never after a rollback. Used to announce changes. */
  afterCommit(work: () => void | Promise<void>): void;
  /**
   * Tells every node, this one included, that something changed; heard after the commit (on this node before
   * `transaction` resolves), never after a rollback. `detail` is short (a key, not a row).
   */
  announce(topic: Topic, detail?: string): void;
  /**
   * Sends a text of any length to every node that listens, this one included, in the order of the commits; never after a
   * rollback. `kept`: it is numbered and kept for a while too, under the names of the collections that it is about. From
   * then on nobody else can commit a kept text until this transaction ends, so it has to be the last of its work.
   */
  publish(text: string, kept?: readonly string[]): Promise<void>;
}

/**
 * What can be announced: the data model, who may do what, accounts, sessions, project settings, who follows what, the
 * providers of the project.
 */
export type Topic = 'schema' | 'access' | 'users' | 'sessions' | 'settings' | 'followers' | 'providers';

/** `detail` is null when anything under the topic may have changed (a lost connection, a write by another program). */
export type AnnouncementListener = (topic: Topic, detail: string | null) => void;

/** Where a kept text stands among all of them: numbers have no gaps, and the mark tells it from one of another history. */
export interface Place {
  readonly number: number;
  readonly mark: string;
}

/**
 * Hears what any node publishes, with its place where it is kept; null when some may have been missed (a lost
 * connection), or when it was too long to be kept.
 */
export type MessageListener = (text: string | null, place: Place | null) => void;

/**
 * A database. Reads outside a transaction see the last committed state; `transaction` gives a serialised writer on SQLite
 * and a connection of its own on PostgreSQL, committed when `work` resolves and rolled back when it throws. Starting a
 * transaction inside another one's work waits for itself on SQLite and fails after the waiting time. Errors of the
 * database arrive as `ConstraintError` where a constraint was broken, as `ApiError` SERVICE_UNAVAILABLE where it could
 * not be reached or had no room in time.
 */
export interface Store extends Reader {
  readonly dialect: DialectName;
  /**
   * Rows of a long read as arrays, in batches of at most `batch`, all of one state of the database, and never more than a
   * batch of them in memory. Ending the iteration early ends the read; taking nothing for a minute does too. Few can run
   * at a time: SERVICE_UNAVAILABLE when too many wait already.
   */
  stream(text: string, params: readonly SqlValue[], batch: number): AsyncGenerator<unknown[][]>;
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Hears what any node announces; the function it returns stops that. */
  onAnnouncement(listener: AnnouncementListener): () => void;
  /** Hears what any node publishes from now on. The function it gives stops that. */
  onMessage(listener: MessageListener): Promise<() => void>;
  /** A placeholder for the n-th parameter, counted from 1. */
  placeholder(n: number): string;
  /** Whether the database answers, and how long it took in milliseconds. */
  ping(): Promise<number>;
  /** Checkpoints what needs it and closes every connection. */
  close(): Promise<void>;
}

/** A broken constraint, in the words of the database; `items/` turns it into the documented error. */
export class ConstraintError extends Error {
  readonly kind: 'unique' | 'foreign-key' | 'not-null' | 'check' | 'too-long' | 'out-of-range' | 'invalid-value';
  readonly table: string | null;
  readonly columns: readonly string[];

  constructor(kind: ConstraintError['kind'], table: string | null, columns: readonly string[], cause: unknown) {
    super(`${kind} constraint${table ? ` on ${table}` : ''}${columns.length ? ` (${columns.join(', ')})` : ''}`, {
      cause,
    });
    this.name = 'ConstraintError';
    this.kind = kind;
    this.table = table;
    this.columns = columns;
  }
}

/** A column as the database describes it. `type` is the declared type, lower case (`varchar`, `integer`, `timestamptz` …). */
export interface ColumnFacts {
  table: string;
  name: string;
  type: string;
  maxLength: number | null;
  precision: number | null;
  scale: number | null;
  nullable: boolean;
  /** The default as a JSON value where it is a plain one, the SQL expression as text where it is not; null when none. */
  defaultValue: string | number | boolean | null;
  /** True where the default is an expression such as CURRENT_TIMESTAMP. */
  defaultIsExpression: boolean;
  primaryKey: boolean;
  autoIncrement: boolean;
  unique: boolean;
  indexed: boolean;
  generated: boolean;
  ordinal: number;
}

export interface ForeignKeyFacts {
  table: string;
  column: string;
  foreignTable: string;
  foreignColumn: string;
  /** `NO ACTION`, `SET NULL`, `CASCADE`, `RESTRICT`, `SET DEFAULT` */
  onDelete: string;
  onUpdate: string;
  constraintName: string | null;
}

export interface DatabaseFacts {
  tables: string[];
  /** Their columns are among `columns`; they have no keys. */
  views: string[];
  columns: ColumnFacts[];
  foreignKeys: ForeignKeyFacts[];
}
