import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { loadConfig } from '../../src/config/index.ts';
import { openStore } from '../../src/store/open.ts';
import { PlainClient } from '../plain-request.ts';
import { Client, makeCollection, userWith } from '../resources/project.ts';
import { ADMIN, type Database, type StartedServer, startProject, startServer } from '../started-server.ts';

export interface Storm {
  readonly database: Database;
  /** Changes that are written, one at a time for an item. */
  readonly events: number;
  readonly items: number;
  /** How often one of the nodes is killed, and started again. */
  readonly deaths: number;
}

export interface Outcome {
  readonly events: number;
  readonly deaths: number;
  readonly seconds: number;
  /** How often a client came back. */
  readonly returns: number;
  /** Clients that had to read again. */
  readonly resyncs: number;
  /** Of all clients: events that they were not told, told twice, or told in another order than they were committed in. */
  readonly missed: number;
  readonly repeated: number;
  readonly disordered: number;
  /** Values that were older than one that was told before of the same item. */
  readonly stale: number;
}

const WRITERS = 8;
/** Milliseconds without anything new after which nothing more is waited for. */
const QUIET_MS = 30_000;
const ANN = 'token-of-ann-0123456789';

/** Many changes on two nodes (one on SQLite), which die now and then, and clients that come back to either of them. */
export async function runStorm(storm: Storm): Promise<Outcome> {
  const first = await startProject(storm.database, { WEBSOCKETS_RESUME_TTL: '86400', DB_POOL__MAX: '20' });
  const nodes = [first];
  try {
    await makeCollection(first, 'readings', [
      { field: 'value', type: 'integer' },
      { field: 'team', type: 'string' },
    ]);
    await userWith(first, 'ann', [{ collection: 'readings', action: 'read', permissions: { team: { _eq: 'red' } } }]);
    const items = Array.from({ length: storm.items }, (_, n) => ({ value: 0, team: n % 2 === 0 ? 'red' : 'blue' }));
    const made = await new Client(first).post('/items/readings', items);
    const ids = made.body.data.map(({ id }: { id: number }) => id);
    if (storm.database === 'postgres') nodes.push(await startServer(first.project));
    return await new Running(storm, nodes, ids).run();
  } finally {
    for (const node of nodes) await node.kill();
    await first.project.remove();
  }
}

interface Heard {
  readonly number: number;
  readonly id: number;
  readonly value: number;
}

/** A client that remembers where it left off, and comes back whenever it is sent away. */
class Follower {
  readonly heard: Heard[] = [];
  readonly token: string;
  readonly nodes: readonly StartedServer[];
  readonly home: number;
  returns = -1;
  resyncs = 0;
  cursor: string | null = null;
  ws: WebSocket | null = null;
  over = false;

  constructor(nodes: readonly StartedServer[], home: number, token: string) {
    this.nodes = nodes;
    this.home = home;
    this.token = token;
  }

  /** Resolves with the first answer. */
  connect(): Promise<void> {
    return new Promise((resolve) => {
      const node = this.nodes[(this.home + this.returns + 1) % this.nodes.length] as StartedServer;
      const ws = new WebSocket(`${node.url.replace('http', 'ws')}/websocket?access_token=${this.token}`);
      this.ws = ws;
      this.returns += 1;
      ws.on('open', () => {
        const message = { type: 'subscribe', collection: 'readings', event: 'update', uid: 's', resume: true };
        ws.send(JSON.stringify({ ...message, cursor: this.cursor }));
      });
      ws.on('message', (text) => {
        this.take(JSON.parse(String(text)));
        resolve();
      });
      ws.on('error', () => {});
      ws.on('close', () => {
        if (!this.over) setTimeout(() => this.connect().then(resolve), 50);
      });
    });
  }

  // biome-ignore lint/suspicious/noExplicitAny: messages have every shape.
  take(message: any): void {
    if (message.event === 'resync') this.resyncs += 1;
    if (message.event === 'update') {
      const number = Number(message.cursor.split('.')[0]);
      for (const { id, value } of message.data) this.heard.push({ number, id, value });
    }
    this.cursor = message.cursor ?? this.cursor;
  }

  close(): void {
    this.over = true;
    this.ws?.terminate();
  }
}

class Running {
  readonly storm: Storm;
  readonly nodes: StartedServer[];
  readonly ids: readonly number[];
  written = 0;
  deaths = 0;

  constructor(storm: Storm, nodes: StartedServer[], ids: readonly number[]) {
    this.storm = storm;
    this.nodes = nodes;
    this.ids = ids;
  }

  async run(): Promise<Outcome> {
    const { nodes } = this;
    const followers = [ADMIN.token, ANN, ADMIN.token, ANN].map((token, n) => new Follower(nodes, n, token));
    const hasty = new Follower(nodes, 1, ADMIN.token);
    const all = [...followers, hasty];
    try {
      await Promise.all(all.map((one) => one.connect()));
      const began = performance.now();
      const killing = this.killNowAndThen();
      const leaving = this.leaveNowAndThen(hasty);
      await Promise.all(Array.from({ length: WRITERS }, (_, n) => this.write(n)));
      await killing;
      const seconds = (performance.now() - began) / 1000;
      await leaving;
      const kept = await this.kept();
      const expected = all.map(({ token }) => (token === ANN ? kept.filter(({ id }) => this.isRed(id)) : kept));
      await this.settled(all, expected);
      const counts = all.map((one, n) => compare(one.heard, expected[n] ?? []));
      const sum = (name: keyof (typeof counts)[0]) => counts.reduce((total, one) => total + one[name], 0);
      return {
        events: kept.length,
        deaths: this.deaths,
        seconds: Math.round(seconds),
        returns: all.reduce((total, { returns }) => total + returns, 0),
        resyncs: all.reduce((total, { resyncs }) => total + resyncs, 0),
        missed: sum('missed'),
        repeated: sum('repeated'),
        disordered: sum('disordered'),
        stale: sum('stale'),
      };
    } finally {
      for (const one of all) one.close();
    }
  }

  private isRed(id: number): boolean {
    return this.ids.indexOf(id) % 2 === 0;
  }

  /** One after the other for each of its items; what is not known to be written is looked for first. */
  private async write(writer: number): Promise<void> {
    const { events, items } = this.storm;
    let http: PlainClient | null = null;
    let port = 0;
    for (let event = writer; event < events; event += WRITERS) {
      const id = this.ids[event % items] as number;
      const value = Math.floor(event / items) + 1;
      for (let attempt = 0; ; attempt++) {
        const node = this.nodes[(event + attempt) % this.nodes.length] as StartedServer;
        if (node.port !== port || !http) {
          http?.close();
          http = new PlainClient(node.port, 10_000);
          port = node.port;
        }
        const path = `/items/readings/${id}`;
        if (attempt > 0) {
          const found = await http.json('GET', path, ADMIN.token).catch(() => null);
          if (found?.status === 200 && JSON.parse(found.text).data.value === value) break;
        }
        const answer = await http.json('PATCH', path, ADMIN.token, { value }).catch(() => null);
        if (answer?.status === 200) break;
        await wait(100);
      }
      this.written += 1;
    }
    http?.close();
  }

  private async killNowAndThen(): Promise<void> {
    const { deaths, events } = this.storm;
    while (this.deaths < deaths) {
      while (this.written < (events * (this.deaths + 1)) / (deaths + 1)) await wait(5);
      const which = this.deaths % this.nodes.length;
      const node = this.nodes[which] as StartedServer;
      await node.kill();
      this.deaths += 1;
      this.nodes[which] = await startServer(node.project);
    }
  }

  /** One of the clients hardly ever stays. */
  private async leaveNowAndThen(follower: Follower): Promise<void> {
    while (this.written < this.storm.events) {
      await wait(500);
      follower.ws?.terminate();
    }
  }

  /** The updates that were committed, in order. */
  private async kept(): Promise<{ number: number; id: number }[]> {
    const { project } = this.nodes[0] as StartedServer;
    const store = await openStore(loadConfig({ env: { ...project.settings }, cwd: project.folder }).db);
    try {
      const rows = await store.rows('select number, body from limen_changes order by number');
      return rows.flatMap(([number, body]) =>
        (JSON.parse(String(body)) as { collection: string; action: string; keys: number[] }[])
          .filter(({ collection, action }) => collection === 'readings' && action === 'update')
          .flatMap(({ keys }) => keys.map((id) => ({ number: Number(number), id: Number(id) }))),
      );
    } finally {
      await store.close();
    }
  }

  private async settled(followers: readonly Follower[], expected: readonly (readonly unknown[])[]): Promise<void> {
    const count = () => followers.reduce((total, { heard }) => total + heard.length, 0);
    const isThere = () => followers.every(({ heard }, n) => heard.length >= (expected[n]?.length ?? 0));
    // Who hardly ever stayed has a lot to catch up on: for as long as it gets on.
    for (let [last, since] = [-1, 0]; !isThere() && since < QUIET_MS; since += 50) {
      if (count() !== last) [last, since] = [count(), 0];
      await wait(50);
    }
    await wait(200); // what comes twice comes late
  }
}

function compare(heard: readonly Heard[], expected: readonly { number: number; id: number }[]) {
  const seen = new Set(heard.map(({ number, id }) => `${number} ${id}`));
  const values = new Map<number, number>();
  let [disordered, stale, last] = [0, 0, 0];
  for (const { number, id, value } of heard) {
    if (number < last) disordered += 1;
    if (value < (values.get(id) ?? 0)) stale += 1;
    values.set(id, value);
    last = number;
  }
  const missed = expected.filter(({ number, id }) => !seen.has(`${number} ${id}`)).length;
  return { missed, repeated: heard.length - seen.size, disordered, stale };
}
