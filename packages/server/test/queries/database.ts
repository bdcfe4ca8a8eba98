import { join } from 'node:path';
import { SYSTEM } from '../../src/access/index.ts';
import { openProject, type Project } from '../../src/app.ts';
import { loadConfig } from '../../src/config/index.ts';
import { ApiError } from '../../src/errors/index.ts';
import { EMPTY_QUERY } from '../../src/query/index.ts';
import type { PostgresOptions } from '../../src/store/options.ts';
import { Model } from '../schema/model.ts';
import { addressOf } from './generate/address.ts';
import type { Speller } from './generate/rows.ts';
import { spelledPayload, type Write } from './generate/write.ts';
import { type Case, type CollectionModel, columnsOf, type Json, NOW, type Row, type World } from './model.ts';
import type { Payload } from './oracle/write.ts';
import { collectionBody, relationBodies } from './schema-bodies.ts';

/** What was answered: items, or the code of the refusal. */
export type Got = { readonly code: string } | { readonly items: readonly Json[]; readonly meta: Json };

/** A database whose collections and contents are one world after another, written and read as an administrator. */
export class QueryDatabase {
  readonly project: Project;
  readonly #model: Model;

  constructor(project: Project) {
    this.project = project;
    this.#model = new Model(project.store, project.schema, []);
  }

  static async open(options: { folder: string } | PostgresOptions): Promise<QueryDatabase> {
    const env =
      'folder' in options
        ? { DB_CLIENT: 'sqlite3', DB_FILENAME: join(options.folder, 'queries.db') }
        : {
            DB_CLIENT: 'pg',
            DB_HOST: options.host,
            DB_PORT: String(options.port),
            DB_USER: options.user,
            DB_PASSWORD: options.password || undefined,
            DB_DATABASE: options.database,
          };
    const project = await openProject({
      config: loadConfig({ env, cwd: 'folder' in options ? options.folder : '/' }),
      secret: 'a-secret-of-the-tests-that-is-long-enough',
      log: () => {},
      clock: { now: () => NOW },
    });
    return new QueryDatabase(project);
  }

  /** Makes the collections of a world, with their relations. */
  async build(collections: readonly CollectionModel[]): Promise<void> {
    await this.#model.collection(collections.map(collectionBody));
    for (const body of relationBodies(collections)) await this.#model.relation(body);
  }

  /** Removes what `build` made. */
  async clear(collections: readonly CollectionModel[]): Promise<void> {
    for (const { name } of collections) await this.#model.dropCollection(name);
  }

  /** Replaces every row. `spelled` says how a value is sent. */
  async load(world: World, spelled: Speller): Promise<void> {
    const { items, engine } = this.project;
    const access = await engine.access(SYSTEM);
    await this.#empty(world.collections);
    // Rows come first without what leads to rows that may not be there yet.
    const later: (() => Promise<unknown>)[] = [];
    for (const collection of world.collections) {
      const rows = world.rows[collection.name] ?? [];
      const open = columnsOf(collection).flatMap(([name, { constrained, nullable }]) =>
        constrained && nullable ? [name] : [],
      );
      const sent = (row: Row): Record<string, Json> =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, spelled(collection.name, name, value)]));
      const payloads = rows.map((row) =>
        Object.fromEntries(Object.entries(sent(row)).filter(([name]) => !open.includes(name))),
      );
      if (rows.length > 0) await items.createMany(access, collection.name, payloads, EMPTY_QUERY);
      const changes = rows.flatMap((row) => {
        const led = open.filter((name) => row[name] !== null);
        if (led.length === 0) return [];
        return [
          {
            [collection.key]: row[collection.key] ?? null,
            ...Object.fromEntries(led.map((name) => [name, row[name] ?? null])),
          },
        ];
      });
      if (changes.length > 0) later.push(() => items.updateBatch(access, collection.name, changes, EMPTY_QUERY));
    }
    for (const change of later) await change();
  }

  async #empty(collections: readonly CollectionModel[]): Promise<void> {
    await this.project.store.transaction(async (tx) => {
      for (const collection of collections) {
        for (const [name, { constrained, nullable }] of columnsOf(collection))
          if (constrained && nullable) await tx.run(`update "${collection.name}" set "${name}" = null`);
      }
      for (const { name } of collections.toReversed()) await tx.run(`delete from "${name}"`);
    });
  }

  async ask({ collection, keys, query, via }: Case): Promise<Got> {
    const { items, engine, queries } = this.project;
    try {
      const access = await engine.access(SYSTEM);
      const asked = via === 'body' ? queries.normalise(query) : queries.read(addressOf(query, via));
      const result = await items.readMany(access, collection, asked, keys ?? undefined);
      return { items: result.items, meta: result.meta };
    } catch (error) {
      if (error instanceof ApiError) return { code: error.code };
      return { code: `${error instanceof Error ? error.message : error}` };
    }
  }

  /** Writes; null, or the code and the reason of the refusal. `spelled` says how a value is sent. */
  async write(world: World, write: Write, spelled: Speller): Promise<string | null> {
    const { items, engine } = this.project;
    const sent = (payload: Payload): Payload => spelledPayload(world, write.collection, payload, spelled);
    try {
      const access = await engine.access(SYSTEM);
      if (write.kind === 'create')
        await items.createMany(access, write.collection, write.payloads.map(sent), EMPTY_QUERY);
      else if (write.kind === 'delete') await items.delete(access, write.collection, { keys: write.keys });
      else if (write.keys.length === 1)
        await items.update(access, write.collection, write.keys[0], sent(write.payload), EMPTY_QUERY);
      else await items.updateMany(access, write.collection, { keys: write.keys }, sent(write.payload), EMPTY_QUERY);
      return null;
    } catch (error) {
      return error instanceof ApiError ? `${error.code} ${JSON.stringify(error.extensions)}` : `${error}`;
    }
  }

  /** Every column of every row. */
  async contents(collections: readonly CollectionModel[]): Promise<World['rows']> {
    const { items, engine } = this.project;
    const access = await engine.access(SYSTEM);
    const rows: { [collection: string]: Row[] } = {};
    for (const collection of collections) {
      const fields = columnsOf(collection).map(([name]) => name);
      const query = { ...EMPTY_QUERY, fields, limit: -1, kept: null };
      rows[collection.name] = (await items.readMany(access, collection.name, query)).items;
    }
    return rows;
  }

  close(): Promise<void> {
    return this.project.close();
  }
}
