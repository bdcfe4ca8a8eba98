// Loaded into servers under test before anything else (`node --import`). Of every request that is answered with an
// error it notes what the server did for it all the same: rows that it changed and connections that it opened. Whoever
// discards the server then fails. Nothing of the server knows of this.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { spawn } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

const REPORT = process.env.DENIED_WITNESS_REPORT ?? '';
const DATABASE_PORT = Number(process.env.DB_PORT ?? 0);

/** Deeds of one request; they count once it has been answered with an error. */
interface Trial {
  readonly what: string;
  readonly deeds: string[];
  denied: boolean;
}

const trials = new AsyncLocalStorage<Trial>();

/**
 * What a request that fails may do: [part of the path, what is done]. Each is the reason for the refusal, or its
 * consequence.
 */
const ALLOWED: readonly (readonly [path: RegExp, deed: RegExp, reason: string])[] = [
  [/^POST \/auth\/login/, /^(insert|update|delete) limen_login_attempts$/, 'a wrong password is counted'],
  [
    /^\w+ \/users\/me\/(tfa|passkeys|identities)/,
    /^((insert|update|delete) limen_login_attempts|insert directus_activity)$/,
    'also where it is asked for once more',
  ],
  [
    /^\w+ \/(auth\/login|auth\/email|users\/me\/(tfa|passkeys|identities)).* → 40[01]$/,
    /^(insert|update) limen_second_factors$/,
    'and so is a wrong one-time password',
  ],
  [
    /^POST \/(auth\/(login|email|passkey)|users\/me)/,
    /^insert directus_activity$/,
    'and recorded, as is the lock-out, for those who look after accounts',
  ],
  [
    /^POST \/auth\/login/,
    /^(update directus_users|delete directus_sessions|insert limen_token_bars)$/,
    'and the last one that an account may have suspends it',
  ],
  [
    /^POST \/auth\/email\/login → 401$/,
    /^(update (limen_email_logins|directus_users)|(insert|update|delete) limen_login_attempts|delete directus_sessions|insert limen_token_bars)$/,
    'a wrong code from a mail counts as a wrong password',
  ],
  [/^(GET|POST) \/auth\/login\/\w/, /^connection /, 'the provider is asked who somebody is'],
  [/^POST \/files\/import → 4(00|13)$/, /^connection /, 'whoever may import has asked for it, in vain'],
];

function report(trial: Trial, deeds: readonly string[]): void {
  const excused = (deed: string) => ALLOWED.some(([path, what]) => path.test(trial.what) && what.test(deed));
  const told = deeds.filter((deed) => !excused(deed));
  if (told.length > 0) appendFileSync(REPORT, `${trial.what}: ${[...new Set(told)].join(', ')}\n`);
}

function did(deeds: readonly string[], trial = trials.getStore()): void {
  if (!trial || deeds.length === 0) return;
  trial.deeds.push(...deeds);
  if (trial.denied) report(trial, deeds);
}

watchRequests();
watchConnections();
if (process.env.DB_CLIENT === 'pg') watchPostgres();
else watchSqlite();

function watchRequests(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, name: string | symbol, ...given: unknown[]): boolean {
    const pass = () => emit.apply(this, [name, ...given] as never);
    if (name !== 'request') return pass();
    const [request, response] = given as [IncomingMessage, ServerResponse];
    const trial: Trial = { what: `${request.method} ${request.url?.slice(0, 200)}`, deeds: [], denied: false };
    response.once('finish', () => {
      if (response.statusCode < 400) return;
      trial.denied = true;
      report({ ...trial, what: `${trial.what} → ${response.statusCode}` }, trial.deeds);
    });
    return trials.run(trial, pass);
  } as typeof emit;
}

function watchConnections(): void {
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket };
    const trial = trials.getStore();
    socket.once('connect', () => {
      if (socket.remotePort !== DATABASE_PORT) did([`connection to port ${socket.remotePort}`], trial);
    });
  });
  const processes = createRequire(import.meta.url)('node:child_process') as { spawn: typeof spawn };
  const original = processes.spawn;
  processes.spawn = ((...given: Parameters<typeof spawn>) => {
    did([`program ${given[0]}`]);
    return original(...given);
  }) as typeof spawn;
}

/** `insert posts`, for each table that a statement changes. */
function changesOf(text: string): string[] {
  if (!/^\s*(insert|update|delete|replace|with|create|alter|drop|truncate)\b/i.test(text)) return [];
  const found = text.matchAll(
    /\b(insert|update|delete|replace|create|alter|drop|truncate)\s+(?:or\s+\w+\s+)?(?:into|from|table|index|unique index)?\s*(?:if (?:not )?exists )?"?(\w+)"?/gi,
  );
  return [...found]
    .map(([, verb = '', table]) => `${verb.toLowerCase()} ${table}`)
    .filter((one) => !/ (set|of|cascade)$/i.test(one));
}

/** What one connection has changed since its transaction began; null outside of one. */
class Ledger {
  #open: (readonly [Trial | undefined, string[]])[] | null = null;

  /** Of a statement that was executed. */
  note(text: string, rows: number, trial: Trial | undefined): void {
    if (/^\s*begin\b/i.test(text)) this.#open = [];
    else if (/^\s*rollback\b(?! to)/i.test(text)) this.#open = null;
    else if (/^\s*(commit|end)\b/i.test(text)) this.#settle();
    else if (rows > 0) {
      const changes = changesOf(text);
      if (this.#open) this.#open.push([trial, changes]);
      else did(changes, trial);
    }
  }

  #settle(): void {
    const done = this.#open ?? [];
    this.#open = null;
    for (const [trial, changes] of done) did(changes, trial);
  }
}

interface Statement {
  readonly source: string;
  readonly database: object;
}

function watchSqlite(): void {
  const Sqlite = createRequire(import.meta.url)('better-sqlite3');
  const ledgers = new WeakMap<object, Ledger>();
  const ledgerOf = (database: object): Ledger => {
    const ledger = ledgers.get(database) ?? new Ledger();
    ledgers.set(database, ledger);
    return ledger;
  };
  const probe = new Sqlite(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('select 1'));
  probe.close();
  const rowsOf: Record<string, (result: unknown) => number> = {
    run: (result) => (result as { changes: number }).changes,
    get: (result) => (result === undefined ? 0 : 1),
    all: (result) => (result as unknown[]).length,
  };
  for (const [name, rows] of Object.entries(rowsOf)) {
    const original = statement[name];
    statement[name] = function (this: Statement, ...params: unknown[]) {
      const result = original.apply(this, params);
      ledgerOf(this.database).note(this.source, rows(result), trials.getStore());
      return result;
    };
  }
  const { exec } = Sqlite.prototype;
  Sqlite.prototype.exec = function (this: object, text: string) {
    const result = exec.call(this, text);
    ledgerOf(this).note(text, 1, trials.getStore());
    return result;
  };
}

function watchPostgres(): void {
  const pg = createRequire(import.meta.url)('pg');
  const ledgers = new WeakMap<object, Ledger>();
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: object, ...given: unknown[]) {
    const [first] = given as [string | { text?: string }];
    const text = typeof first === 'string' ? first : (first?.text ?? '');
    const trial = trials.getStore();
    const result = query.apply(this, given);
    const ledger = ledgers.get(this) ?? new Ledger();
    ledgers.set(this, ledger);
    if (typeof result?.then !== 'function') return result;
    return result.then((answer: { rowCount?: number | null; command?: string }) => {
      const changesModel = /^(create|alter|drop)/i.test(answer?.command ?? '');
      ledger.note(text, changesModel ? 1 : (answer?.rowCount ?? 0), trial);
      return answer;
    });
  };
}
