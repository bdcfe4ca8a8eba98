import type { FastifyReply, FastifyRequest } from 'fastify';
import { forbidden, invalidPayload, routeNotFound } from '../../errors/index.ts';
import type { Selected } from '../../items/index.ts';
import type { Item, Query, ReadResult } from '../../query/index.ts';
import { sendData, sendJson, sendNothing } from '../answer.ts';
import { payloadOf, payloadsOf } from '../body.ts';
import { type HttpParts, queryOf } from '../context.ts';
import { pathOf } from '../errors.ts';
import { sendExport } from '../export.ts';

export type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

const ACTIONS = ['read', 'create', 'update', 'delete'] as const;

/** Handlers over the items of a collection: one named by the path, or a fixed one. */
export class ItemHandlers {
  readonly #parts: HttpParts;
  readonly #fixed: string | null;

  constructor(parts: HttpParts, fixed: string | null) {
    this.#parts = parts;
    this.#fixed = fixed;
  }

  readonly list: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    const query = queryOf(request, this.#parts);
    if (this.#isSingleton(request, collection)) {
      if (query.version !== null)
        return this.#send(reply, query, collection, await this.#version(request, null, query));
      const { item, meta } = await this.#parts.items.readSingleton(request.access, collection, query);
      return this.#send(reply, query, collection, item, meta);
    }
    if (query.export !== null) return this.#export(request, reply, collection, query);
    const { items, meta } = await this.#parts.items.readMany(request.access, collection, query);
    return this.#send(reply, query, collection, items, meta);
  };

  readonly search: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    const body = payloadOf(request.body);
    if (body.query !== undefined && (body.query === null || typeof body.query !== 'object'))
      throw invalidPayload('"query" has to be an object.');
    const query = this.#parts.queries.normalise((body.query ?? {}) as Record<string, unknown>);
    if (body.keys !== undefined && !Array.isArray(body.keys)) throw invalidPayload('"keys" has to be a list.');
    const keys = body.keys as unknown[] | undefined;
    if (query.export !== null) return this.#export(request, reply, collection, query, keys);
    const { items, meta } = await this.#parts.items.readMany(request.access, collection, query, keys);
    return this.#send(reply, query, collection, items, meta);
  };

  readonly read: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    const query = queryOf(request, this.#parts);
    const item =
      query.version === null
        ? await this.#parts.items.readOne(request.access, collection, idOf(request), query)
        : await this.#version(request, idOf(request), query);
    return this.#send(reply, query, collection, item);
  };

  readonly create: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    if (this.#isSingleton(request, collection)) throw routeNotFound(pathOf(request));
    const payload = payloadsOf(request.body);
    const query = queryOf(request, this.#parts);
    const { items } = this.#parts;
    const made = Array.isArray(payload)
      ? await items.createMany(request.access, collection, payload, query)
      : await items.create(request.access, collection, payload, query);
    return sendData(reply, made);
  };

  readonly updateMany: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    // Before the shape of the body, which depends on the collection: nothing of a closed one may show.
    if (!this.#isSingleton(request, collection)) request.access.profile.require(collection, 'update');
    const query = queryOf(request, this.#parts);
    const { items } = this.#parts;
    const body = payloadsOf(request.body);
    if (this.#isSingleton(request, collection)) {
      if (Array.isArray(body)) throw invalidPayload('The body has to be an object.');
      return sendData(reply, await items.upsertSingleton(request.access, collection, body, query));
    }
    if (Array.isArray(body)) return sendData(reply, await items.updateBatch(request.access, collection, body, query));
    const selected = this.#selected(body);
    if (!selected || body.data === null || typeof body.data !== 'object' || Array.isArray(body.data)) {
      throw invalidPayload('The body has to be a list of items with their keys, or {keys, data}, or {query, data}.');
    }
    return sendData(reply, await items.updateMany(request.access, collection, selected, payloadOf(body.data), query));
  };

  readonly update: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    if (this.#isSingleton(request, collection)) throw routeNotFound(pathOf(request));
    const query = queryOf(request, this.#parts);
    return sendData(
      reply,
      await this.#parts.items.update(request.access, collection, idOf(request), payloadOf(request.body), query),
    );
  };

  readonly deleteMany: Handler = async (request, reply) => {
    const collection = this.#collection(request);
    request.access.profile.require(collection, 'delete');
    const { body } = request;
    const selected = Array.isArray(body) ? { keys: body } : this.#selected(payloadOf(body));
    if (!selected) throw invalidPayload('The body has to be a list of keys, or {keys}, or {query}.');
    await this.#parts.items.delete(request.access, collection, selected);
    return sendNothing(reply);
  };

  readonly delete: Handler = async (request, reply) => {
    await this.#parts.items.delete(request.access, this.#collection(request), { keys: [idOf(request)] });
    return sendNothing(reply);
  };

  /** An item as a version of it would have it; the one of a singleton where no key is given. */
  async #version(request: FastifyRequest, id: string | null, query: Query): Promise<Item> {
    const { access } = request;
    const { items } = this.#parts;
    const collection = this.#collection(request);
    const { readVersion } = await import('../../resources/versions-read.ts');
    return readVersion(items, access, collection, id ?? (await items.singletonKey(access, collection)), query);
  }

  /** System collections have routes of their own and are not there under /items. */
  #collection(request: FastifyRequest): string {
    if (this.#fixed !== null) return this.#fixed;
    const { collection = '' } = request.params as { collection?: string };
    if (collection.startsWith('directus_')) throw forbidden();
    return collection;
  }

  /** For whom it is closed, it is like any other collection that is not there. */
  #isSingleton(request: FastifyRequest, collection: string): boolean {
    const { profile } = request.access;
    if (!profile.snapshot.collections.get(collection)?.singleton) return false;
    return ACTIONS.some((action) => profile.access(collection, action) !== null);
  }

  #selected(body: Record<string, unknown>): Selected | null {
    if (Array.isArray(body.keys)) return { keys: body.keys };
    if (body.query === null || typeof body.query !== 'object' || Array.isArray(body.query)) return null;
    return { query: this.#parts.queries.normalise(body.query as Record<string, unknown>) };
  }

  async #send(
    reply: FastifyReply,
    query: Query,
    collection: string,
    data: unknown,
    meta: ReadResult['meta'] = null,
  ): Promise<FastifyReply> {
    if (query.export === null) return meta === null ? sendJson(reply, { data }) : sendData(reply, data, meta);
    const names = { collection, format: query.export, now: this.#parts.clock.now() };
    return sendExport(reply, { item: data as Item }, names);
  }

  #export(
    request: FastifyRequest,
    reply: FastifyReply,
    collection: string,
    query: Query,
    keys?: readonly unknown[],
  ): Promise<FastifyReply> {
    const { items, config, clock } = this.#parts;
    const stream = items.stream(request.access, collection, query, config.exportBatchSize, keys);
    const names = { collection, format: query.export ?? 'json', now: clock.now() };
    return sendExport(reply, { items: stream }, names);
  }
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
