import { join } from 'node:path';
import type { Access, Accountability } from '../../../src/access/index.ts';
import { openProject, type Project } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/index.ts';
import { ApiError, ApiErrors } from '../../../src/errors/index.ts';
import type { PostgresOptions } from '../../../src/store/options.ts';
import type { SqlValue, Transaction } from '../../../src/store/types.ts';
import { Model } from '../../schema/model.ts';
import { accessKey } from './generate/values.ts';
import {
  type Case,
  COLLECTIONS,
  fieldOf,
  isWrite,
  type Json,
  MODEL,
  NOW,
  type ReadCase,
  type Row,
  type World,
  type WriteCase,
} from './model.ts';
import { storedToken } from './tokens.ts';

/** What was answered: items, or the code of the refusal. */
export type Got = { readonly code: string } | { readonly items: Json; readonly meta: Json };

/** A database with the collections of the model, whose contents are one world after another. */
export class WorldDatabase {
  readonly project: Project;
  #permissions = 0;

  constructor(project: Project) {
    this.project = project;
  }

  /** `remember`: whether the project keeps anything from one case for the next. */
  static async open(options: { folder: string } | PostgresOptions, remember = true): Promise<WorldDatabase> {
    const env =
      'folder' in options
        ? { DB_CLIENT: 'sqlite3', DB_FILENAME: join(options.folder, 'worlds.db') }
        : {
            DB_CLIENT: 'pg',
            DB_HOST: options.host,
            DB_PORT: String(options.port),
            DB_USER: options.user,
            DB_PASSWORD: options.password || undefined,
            DB_DATABASE: options.database,
          };
    const project = await openProject({
      // A machine that is busy with other tests is under pressure.
      config: loadConfig({
        env: { ...env, PRESSURE_LIMITER_ENABLED: 'false', WEBSOCKETS_REST_AUTH: 'public' },
        cwd: 'folder' in options ? options.folder : '/',
      }),
      secret: 'a-secret-of-the-tests-that-is-long-enough',
      log: () => {},
      clock: { now: () => NOW },
      remember,
    });
    await createCollections(new Model(project.store, project.schema, []));
    if (project.store.dialect === 'postgres') await project.store.transaction(countFromThousand);
    return new WorldDatabase(project);
  }

  /** Replaces everything that was there. */
  async load(world: World): Promise<void> {
    await this.project.store.transaction(async (tx) => {
      await clear(tx);
      for (const collection of ORDER) {
        await this.#insert(
          tx,
          collection,
          (world.rows[collection] ?? []).map((row) => this.#stored(collection, row)),
        );
      }
      await this.#loadPolicies(tx, world);
      tx.announce('access');
    });
  }

  async #loadPolicies(tx: Transaction, world: World): Promise<void> {
    const policies = world.policies.map(({ id, addresses, admin, app }) => ({
      id,
      name: 'policy',
      ip_access: addresses === null ? null : addresses.join(','),
      admin_access: this.#boolean(admin),
      app_access: this.#boolean(app),
    }));
    await this.#insert(tx, 'directus_policies', policies);
    const permissions = world.policies.flatMap((policy) =>
      policy.permissions.map(({ collection, action, rule, fields, validation, presets }) => ({
        id: ++this.#permissions,
        policy: policy.id,
        collection,
        action,
        permissions: rule === null ? null : JSON.stringify(rule),
        validation: validation === null ? null : JSON.stringify(validation),
        presets: presets === null ? null : JSON.stringify(presets),
        fields: fields === null ? null : fields.join(','),
      })),
    );
    await this.#insert(tx, 'directus_permissions', permissions);
    const attachments = world.attachments.map((attachment, i) => ({ id: accessKey(i), ...attachment }));
    await this.#insert(tx, 'directus_access', attachments);
  }

  async #insert(tx: Transaction, table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    const columns = Object.keys(first);
    const parameters: SqlValue[] = [];
    const placeholder = (value: SqlValue): string => this.project.store.placeholder(parameters.push(value));
    const tuples = rows.map((row) => `(${columns.map((name) => placeholder(row[name] ?? null)).join(', ')})`);
    const names = columns.map((name) => `"${name}"`).join(', ');
    await tx.run(`insert into "${table}" (${names}) values ${tuples.join(', ')}`, parameters);
  }

  #stored(collection: string, row: Row): Record<string, SqlValue> {
    const entries = Object.entries(row).map(([name, value]) => [name, this.#value(collection, name, value)]);
    if (collection === 'directus_users') entries.push(['token', storedToken(String(row.id))]);
    if (collection === 'directus_files') entries.push(['storage', 'local'], ['filename_download', 'file']);
    return Object.fromEntries(entries);
  }

  #value(collection: string, name: string, value: Json): SqlValue {
    if (value === null) return null;
    switch (fieldOf(collection, name)?.kind) {
      case 'boolean':
        return this.#boolean(value as boolean);
      case 'timestamp':
        return this.project.store.dialect === 'sqlite' ? Date.parse(String(value)) : String(value);
      case 'csv':
        return (value as string[]).join(',');
      case 'json':
        return JSON.stringify(value);
      default:
        return value as SqlValue;
    }
  }

  #boolean(value: boolean): SqlValue {
    return this.project.store.dialect === 'sqlite' ? Number(value) : String(value);
  }

  /** Asks as the caller of the case, over everything between the transport and the database. */
  ask(one: Case, world: World): Promise<Got> {
    return isWrite(one) ? this.#write(one, world) : this.#read(one, world);
  }

  async #write({ caller, collection, kind, keys, filter, payloads, query }: WriteCase, world: World): Promise<Got> {
    const { items, engine, queries } = this.project;
    const [payload = {}] = payloads;
    const work = async (access: Access): Promise<Json | undefined> => {
      const asked = queries.normalise(query as Record<string, unknown>);
      const matching = () => ({ query: queries.normalise({ filter, limit: -1 }) });
      switch (kind) {
        case 'create':
          return items.create(access, collection, payload, asked);
        case 'create many':
          return items.createMany(access, collection, payloads, asked);
        case 'update':
          return items.update(access, collection, keys[0], payload, asked);
        case 'update many':
          return items.updateMany(access, collection, { keys }, payload, asked);
        case 'update matching':
          return items.updateMany(access, collection, matching(), payload, asked);
        case 'update each':
          return items.updateBatch(access, collection, payloads, asked);
        case 'delete':
          return void (await items.delete(access, collection, { keys }));
        case 'delete matching':
          return void (await items.delete(access, collection, matching()));
      }
    };
    return answered(async () => {
      const shown = await work(await engine.access(accountabilityOf(caller, world)));
      return { items: shown === undefined ? [] : shown, meta: null };
    });
  }

  /** Every row of the collections of the model. */
  async rows(): Promise<World['rows']> {
    const { store } = this.project;
    const isText = store.dialect === 'sqlite';
    const [stored = {}] = await store.all(isText ? STATE.sqlite : STATE.postgres);
    const parsed = (value: unknown): unknown => (isText ? JSON.parse(String(value)) : value);
    const rows: { [collection: string]: Row[] } = {};
    for (const collection of COLLECTIONS) {
      rows[collection] = (parsed(stored[collection]) as Json[][]).map((values) =>
        Object.fromEntries(
          COLUMNS.get(collection)?.map(([name, { kind }], i) => [name, wireValue(values[i] ?? null, kind, isText)]) ??
            [],
        ),
      );
    }
    return rows;
  }

  async #read({ caller, collection, kind, keys, query, via }: ReadCase, world: World): Promise<Got> {
    const { items, engine, queries } = this.project;
    return answered(async () => {
      const access = await engine.access(accountabilityOf(caller, world));
      const asked =
        via === 'body' ? queries.normalise(query as Record<string, unknown>) : queries.read(addressOf(query));
      if (kind === 'one') return { items: [await items.readOne(access, collection, keys[0], asked)], meta: null };
      const result = await items.readMany(access, collection, asked, kind === 'keys' ? keys : undefined);
      return { items: result.items, meta: result.meta };
    });
  }

  close(): Promise<void> {
    return this.project.close();
  }
}

async function answered(work: () => Promise<Got>): Promise<Got> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code };
    if (error instanceof ApiErrors) return { code: error.errors[0]?.code ?? '' };
    return { code: `${error instanceof Error ? error.message : error}` };
  }
}

const COLUMNS = new Map(
  COLLECTIONS.map((collection) => [
    collection,
    Object.entries(MODEL[collection] ?? {}).filter(([, { kind }]) => kind !== 'list'),
  ]),
);

/** One statement for everything. */
const STATE = {
  sqlite: stateStatement('json_group_array', 'json_array'),
  postgres: stateStatement('json_agg', 'json_build_array'),
};

function stateStatement(gathered: string, array: string): string {
  const lists = COLLECTIONS.map((collection) => {
    const columns = COLUMNS.get(collection)
      ?.map(([name]) => `"${name}"`)
      .join(', ');
    const rows = `select ${array}(${columns}) as "row" from "${collection}" order by "id"`;
    const isText = array === 'json_array';
    return `coalesce((select ${gathered}(${isText ? 'json("row")' : '"row"'}) from (${rows}) r), '[]') as "${collection}"`;
  });
  return `select ${lists.join(', ')}`;
}

/** A stored value as the API shows it; `isText`: documents are stored as text. */
function wireValue(value: Json, kind: string, isText: boolean): Json {
  if (value === null) return null;
  switch (kind) {
    case 'boolean':
      return value === true || value === 1;
    case 'timestamp':
      return new Date(value as number | string).toISOString();
    case 'csv':
      return value === '' ? [] : String(value).split(',');
    case 'json':
      return isText ? (JSON.parse(String(value)) as Json) : value;
    default:
      return value;
  }
}

function accountabilityOf({ user, ip }: Case['caller'], world: World): Accountability {
  const origin = { ip, userAgent: null, origin: null };
  const row = world.rows.directus_users?.find(({ id }) => id === user);
  if (user === null || !row) return { kind: 'anonymous', ...origin };
  return { kind: 'user', user, role: row.role === null ? null : String(row.role), session: null, ...origin };
}

/** A query as the parameters of an address. */
export function addressOf(query: ReadCase['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const isPlain = typeof value !== 'object';
    const isList = Array.isArray(value);
    parameters.set(name, isPlain ? String(value) : isList ? value.join(',') : JSON.stringify(value));
  }
  return parameters.toString();
}

/** Rows of worlds are stored past the sequences, which would come to their keys. */
async function countFromThousand(tx: Transaction): Promise<void> {
  for (const collection of COLLECTIONS) {
    if (fieldOf(collection, 'id')?.kind !== 'integer') continue;
    await tx.all(`select setval(pg_get_serial_sequence('"${collection}"', 'id'), 1000)`);
  }
}

/** Collections, after those that their rows lead to. */
const ORDER = [
  'directus_roles',
  'categories',
  'directus_users',
  'posts',
  'comments',
  'blocks',
  'directus_files',
  'directus_comments',
  'directus_activity',
  'directus_revisions',
];

async function clear(tx: Transaction): Promise<void> {
  for (const table of [
    'directus_revisions',
    'directus_activity',
    'directus_comments',
    'directus_files',
    'directus_access',
    'directus_permissions',
    'directus_policies',
    'blocks',
    'comments',
    'posts',
    'directus_users',
  ]) {
    await tx.run(`delete from "${table}"`);
  }
  for (const table of ['categories', 'directus_roles']) {
    await tx.run(`update "${table}" set parent = null where parent is not null`);
    await tx.run(`delete from "${table}"`);
  }
}

async function createCollections(model: Model): Promise<void> {
  const own = COLLECTIONS.filter((name) => !name.startsWith('directus_'));
  const fieldsOf = (collection: string) =>
    Object.entries(MODEL[collection] ?? {}).map(([field, { kind }]) => {
      if (kind === 'list') return { field, type: 'alias', meta: { special: ['o2m'] } };
      if (kind === 'secret') return { field, type: 'string', schema: {}, meta: { special: ['conceal'] } };
      return {
        field,
        type: kind,
        schema: field === 'id' ? { is_primary_key: true, has_auto_increment: kind === 'integer' } : {},
        meta: {},
      };
    });
  for (const collection of own) {
    await model.collection({ collection, schema: {}, meta: {}, fields: fieldsOf(collection) });
  }
  for (const field of fieldsOf('directus_users').filter(({ field }) => field === 'favourite' || field === 'written')) {
    await model.field('directus_users', field);
  }
  await model.relation({
    collection: 'blocks',
    field: 'item',
    related_collection: null,
    meta: { one_collection_field: 'kind', one_allowed_collections: ['posts', 'categories'] },
  });
  for (const collection of [...own, 'directus_users']) {
    for (const [field, { kind, to }] of Object.entries(MODEL[collection] ?? {}) as [
      string,
      { kind: string; to?: string },
    ][]) {
      if (kind === 'list' || !to || field === 'role') continue;
      const lists = Object.entries(MODEL[to] ?? {});
      const reverse = lists.find(([, list]) => list.kind === 'list' && list.from === collection && list.by === field);
      await model.relation({
        collection,
        field,
        related_collection: to,
        schema: {},
        meta: { one_field: reverse?.[0] ?? null },
      });
    }
  }
}
