import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { createServer, type Project } from '../../../src/app.ts';
import type { Got } from './database.ts';
import { type CallerChoice, type Case, isWrite, type Json, type ReadCase, type WriteCase } from './model.ts';
import { tokenOf } from './tokens.ts';

interface Answer {
  readonly data?: Json;
  readonly meta?: { readonly [name: string]: Json };
  readonly error?: { readonly code: string };
  readonly uid?: string;
}

/** A socket of one caller. */
class Line {
  readonly #ws: WebSocket;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #asked = 0;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data) => {
      const answer = JSON.parse(String(data)) as Answer;
      this.#waiting.get(answer.uid ?? '')?.(answer);
    });
  }

  ask(message: Record<string, unknown>): Promise<Answer> {
    this.#asked += 1;
    const uid = `${this.#asked}`;
    return new Promise((resolve, reject) => {
      this.#waiting.set(uid, resolve);
      this.#ws.once('close', () => reject(new Error('the socket was closed')));
      this.#ws.send(JSON.stringify({ type: 'items', uid, ...message }));
    }).finally(() => {
      this.#waiting.delete(uid);
      this.#ws.removeAllListeners('close');
    }) as Promise<Answer>;
  }

  close(): void {
    this.#ws.terminate();
  }
}

/** The part of a case that sockets have messages for; null where there is none. */
export function sendable<Some extends Case>(one: Some): Some | null {
  if (one.collection.startsWith('directus_')) return null;
  // Without anything that chooses, a deletion is refused unless all may be deleted.
  const isOfAll = isWrite(one) && one.kind === 'delete matching' && Object.keys(one.filter).length === 0;
  return isOfAll ? null : { ...one, caller: { ...one.caller, ip: '127.0.0.1' } };
}

/** A project's sockets. */
export class SocketExit {
  readonly #server: FastifyInstance;
  readonly #lines = new Map<string, Line>();

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  static async open(project: Project): Promise<SocketExit> {
    const server = await createServer(project, () => {});
    await server.listen({ host: '127.0.0.1', port: 0 });
    return new SocketExit(server);
  }

  /** What is closed is here as if it were not there. */
  async ask(one: Case): Promise<Got> {
    const line = await this.#line(one.caller);
    const { data, meta, error } = await line.ask(isWrite(one) ? writing(one) : reading(one));
    if (error) return { code: error.code === 'INVALID_COLLECTION' ? 'FORBIDDEN' : error.code };
    const isOne = !isWrite(one) && one.kind === 'one';
    return { items: isOne ? [data ?? null] : (data ?? null), meta: meta ?? null };
  }

  async #line({ user }: CallerChoice): Promise<Line> {
    const known = this.#lines.get(user ?? '');
    if (known) return known;
    const { port } = this.#server.server.address() as AddressInfo;
    const token = user === null ? '' : `?access_token=${tokenOf(user)}`;
    const ws = new WebSocket(`ws://127.0.0.1:${port}/websocket${token}`);
    await new Promise((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    });
    const line = new Line(ws);
    this.#lines.set(user ?? '', line);
    return line;
  }

  /** Whoever was there is not there in the next world. */
  hangUp(): void {
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  async close(): Promise<void> {
    this.hangUp();
    await this.#server.close();
  }
}

function reading({ collection, kind, keys, query }: ReadCase): Record<string, unknown> {
  const chosen = kind === 'one' ? { id: keys[0] } : kind === 'keys' ? { ids: keys } : {};
  return { action: 'read', collection, query, ...chosen };
}

function writing({ collection, kind, keys, filter, payloads, query }: WriteCase): Record<string, unknown> {
  const [action = ''] = kind.split(' ');
  const message = { action, collection, query };
  switch (kind) {
    case 'create':
      return { ...message, data: payloads[0] };
    case 'create many':
    case 'update each':
      return { ...message, data: payloads };
    case 'update':
      return { ...message, id: keys[0], data: payloads[0] };
    case 'update many':
      return { ...message, ids: keys, data: payloads[0] };
    case 'update matching':
      return { ...message, data: payloads[0], query: { ...query, filter } };
    case 'delete':
      return { ...message, ids: keys };
    case 'delete matching':
      return { ...message, query: { filter } };
  }
}
