import { setTimeout as wait } from 'node:timers/promises';
import { SessionTokens } from '../../src/auth/session-tokens.ts';
import { Sessions } from '../../src/auth/sessions.ts';
import { loadConfig } from '../../src/config/index.ts';
import { Semaphore } from '../../src/kernel/semaphore.ts';
import { openStore } from '../../src/store/open.ts';
import { type PlainAnswer, PlainClient } from '../plain-request.ts';
import {
  ADMIN,
  type Database,
  makeProject,
  type Project,
  SECRET,
  type StartedServer,
  startServer,
} from '../started-server.ts';

export interface Storm {
  readonly database: Database;
  readonly mode: 'session' | 'json';
  readonly clients: number;
  readonly rounds: number;
  /** Requests at a time with one token. */
  readonly parallel: number;
  readonly graceMs: number;
  /** How often the server is killed at most. */
  readonly deaths: number;
  /** Milliseconds for which it lives at least, at random from the first to the second, and until it did some work. */
  readonly life: readonly [number, number];
}

export interface Outcome {
  readonly refreshes: number;
  readonly deaths: number;
  readonly seconds: number;
  /** Clients that were told that their token is none. */
  readonly loggedOut: number;
  /** Rounds in which parallel requests were given different successors. */
  readonly forks: number;
  /** Clients whose last token does not work at the end. */
  readonly dead: number;
  /** Rows of directus_sessions once everything spent is over. */
  readonly rows: number;
  /** Sessions, each with one current token, among them. */
  readonly families: number;
}

const USERS = 20;
/** Refreshes between two deaths, so that no client meets several of them within its grace period. */
const WORK = 150;
const PASSWORD = 'a-password-of-the-storm';

/** What a client holds: `secret` is the refresh token, or the session cookie. */
interface Held {
  readonly secret: string;
  readonly access: string;
}

/** Clients that refresh all at once, each in parallel with itself, on a server that is killed again and again. */
export async function runStorm(storm: Storm): Promise<Outcome> {
  const grace = `${storm.graceMs}ms`;
  const project = await makeProject(storm.database, {
    SESSION_REFRESH_GRACE_PERIOD: grace,
    REFRESH_TOKEN_GRACE_PERIOD: grace,
    HASH_MEMORY_COST: '1024',
    HASH_TIME_COST: '1',
  });
  try {
    return await new Running(storm, project, await startServer(project)).run();
  } finally {
    await project.remove();
  }
}

class Running {
  readonly storm: Storm;
  readonly project: Project;
  server: StartedServer;
  http: PlainClient;
  counts = { refreshes: 0, deaths: 0, loggedOut: 0, forks: 0 };
  over = false;
  /** Those whose turn it is refresh together; a machine that has more to do would take longer than the grace period. */
  readonly turns = new Semaphore(12, 10_000);

  constructor(storm: Storm, project: Project, server: StartedServer) {
    this.storm = storm;
    this.project = project;
    this.server = server;
    this.http = new PlainClient(server.port, 10_000);
  }

  async run(): Promise<Outcome> {
    const { clients } = this.storm;
    try {
      await this.addUsers();
      const held: Held[] = [];
      for (let i = 0; i < clients; i++) held.push(await this.signIn(i % USERS));
      const began = performance.now();
      const killing = this.killNowAndThen();
      const last = await Promise.all(held.map((one) => this.refreshAllRounds(one)));
      this.over = true;
      await killing;
      const seconds = (performance.now() - began) / 1000;
      const alive = await Promise.all(last.map((one) => this.works(one)));
      await this.server.stop();
      const { rows, families } = await this.rowsLeft();
      return { ...this.counts, seconds, dead: alive.filter((one) => !one).length, rows, families };
    } finally {
      this.http.close();
      await this.server.kill();
    }
  }

  private async addUsers(): Promise<void> {
    const users = Array.from({ length: USERS }, (_, i) => ({ email: `storm${i}@example.com`, password: PASSWORD }));
    await this.http.must('POST', '/users', ADMIN.token, users);
  }

  private async signIn(user: number): Promise<Held> {
    const body = { email: `storm${user}@example.com`, password: PASSWORD, mode: this.storm.mode };
    const held = heldIn(await this.http.json('POST', '/auth/login', '', body));
    if (!held) throw new Error('nobody could sign in');
    return held;
  }

  /** The token after every round; the last good one where a round was refused. */
  private async refreshAllRounds(first: Held): Promise<Held> {
    let held = first;
    for (let round = 0; round < this.storm.rounds; round++) {
      const now = held;
      const all = () => Promise.all(Array.from({ length: this.storm.parallel }, () => this.refresh(now)));
      const answers = await this.turns.run(all);
      const given = answers.filter((answer) => answer !== null);
      if (given.length < answers.length) {
        this.counts.loggedOut++;
        return held;
      }
      const sessions = new Set(given.map((one) => this.sessionOf(one)));
      if (sessions.size > 1) this.counts.forks++;
      held = given[0] as Held;
    }
    return held;
  }

  /** Tries until the server says something; null when it says no. */
  private async refresh(held: Held): Promise<Held | null> {
    const until = Date.now() + this.storm.graceMs - 500;
    for (;;) {
      const answer = await this.ask(held).catch(() => null);
      const next = answer?.status === 200 ? heldIn(answer) : null;
      if (next) {
        this.counts.refreshes++;
        return next;
      }
      if (answer?.status === 401) return null;
      if (Date.now() > until) throw new Error('the server was away for longer than the grace period');
      await wait(20);
    }
  }

  private ask({ secret }: Held): Promise<PlainAnswer> {
    if (this.storm.mode === 'json') {
      return this.http.json('POST', '/auth/refresh', '', { refresh_token: secret, mode: 'json' });
    }
    const headers = { 'content-type': 'application/json', cookie: `directus_session_token=${secret}` };
    return this.http.send({ method: 'POST', path: '/auth/refresh', headers, body: '{"mode":"session"}' });
  }

  private sessionOf({ secret }: Held): string {
    if (this.storm.mode === 'json') return secret;
    return JSON.parse(Buffer.from(secret.split('.')[1] ?? '', 'base64url').toString()).session;
  }

  private async works({ access }: Held): Promise<boolean> {
    return (await this.http.json('GET', '/users/me', access)).status === 200;
  }

  private async killNowAndThen(): Promise<void> {
    const [least, most] = this.storm.life;
    while (this.counts.deaths < this.storm.deaths) {
      const next = Date.now() + least + Math.random() * (most - least);
      const enough = this.counts.refreshes + WORK;
      while (!this.over && (Date.now() < next || this.counts.refreshes < enough)) await wait(20);
      if (this.over) return;
      await this.server.kill();
      this.counts.deaths++;
      this.server = await startServer(this.project);
      const before = this.http;
      this.http = new PlainClient(this.server.port, 10_000);
      before.close();
    }
  }

  /** What is in the table when everything spent is over and was removed, as the server does every minute. */
  private async rowsLeft(): Promise<{ rows: number; families: number }> {
    const after = { now: () => Date.now() + this.storm.graceMs };
    const config = loadConfig({ env: this.project.settings, cwd: this.project.folder });
    const store = await openStore(config.db);
    try {
      const sessions = new Sessions(store, new SessionTokens(SECRET), config, after);
      while ((await sessions.purge()) > 0);
      const rows = await store.all<{ limen_family: string; next_token: string | null }>(
        'SELECT limen_family, next_token FROM directus_sessions',
      );
      const current = rows.filter(({ next_token }) => next_token === null);
      return { rows: rows.length, families: new Set(current.map(({ limen_family }) => limen_family)).size };
    } finally {
      await store.close();
    }
  }
}

/** The tokens of an answer to a login or a refresh. */
function heldIn({ text, headers }: PlainAnswer): Held | null {
  const cookie = headers['set-cookie']?.find((one) => one.startsWith('directus_session_token='));
  if (cookie) {
    const secret = cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    return { secret, access: secret };
  }
  const { data } = JSON.parse(text) as { data?: { refresh_token?: string; access_token?: string } };
  return data?.refresh_token ? { secret: data.refresh_token, access: data.access_token ?? '' } : null;
}
