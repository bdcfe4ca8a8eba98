import { dirname, resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import type { Reader } from '../reader.ts';
import { database } from '../settings/database.ts';

/** Where the database is, as the store takes it. */
export type DatabaseConfig =
  | { readonly client: 'sqlite'; readonly filename: string }
  | {
      readonly client: 'pg';
      readonly connectionString?: string;
      readonly host?: string;
      readonly port?: number;
      readonly database?: string;
      readonly user?: string;
      readonly password?: string;
      readonly ssl?: boolean | ConnectionOptions;
      readonly searchPath?: readonly string[];
      readonly poolMax: number;
      readonly connectTimeoutMs: number;
      readonly statementTimeoutMs: number;
    };

export function readDatabase(reader: Reader, cwd: string): DatabaseConfig {
  const values = reader.readAll(database);
  const { client, filename, poolMin, charset, version, connectionString, host, port, user, password, ...tuning } =
    values;
  const chosen = client ?? (connectionString ? 'pg' : 'sqlite');
  // A project that names a host and forgets the client must not silently get an empty file instead of its data.
  if (!client && !connectionString && host) {
    reader.report('DB_CLIENT', 'is not given, but DB_HOST is; takes pg or sqlite3');
  }
  if (chosen === 'sqlite') {
    return { client: 'sqlite', filename: filename === ':memory:' ? filename : resolve(cwd, filename) };
  }
  if (!connectionString && !values.database) {
    reader.report('DB_DATABASE', 'is not given; PostgreSQL takes it, or DB_CONNECTION_STRING instead');
  }
  const address = connectionString ? { connectionString } : { host, port, user, password, database: values.database };
  return withoutAbsent({
    client: 'pg' as const,
    ...address,
    ssl: readSsl(reader, tuning.ssl),
    searchPath: tuning.searchPath,
    poolMax: tuning.poolMax,
    connectTimeoutMs: tuning.connectTimeoutMs,
    statementTimeoutMs: tuning.statementTimeoutMs,
  });
}

function readSsl(reader: Reader, switched: boolean | undefined): boolean | ConnectionOptions | undefined {
  const options = reader.options('DB_SSL__');
  if (switched === false || Object.keys(options).length === 0) return switched;
  return options as ConnectionOptions;
}

function withoutAbsent<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** The folder that a project keeps beside its database: the SQLite file's, else `./data`. */
export function dataFolder(db: DatabaseConfig, cwd: string): string {
  return db.client === 'sqlite' && db.filename !== ':memory:' ? dirname(db.filename) : resolve(cwd, 'data');
}
