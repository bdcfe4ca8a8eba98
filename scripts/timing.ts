// Measures whether the time of an answer tells who has an account: known and unknown addresses take turns, and their
// medians and ranks are compared (Mann–Whitney). Usage: node scripts/timing.ts [SAMPLES] [STALL_MS]
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './generated.ts';

const SAMPLES = Number(process.argv[2] ?? 2_000);
const STALL_MS = Number(process.argv[3] ?? 250);
/** Requests before anything is measured. */
const WARM_UP = 20;
/** Clients that ask at the same time. */
const AT_ONCE = 4;
/** Addresses that have an account, so that no limit per account is met. */
const ACCOUNTS = 500;
const ADMIN = { email: 'admin@example.com', password: 'a-long-admin-password', token: 'admin-static-token-0123456789' };
/** Two-sided, for p = 0.01. */
const CRITICAL_Z = 2.576;

interface Probe {
  readonly name: string;
  readonly path: string;
  body(email: string): object;
}

const PROBES: readonly Probe[] = [
  { name: 'login', path: '/auth/login', body: (email) => ({ email, password: 'a-wrong-password' }) },
  { name: 'reset', path: '/auth/password/request', body: (email) => ({ email }) },
  { name: 'register', path: '/users/register', body: (email) => ({ email, password: 'a-new-password' }) },
  { name: 'magic link', path: '/auth/email/request', body: (email) => ({ email }) },
];

const agent = new Agent({ keepAlive: true });

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-timing-'));
  const mail = await swallowMail();
  const port = await freePort();
  const server = start(folder, port, mail.port);
  try {
    await untilItAnswers(port);
    await prepare(port);
    let told = 0;
    for (const probe of PROBES) if (!(await measure(probe, port))) told += 1;
    return told === 0 ? 0 : 1;
  } finally {
    server.kill('SIGKILL');
    mail.close();
    agent.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether nothing can be told; prints what was found. */
async function measure({ name, path, body }: Probe, port: number): Promise<boolean> {
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  const statuses = new Set<string>();
  let next = -WARM_UP;
  async function ask(): Promise<void> {
    for (let i = next++; i < SAMPLES; i = next++) {
      const known = `known${(i + WARM_UP) % ACCOUNTS}@example.com`;
      const unknown = `nobody-${name.length}-${i + WARM_UP}@example.com`;
      const pair = [{ kind: 'known', email: known } as const, { kind: 'unknown', email: unknown } as const];
      for (const { kind, email } of Math.random() < 0.5 ? pair : pair.toReversed()) {
        const { ms, answer } = await post(port, path, body(email));
        if (i < 0) continue;
        times[kind].push(ms);
        statuses.add(answer);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  const [known, unknown] = [median(times.known), median(times.unknown)];
  const difference = Math.abs(known - unknown) / Math.min(known, unknown);
  const z = mannWhitney(times.known, times.unknown);
  const fine = difference < 0.02 && Math.abs(z) < CRITICAL_Z && statuses.size === 1;
  const figures = `known ${known.toFixed(3)} ms, unknown ${unknown.toFixed(3)} ms (${(difference * 100).toFixed(2)} %), z ${z.toFixed(2)}`;
  console.log(
    `${fine ? 'ok  ' : 'TOLD'} ${name.padEnd(10)} ${figures}; ${SAMPLES} each; answers: ${[...statuses].join(' | ')}`,
  );
  return fine;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The statistic of Mann and Whitney as a standard normal value; equal times share their ranks. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((ms) => ({ ms, first: true })), ...b.map((ms) => ({ ms, first: false }))];
  all.sort((x, y) => x.ms - y.ms);
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end]?.ms === all[i]?.ms) end += 1;
    const rank = (i + 1 + end) / 2;
    for (let k = i; k < end; k++) if (all[k]?.first) rankSum += rank;
    i = end;
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const [mean, variance] = [(a.length * b.length) / 2, (a.length * b.length * (a.length + b.length + 1)) / 12];
  return (u - mean) / Math.sqrt(variance);
}

function start(folder: string, port: number, mailPort: number): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'packages/server/src/cli/limen.js'), 'start'], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      HOST: '127.0.0.1',
      PORT: String(port),
      DB_CLIENT: 'sqlite3',
      DB_FILENAME: join(folder, 'limen.db'),
      SECRET: 'a-secret-of-the-measure-that-is-long-enough',
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      ADMIN_TOKEN: ADMIN.token,
      LOGIN_STALL_TIME: String(STALL_MS),
      REGISTER_STALL_TIME: String(STALL_MS),
      RATE_LIMITER_REGISTRATION_ENABLED: 'false',
      PRESSURE_LIMITER_ENABLED: 'false',
      AUTH_EMAIL_LINK_ENABLED: 'true',
      EMAIL_TRANSPORT: 'smtp',
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(mailPort),
      EMAIL_SMTP_IGNORE_TLS: 'true',
      EMAIL_VERIFY_SETUP: 'false',
    },
  });
}

/** Accounts that are known, and settings under which everything that is measured is open. */
async function prepare(port: number): Promise<void> {
  await post(
    port,
    '/settings',
    { auth_login_attempts: null, public_registration: true, public_registration_verify_email: true },
    'PATCH',
  );
  for (let i = 0; i < ACCOUNTS; i++) {
    const { answer } = await post(port, '/users', { email: `known${i}@example.com`, password: 'the-right-password' });
    if (!answer.startsWith('200')) throw new Error(`POST /users: ${answer}`);
  }
}

/** Milliseconds of one request, and its status and body. Administrative paths are sent with a token. */
function post(port: number, path: string, body: object, method = 'POST'): Promise<{ ms: number; answer: string }> {
  const text = JSON.stringify(body);
  const headers: Record<string, string | number> = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  if (path === '/settings' || path === '/users') headers.authorization = `Bearer ${ADMIN.token}`;
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint();
    const sent = request({ host: '127.0.0.1', port, path, method, agent, headers }, (incoming) => {
      let answer = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => {
        answer += chunk;
      });
      incoming.once('end', () => {
        const ms = Number(process.hrtime.bigint() - began) / 1e6;
        resolve({ ms, answer: `${incoming.statusCode} ${answer}`.trim() });
      });
    });
    sent.once('error', reject).end(text);
  });
}

async function untilItAnswers(port: number): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const pinged = await fetch(`http://127.0.0.1:${port}/server/ping`).catch(() => null);
    if (pinged?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the server did not answer');
}

/** Enough of SMTP (RFC 5321) to take every mail. */
async function swallowMail(): Promise<{ port: number; close(): void }> {
  const server = createServer((socket) => {
    let data = false;
    let rest = '';
    socket.setEncoding('latin1').on('error', () => undefined);
    socket.write('220 mail\r\n');
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data && line !== '.') continue;
        data = !data && /^DATA/i.test(line);
        socket.write(data ? '354 go on\r\n' : /^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { port: address && typeof address === 'object' ? address.port : 0, close: () => server.close() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}

process.exitCode = await main();
