import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import type { PostgresOptions } from '../../src/store/options.ts';

const run = promisify(execFile);

/** A folder that `remove` takes away with all that is in it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'limen-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A PostgreSQL server of its own, in a temporary folder on a free port. */
export interface PostgresServer {
  /** A new empty database. */
  createDatabase(): Promise<PostgresOptions>;
  stop(): Promise<void>;
}

/** Folder of the server's programs: `LIMEN_TEST_POSTGRES_BIN`, or the newest that the system has installed. */
export function postgresPrograms(): string | null {
  const given = process.env.LIMEN_TEST_POSTGRES_BIN;
  if (given) return given;
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return newest ? join(root, newest, 'bin') : null;
}

export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('No PostgreSQL found; set LIMEN_TEST_POSTGRES_BIN to the folder of its programs.');
  const folder = temporaryFolder();
  const account = await unprivilegedAccount();
  if (account) chownSync(folder.path, account.uid, account.gid);
  const cluster = join(folder.path, 'cluster');
  const port = await freePort();
  await run(
    join(programs, 'initdb'),
    ['-D', cluster, '-U', 'limen', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    { ...account, cwd: folder.path },
  );
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder.path, fsync: 'off' };
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...account, cwd: folder.path, stdio: 'ignore' },
  );
  const connection = { host: '127.0.0.1', port, user: 'limen' };
  await answers(connection);
  let databases = 0;
  return {
    async createDatabase() {
      const database = `test_${++databases}`;
      const client = new pg.Client({ ...connection, database: 'postgres' });
      await client.connect();
      await client.query(`CREATE DATABASE ${database}`);
      await client.end();
      return { client: 'pg', ...connection, database };
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGQUIT');
      await ended;
      folder.remove();
    },
  };
}

/** PostgreSQL refuses to run as root; the account that its packages bring is used then. */
async function unprivilegedAccount(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function answers(connection: { host: string; port: number; user: string }): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ ...connection, database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
