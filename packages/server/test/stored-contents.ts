import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import pg from 'pg';
import type { Project } from './started-server.ts';

/** Every row of every table as text, sorted, so that two of them are equal when the databases hold the same. */
export type Contents = ReadonlyMap<string, readonly string[]>;

/** Written a moment after the entries of the activity log that it is about, by nobody's request. */
const SEALS = 'limen_seals';

/** Reads a project's database from outside the server, while it runs or not. */
export interface ContentsReader {
  read(): Promise<Contents>;
  /** Changes whenever somebody committed something since the last call (PostgreSQL: or tried to); nothing is read. */
  changeCounter(): Promise<string>;
  rows(query: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export function openContents(project: Project): Promise<ContentsReader> {
  return project.database === 'sqlite' ? openSqlite(project.file) : openPostgres(project.postgresUrl);
}

export function hashOf(contents: Contents): string {
  const hash = createHash('sha256');
  for (const [table, rows] of contents) hash.update(`${table}\n${rows.join('\n')}\n`);
  return hash.digest('hex');
}

/** The rows that are in one and not in the other, as `-table row` and `+table row`; empty when nothing changed. */
export function differences(before: Contents, after: Contents): string[] {
  const found: string[] = [];
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    const old = new Set(before.get(table));
    const now = new Set(after.get(table));
    for (const row of old) if (!now.has(row)) found.push(`-${table} ${row}`);
    for (const row of now) if (!old.has(row)) found.push(`+${table} ${row}`);
    if (before.has(table) !== after.has(table)) found.push(`${before.has(table) ? '-' : '+'}${table} (table)`);
  }
  return found;
}

async function openSqlite(file: string): Promise<ContentsReader> {
  const database = new Database(file, { readonly: true, timeout: 5_000 });
  database.defaultSafeIntegers(false);
  return {
    read: async () => {
      const contents = new Map<string, string[]>();
      const readAll = database.transaction(() => {
        for (const table of tableNames()) {
          const rows = database
            .prepare(`select * from ${quoted(table)}`)
            .safeIntegers()
            .raw()
            .all();
          contents.set(table, rows.map(asText).sort());
        }
      });
      readAll();
      return contents;
    },
    changeCounter: async () => String(database.pragma('data_version', { simple: true })),
    rows: async (query) => database.prepare(query).all() as Record<string, unknown>[],
    close: async () => {
      database.close();
    },
  };

  function tableNames(): string[] {
    const query =
      "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name";
    const names = database.prepare(query).pluck().all() as string[];
    return names.filter((name) => name !== SEALS);
  }
}

async function openPostgres(address: string): Promise<ContentsReader> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  return {
    read: async () => {
      await client.query('begin isolation level repeatable read read only');
      const contents = new Map<string, string[]>();
      const tables = await client.query<{ name: string }>(
        "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1",
      );
      for (const { name } of tables.rows) {
        if (name === SEALS) continue;
        const rows = await client.query({ text: `select * from ${quoted(name)}`, rowMode: 'array' });
        contents.set(name, rows.rows.map(asText).sort());
      }
      await client.query('commit');
      return contents;
    },
    changeCounter: async () => {
      const result = await client.query<{ next: string }>(
        'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
      );
      return result.rows[0]?.next ?? '';
    },
    rows: async (query) => (await client.query(query)).rows,
    close: () => client.end(),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function asText(row: unknown): string {
  return JSON.stringify(row, (_, value) => {
    if (typeof value === 'bigint') return String(value);
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    return value;
  });
}
