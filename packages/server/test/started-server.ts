import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));
const NODE = join(REPOSITORY, 'node_modules/.bin/node');
const COMMAND = join(REPOSITORY, 'packages/server/src/cli/limen.js');
/** Notes what a server does for requests that it denies. */
const WITNESS = new URL('./denied-witness.ts', import.meta.url).href;

/** The address of a PostgreSQL on which databases may be made (`postgres://user:password@host:port/existing`), if any. */
export const POSTGRES_URL = process.env.TEST_POSTGRES_URL ?? '';

export type Database = 'sqlite' | 'postgres';

/** SQLite always; PostgreSQL too when the tests were given one. For `describe.each`. */
export const DATABASES: readonly Database[] = POSTGRES_URL ? ['sqlite', 'postgres'] : ['sqlite'];

export const ADMIN = {
  email: 'admin@example.com',
  password: 'a-long-admin-password',
  token: 'admin-static-token-0123456789',
} as const;

export const SECRET = 'a-secret-of-the-tests-that-is-long-enough';

/** A database and its folder: what outlives a server process. */
export interface Project {
  readonly database: Database;
  readonly folder: string;
  /** The SQLite file (also on PostgreSQL a path, where nothing is). */
  readonly file: string;
  /** The address of its own PostgreSQL database; empty on SQLite. */
  readonly postgresUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

export interface StartedServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly project: Project;
  /** Milliseconds from the start command to the first answer. */
  readonly startedInMs: number;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  /** Resident memory in bytes. */
  memory(): number;
  /** SIGTERM; resolves with the exit code, and throws when the process does not end in ten seconds. */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Makes an empty database in a temporary folder, or on the PostgreSQL of the tests. */
export function makeProject(database: Database, settings: Record<string, string> = {}): Promise<Project> {
  return newProject(database, settings, null);
}

/** A project with the same contents as one that nobody has open. */
export function copyProject(project: Project): Promise<Project> {
  return newProject(project.database, {}, project);
}

async function newProject(
  database: Database,
  settings: Record<string, string>,
  like: Project | null,
): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-test-'));
  const file = join(folder, 'limen.db');
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  if (like) cpSync(like.folder, folder, { recursive: true });
  if (database === 'sqlite') {
    const place = { DB_CLIENT: 'sqlite3', DB_FILENAME: file };
    return {
      database,
      folder,
      file,
      postgresUrl: '',
      settings: { ...place, ...settings },
      remove: async () => removeFolder(),
    };
  }
  const name = `limen_test_${randomBytes(8).toString('hex')}`;
  const template = like ? ` template ${new URL(like.postgresUrl).pathname.slice(1)}` : '';
  await onPostgres(`create database ${name}${template}`);
  const address = new URL(POSTGRES_URL);
  address.pathname = `/${name}`;
  const place = {
    DB_CLIENT: 'pg',
    DB_HOST: address.hostname,
    DB_PORT: address.port || '5432',
    DB_DATABASE: name,
    DB_USER: decodeURIComponent(address.username),
    DB_PASSWORD: decodeURIComponent(address.password),
  };
  const remove = async () => {
    await onPostgres(`drop database if exists ${name} with (force)`);
    removeFolder();
  };
  return { database, folder, file, postgresUrl: address.href, settings: { ...place, ...settings }, remove };
}

/**
 * Starts `limen start` as a process of its own and waits until it answers. `settings` win over the project's; `host` is the
 * name of this machine that its public address has.
 */
export async function startServer(
  project: Project,
  settings: Record<string, string> = {},
  host = '127.0.0.1',
): Promise<StartedServer> {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const began = performance.now();
  const child = spawn(NODE, ['--import', WITNESS, COMMAND, 'start'], {
    cwd: project.folder,
    env: {
      PATH: process.env.PATH,
      HOME: project.folder,
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      SECRET,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ADMIN_TOKEN: ADMIN.token,
      LOGIN_STALL_TIME: '0',
      PRESSURE_LIMITER_ENABLED: 'false',
      STORAGE_LOCAL_ROOT: join(project.folder, 'uploads'),
      DENIED_WITNESS_REPORT: reportOf(project),
      ...project.settings,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectOutput(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await answers(child, port, output);
  const startedInMs = performance.now() - began;
  const pid = child.pid ?? 0;
  return {
    url,
    port,
    pid,
    project,
    startedInMs,
    output,
    memory: () => residentBytes(pid),
    stop: async () => {
      child.kill('SIGTERM');
      return within(ended, 10_000, () => `the server did not stop in 10 s after SIGTERM:\n${output()}`);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A fresh project with a server on it, for the usual case; `stop` and then `remove` its project when done. */
export async function startProject(database: Database, settings: Record<string, string> = {}): Promise<StartedServer> {
  const project = await makeProject(database, settings);
  try {
    return await startServer(project);
  } catch (error) {
    await project.remove();
    throw error;
  }
}

/**
 * Ends a server that may have ended already, and removes its database. Throws when it changed something, or asked
 * another server for something, because of a request that it then answered with an error.
 */
export async function discard(server: StartedServer | undefined): Promise<void> {
  if (!server) return;
  await server.kill();
  const deeds = deedsFor(server.project);
  await server.project.remove();
  if (deeds !== '') throw new Error(`Requests that were answered with an error did something:\n${deeds}`);
}

const reportOf = (project: Project): string => join(project.folder, 'denied.log');

/** What `denied-witness.ts` has noted so far, a line for each deed. */
export function deedsFor(project: Project): string {
  const report = reportOf(project);
  return existsSync(report) ? readFileSync(report, 'utf8') : '';
}

function collectOutput(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

async function answers(child: ChildProcess, port: number, output: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  while (child.exitCode === null && child.signalCode === null) {
    if (await pings(port)) return;
    if (Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`the server did not answer GET /server/ping in a minute:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the server ended with ${child.exitCode ?? child.signalCode} before it answered:\n${output()}`);
}

/** Whether GET /server/ping answers 200. Without keep-alive, so that no idle connection is left to the test. */
export function pings(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host: '127.0.0.1', port, path: '/server/ping', agent: false, timeout: 2_000 }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode === 200));
    });
    probe.once('timeout', () => probe.destroy());
    probe.once('error', () => resolve(false));
    probe.end();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}

function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

async function onPostgres(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function within<T>(work: Promise<T>, milliseconds: number, message: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message())), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
