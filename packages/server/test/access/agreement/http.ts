import type { FastifyInstance } from 'fastify';
import { createServer, type Project } from '../../../src/app.ts';
import { addressOf, type Got } from './database.ts';
import type { CallerChoice, Json, ReadCase } from './model.ts';
import { tokenOf } from './tokens.ts';

/** Ways to ask for items over HTTP. */
export const EXITS = ['GET', 'SEARCH', 'json', 'csv'] as const;
export type Exit = (typeof EXITS)[number];

export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** A project's HTTP server, asked without a socket. */
export class Http {
  readonly #server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  static async open(project: Project): Promise<Http> {
    const server = await createServer(project, () => {});
    await server.ready();
    return new Http(server);
  }

  async get(caller: CallerChoice, url: string): Promise<Answered> {
    return this.#send(caller, 'GET', url);
  }

  /** Asks for items. What a file of CSV holds is as text. */
  async ask(one: ReadCase, exit: Exit): Promise<Got> {
    const { caller, collection, kind, keys, query } = one;
    const place = collection.startsWith('directus_')
      ? `/${collection.slice('directus_'.length)}`
      : `/items/${collection}`;
    const path = kind === 'one' ? `${place}/${keys[0]}` : place;
    const parameters = addressOf(query);
    const more = exit === 'json' || exit === 'csv' ? `${parameters}&export=${exit}` : parameters;
    const { status, text } =
      exit === 'SEARCH'
        ? await this.#send(caller, 'SEARCH', path, { query: query as { [key: string]: Json } })
        : await this.#send(caller, 'GET', `${path}?${more}`);
    if (status !== 200) return { code: codeOf(text, status) };
    if (exit === 'csv') return { items: text, meta: null };
    const body = JSON.parse(text) as { data: Json; meta?: Json };
    if (exit === 'json') return { items: body as unknown as Json, meta: null };
    return { items: kind === 'one' ? [body.data] : body.data, meta: body.meta ?? null };
  }

  async #send(caller: CallerChoice, method: string, url: string, body?: Json): Promise<Answered> {
    const { statusCode, payload } = await this.#server.inject({
      method: method as 'GET',
      url,
      remoteAddress: caller.ip ?? '127.0.0.1',
      headers: {
        ...(caller.user === null ? {} : { authorization: `Bearer ${tokenOf(caller.user)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return { status: statusCode, text: payload };
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

function codeOf(text: string, status: number): string {
  const body = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return body.errors?.[0]?.extensions.code ?? `status ${status}`;
}
