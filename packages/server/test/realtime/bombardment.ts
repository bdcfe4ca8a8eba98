import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSchema } from 'graphql';
import { WebSocket } from 'ws';
import { Random } from '../access/agreement/random.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from '../graphql/museum.ts';
import { DocumentMaker } from '../graphql/random-documents.ts';
import { Client, userWith } from '../resources/project.ts';
import { ADMIN, type Database, discard, pings, type StartedServer, startProject } from '../started-server.ts';
import { MessageMaker } from './random-messages.ts';

const COLLECTS = new URL('./collects.ts', import.meta.url).href;
/** What is sent to a socket before it has to have answered. */
const AT_ONCE = 25;
const ANSWERED_MS = 60_000;

/** Bytes in use once everything that is left over is gone. */
export interface InUse {
  readonly heapUsed: number;
  readonly external: number;
  readonly rss: number;
}

export interface Bombardment {
  readonly sent: Record<'messages' | 'documents over sockets' | 'documents over HTTP' | 'frames', number>;
  /** How often each code was answered. */
  readonly codes: Readonly<Record<string, number>>;
  /** What must not be: no code, or that of an unexpected error. */
  readonly faults: readonly string[];
  /** What the server said went wrong. */
  readonly log: string;
  /** Before it, after each fifth of it, and when all sockets are closed. */
  readonly inUse: readonly InUse[];
  /** Bytes that are in use at the end and were not after two fifths, when what is kept for the next time is there. */
  readonly grown: number;
  readonly seconds: number;
}

/** Sends a server, a process of its own, so many random and mutated frames and documents. Rejects when it ends. */
export async function bombard(database: Database, count: number, seed: number): Promise<Bombardment> {
  const server = await startProject(database, {
    WEBSOCKETS_REST_AUTH: 'public',
    WEBSOCKETS_GRAPHQL_AUTH: 'public',
    HASH_MEMORY_COST: '1024',
    MAX_BATCH_MUTATION: '50',
    NODE_OPTIONS: `--import=${COLLECTS}`,
  });
  try {
    return await new Bombing(server, new Random(seed), seed).run(count);
  } finally {
    await discard(server);
  }
}

class Bombing {
  readonly #server: StartedServer;
  readonly #random: Random;
  readonly #seed: number;
  readonly #messages: MessageMaker;
  readonly #sent = { messages: 0, 'documents over sockets': 0, 'documents over HTTP': 0, frames: 0 };
  readonly #codes: Record<string, number> = {};
  readonly #faults: string[] = [];
  readonly #sockets = new Map<string, WebSocket>();
  #documents: DocumentMaker | null = null;
  #id = 0;

  constructor(server: StartedServer, random: Random, seed: number) {
    this.#server = server;
    this.#random = random;
    this.#seed = seed;
    this.#messages = new MessageMaker(random);
  }

  async run(count: number): Promise<Bombardment> {
    await this.#prepare();
    const began = performance.now();
    const inUse = [await this.#inUse()];
    for (let total = 0; total < count; ) {
      total += await this.#round();
      if (total >= (count * inUse.length) / 5) inUse.push(await this.#inUse());
    }
    for (const socket of this.#sockets.values()) socket.terminate();
    await pause(500);
    inUse.push(await this.#inUse());
    const log = this.#server
      .output()
      .split('\n')
      .filter((line) => / error |Unhandled/.test(line))
      .join('\n');
    const seconds = Math.round((performance.now() - began) / 1_000);
    const bytes = ({ heapUsed, external }: InUse): number => heapUsed + external;
    const grown = bytes(inUse.at(-1) as InUse) - bytes(inUse[2] as InUse);
    return { sent: this.#sent, codes: this.#codes, faults: this.#faults, log, inUse, grown, seconds };
  }

  async #prepare(): Promise<void> {
    const admin = new Client(this.#server);
    for (const collection of FIELDS_OF_THE_MUSEUM) await admin.post('/collections', collection);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await admin.post('/relations', relation);
    await admin.post('/items/halls', [{ code: 'A', name: 'Alpha' }]);
    await admin.post('/items/exhibits', [{ title: 'One', hall: 'A', acquired: '1956-02-03' }, { title: 'Two' }]);
    const own = { permissions: { title: { _neq: 'Three' } } };
    await userWith(this.#server, 'member', [
      { collection: 'exhibits', action: 'read', ...own },
      { collection: 'exhibits', action: 'create' },
      { collection: 'exhibits', action: 'update', ...own, fields: ['title', 'hall'] },
      { collection: 'halls', action: 'read' },
    ]);
    const sdl = (await admin.get('/server/specs/graphql')).text;
    this.#documents = new DocumentMaker(buildSchema(sdl), this.#seed);
  }

  /** Sends to one of the ways in; gives how much. */
  async #round(): Promise<number> {
    const random = this.#random;
    const token = random.pick([ADMIN.token, 'token-of-member-0123456789', '']);
    const way = random.pick(['messages', 'messages', 'messages', 'graphql', 'graphql', 'http', 'frames'] as const);
    if (way === 'messages') return this.#talk(token);
    if (way === 'graphql') return this.#subscribe(token);
    return way === 'http' ? this.#post(token) : this.#frames();
  }

  async #talk(token: string): Promise<number> {
    const socket = await this.#open('/websocket', token);
    for (let n = 0; n < AT_ONCE; n++) socket.send(this.#messages.make());
    await this.#settled(socket, { type: 'ping', uid: 'end' });
    this.#sent.messages += AT_ONCE;
    return AT_ONCE;
  }

  async #subscribe(token: string): Promise<number> {
    const random = this.#random;
    const socket = await this.#open('/graphql', token);
    for (let n = 0; n < AT_ONCE; n++) {
      this.#id += 1;
      const payload = this.#documents?.make();
      const id = random.chance(0.98) ? `${this.#id % 500}` : random.pick(['', 'x', '__proto__']);
      const text = JSON.stringify(random.chance(0.8) ? { type: 'subscribe', id, payload } : { type: 'complete', id });
      socket.send(random.chance(0.04) ? this.#messages.changed(text) : text);
    }
    await this.#settled(socket, { type: 'ping', payload: { uid: 'end' } });
    this.#sent['documents over sockets'] += AT_ONCE;
    return AT_ONCE;
  }

  async #post(token: string): Promise<number> {
    const bodies = Array.from({ length: 5 }, () => JSON.stringify(this.#documents?.make()));
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const answers = bodies.map(async (body) => {
      const answer = await fetch(`${this.#server.url}/graphql`, { method: 'POST', headers, body });
      const text = await answer.text();
      if (answer.status >= 500) this.#faults.push(`${answer.status} ${body}`);
      this.#note(text, body);
    });
    await Promise.all(answers);
    this.#sent['documents over HTTP'] += bodies.length;
    return bodies.length;
  }

  /** Bytes that are frames (RFC 6455 §5.2) only in their length. */
  async #frames(): Promise<number> {
    const random = this.#random;
    const path = random.pick(['/websocket', '/graphql']);
    const key = randomBytes(16).toString('base64');
    await new Promise<void>((resolve) => {
      const connection = connect(this.#server.port, '127.0.0.1', () => {
        connection.write(
          `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
        );
      });
      connection.once('data', () => {
        for (let n = 0; n < AT_ONCE; n++) {
          const length = random.between(0, 125);
          const head = [random.below(256), length | (random.chance(0.9) ? 128 : 0)];
          connection.write(Buffer.concat([Buffer.from(head), randomBytes(length + 4)]));
        }
        connection.end();
      });
      connection.on('error', () => {});
      connection.once('close', () => resolve());
      setTimeout(() => connection.destroy(), 2_000).unref();
    });
    this.#sent.frames += AT_ONCE;
    return AT_ONCE;
  }

  async #open(path: string, token: string): Promise<WebSocket> {
    const key = `${path} ${token}`;
    const known = this.#sockets.get(key);
    // Some stay for long, others come and go.
    if (known?.readyState === WebSocket.OPEN && !this.#random.chance(0.02)) return known;
    known?.terminate();
    const query = token ? `?access_token=${token}` : '';
    const address = `${this.#server.url.replace('http', 'ws')}${path}${query}`;
    const socket = new WebSocket(address, path === '/graphql' ? ['graphql-transport-ws'] : []);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    socket.on('message', (data) => this.#note(String(data), ''));
    socket.on('error', () => {});
    if (path === '/graphql') socket.send('{"type":"connection_init"}');
    this.#sockets.set(key, socket);
    return socket;
  }

  /** Resolves when it has answered everything before, or was closed for it. */
  #settled(socket: WebSocket, ping: object): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        socket.off('message', look);
        socket.off('close', done);
        resolve();
      };
      const look = (data: unknown): void => {
        const text = String(data);
        if (text.startsWith('{"type":"pong"') && text.includes('"end"')) done();
      };
      const timer = setTimeout(() => reject(new Error('a socket does not answer any more')), ANSWERED_MS);
      socket.on('message', look);
      socket.on('close', done);
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(ping));
      else done();
    });
  }

  #note(text: string, asked: string): void {
    const { error, errors, type, payload } = JSON.parse(text) as Told;
    if (error) this.#code(error.code, text, asked);
    for (const one of errors ?? []) this.#code(one.extensions?.code, text, asked);
    if (payload && 'errors' in payload)
      for (const one of payload.errors ?? []) this.#code(one.extensions?.code, text, asked);
    if (type === 'error' && Array.isArray(payload)) this.#code(payload[0]?.extensions?.code ?? 'GRAPHQL', text, asked);
    if (/An unexpected error|call stack/.test(text)) this.#faults.push(text.slice(0, 500));
  }

  #code(code: string | undefined, text: string, asked: string): void {
    if (!code || code === 'INTERNAL_SERVER_ERROR') this.#faults.push(`${asked} ${text}`.slice(0, 1_000));
    this.#codes[code ?? 'none'] = (this.#codes[code ?? 'none'] ?? 0) + 1;
  }

  async #inUse(): Promise<InUse> {
    if (!(await pings(this.#server.port))) throw new Error(`the server is gone:\n${this.#server.output()}`);
    const known = told(this.#server).length;
    process.kill(this.#server.pid, 'SIGUSR2');
    for (let waited = 0; told(this.#server).length === known && waited < 30_000; waited += 20) await pause(20);
    return JSON.parse(told(this.#server).at(-1)?.[1] ?? 'null') as InUse;
  }
}

const told = (server: StartedServer) => [...server.output().matchAll(/^in use (.*)$/gm)];

interface Coded {
  readonly extensions?: { readonly code?: string };
}
interface Told {
  readonly type?: string;
  readonly error?: { readonly code?: string };
  readonly errors?: readonly Coded[];
  readonly payload?: readonly Coded[] | { readonly errors?: readonly Coded[] };
}
