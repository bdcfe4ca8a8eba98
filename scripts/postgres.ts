// A PostgreSQL for the tests: the one that TEST_POSTGRES_URL names, or a temporary cluster of an installed PostgreSQL.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface TestPostgres {
  /** `postgres://user:password@host:port/database`, whose user may make databases. */
  readonly url: string;
  /** Folder of `psql` and its kin, to look for them in before PATH; empty when they are on PATH. */
  readonly programs: string;
  stop(): Promise<void>;
}

/** Who runs the cluster: PostgreSQL refuses to run as root. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const START_TIMEOUT_MS = 30_000;

/** Null when the tests were given none and none is installed. */
export async function startPostgres(): Promise<TestPostgres | null> {
  const given = process.env.TEST_POSTGRES_URL;
  if (given) return { url: given, programs: installedPrograms() ?? '', stop: async () => {} };
  const programs = installedPrograms();
  return programs === null ? null : startCluster(programs);
}

/** The folder with `initdb`, `postgres` and `psql`: the newest of Debian's, or one of PATH. */
function installedPrograms(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  const isWhole = (folder: string) =>
    ['initdb', 'postgres', 'psql'].every((program) => isProgram(join(folder, program)));
  return folders.find(isWhole) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function startCluster(programs: string): Promise<TestPostgres> {
  const owner = findOwner();
  const folder = mkdtempSync(join(tmpdir(), 'limen-postgres-'));
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const passwordFile = join(folder, 'password');
  const cluster = join(folder, 'cluster');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(folder, owner);
  give(passwordFile, owner);
  const options = ['-D', cluster, '-U', 'limen', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'];
  const locale = ['--locale=C.UTF-8', '--no-sync'];
  execFileSync(join(programs, 'initdb'), [...options, ...locale], {
    ...owner,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    'max_connections=300',
    'fsync=off',
    'logging_collector=off',
  ];
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(programs, 'postgres'), ['-D', cluster, ...flags], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
  });
  const url = `postgres://limen:${password}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    await stopServer(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answers(server, programs, url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, programs, stop };
}

/** The account `postgres`, or `nobody`, when this process is root's; else whoever runs it. */
function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const account = ['postgres', 'nobody'].find((name) => spawnSync('id', ['-u', name]).status === 0);
  if (!account) throw new Error('PostgreSQL does not run as root, and there is no account postgres or nobody');
  const number = (flag: string) => Number(execFileSync('id', [flag, account], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

function give(path: string, { uid, gid }: Owner): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  else chmodSync(path, 0o700);
}

async function answers(server: ChildProcess, programs: string, url: string): Promise<void> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (server.exitCode === null && Date.now() < until) {
    if (spawnSync(join(programs, 'psql'), ['-qXAt', url, '-c', 'select 1'], { stdio: 'ignore' }).status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(server.exitCode === null ? 'PostgreSQL did not answer in 30 s' : 'PostgreSQL ended at its start');
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  // SIGQUIT: at once, without writing what nobody will read.
  server.kill('SIGQUIT');
  await ended;
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
