import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.ts';

/** The checkout whose server is started; another one than this where LIMEN_CHECKOUT says so. */
const CHECKOUT = process.env.LIMEN_CHECKOUT ?? fileURLToPath(new URL('../../..', import.meta.url));
/** A busy machine takes its time. */
const START_MS = 90_000;

export const ADMIN = { email: 'admin@example.com', password: 'open-sesame-1' } as const;

/** A server with a project of its own on SQLite. */
export interface TestProject {
  readonly url: string;
  readonly folder: string;
  /** What the server printed so far. */
  output(): string;
  /** Asks the API as the administrator, or with another token; the answer's `data`. Throws for an error. */
  ask<Answer>(method: string, path: string, body?: unknown, token?: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** `env` holds settings; ADMIN_EMAIL and ADMIN_PASSWORD given as empty text leave the project without an administrator. */
export async function startProject(env: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'limen-studio-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = {
    PORT: String(port),
    PUBLIC_URL: url,
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    WEBSOCKETS_ENABLED: 'true',
    CONFIG_PATH: '/dev/null',
    // A busy machine is no reason to refuse a test.
    PRESSURE_LIMITER_ENABLED: 'false',
    ...env,
  };
  const child = spawn(process.execPath, [join(CHECKOUT, 'packages/server/src/cli/limen.js'), 'start'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '')),
    },
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += String(chunk);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  await listening(child, () => output);
  let token: string | null = null;
  const ask = async <Answer>(method: string, path: string, body?: unknown, own?: string): Promise<Answer> => {
    token ??= own ?? (await signIn(url));
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${own ?? token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? null : JSON.parse(text).data) as Answer;
  };
  return {
    url,
    folder,
    output: () => output,
    ask,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const { data } = (await answer.json()) as { data: { access_token: string } };
  return data.access_token;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function listening(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the server did not start:\n${output()}`)), START_MS);
    const look = setInterval(() => {
      if (output().includes('Limen listens on')) done(resolve);
    }, 20);
    const done = (settle: () => void): void => {
      clearTimeout(late);
      clearInterval(look);
      settle();
    };
    child.once('exit', () => done(() => reject(new Error(`the server ended:\n${output()}`))));
  });
}
