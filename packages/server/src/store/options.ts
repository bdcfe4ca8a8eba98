import type { ConnectionOptions } from 'node:tls';

interface CommonOptions {
  /** Told of errors that nobody waits for: a listener or an after-commit work that threw. Default: a process warning. */
  onFault?: (error: unknown) => void;
  /** Whether prepared statements are kept. Default true. */
  remember?: boolean;
}

export interface SqliteOptions extends CommonOptions {
  client: 'sqlite';
  /** Path of the file; made with its folder, readable by its owner only, where it does not exist. */
  filename: string;
  /** How long a transaction waits for its turn, in milliseconds. Default 10,000. */
  turnTimeoutMs?: number;
}

export interface PostgresOptions extends CommonOptions {
  client: 'pg';
  /** Instead of the single values below. */
  connectionString?: string;
  host?: string;
  port?: number;
  database?: string;
  user?: string;
  password?: string;
  ssl?: boolean | ConnectionOptions;
  /** Schemas to look for tables in, the first one first. Default: the database's own search path. */
  searchPath?: readonly string[];
  /** Connections at most, beside the one that listens; a third of them is shared by reads. Default 10. */
  poolMax?: number;
  /** How long to wait for a connection, in milliseconds. Default 10,000. */
  connectTimeoutMs?: number;
  /** After which a statement is cancelled, in milliseconds; 0 never. Default 30,000. */
  statementTimeoutMs?: number;
}

/** Where the database is and how to speak to it. */
export type StoreOptions = SqliteOptions | PostgresOptions;
