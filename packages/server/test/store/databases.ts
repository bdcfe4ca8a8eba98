import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres as startOrUseServer } from '../../../../scripts/postgres.ts';
import type { PostgresOptions } from '../../src/store/options.ts';

/** A folder that `remove` takes away with all that is in it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'limen-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The PostgreSQL of the test run, or one of its own where there is none. */
export interface PostgresServer {
  /** A new empty database. */
  createDatabase(): Promise<PostgresOptions>;
  /** Drops the databases that were made; ends the server if it was started for them. */
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const server = await startOrUseServer();
  if (!server) throw new Error('No PostgreSQL found: install one, or set TEST_POSTGRES_URL.');
  const url = new URL(server.url);
  const names: string[] = [];
  const statement = async (text: string): Promise<void> => {
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(text);
    await client.end();
  };
  return {
    async createDatabase() {
      const database = `limen_test_${randomBytes(6).toString('hex')}`;
      await statement(`CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'UTF8'`);
      names.push(database);
      const [user, password] = [url.username, url.password].map(decodeURIComponent);
      return { client: 'pg', host: url.hostname, port: Number(url.port || 5432), user, password, database };
    },
    async stop() {
      for (const name of names) await statement(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}
