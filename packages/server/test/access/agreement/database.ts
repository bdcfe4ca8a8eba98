import { join } from 'node:path';
import type { Accountability } from '../../../src/access/index.ts';
import { openProject, type Project } from '../../../src/app.ts';
import { loadConfig } from '../../../src/config/index.ts';
import { ApiError } from '../../../src/errors/index.ts';
import type { PostgresOptions } from '../../../src/store/options.ts';
import type { SqlValue, Transaction } from '../../../src/store/types.ts';
import { Model } from '../../schema/model.ts';
import { accessKey } from './generate/values.ts';
import { type Case, COLLECTIONS, fieldOf, type Json, MODEL, NOW, type Row, type World } from './model.ts';

/** What was answered: items, or the code of the refusal. */
export type Got = { readonly code: string } | { readonly items: readonly Json[]; readonly meta: Json };

/** A database with the collections of the model, whose contents are one world after another. */
export class WorldDatabase {
  readonly project: Project;
  #permissions = 0;

  constructor(project: Project) {
    this.project = project;
  }

  static async open(options: { folder: string } | PostgresOptions): Promise<WorldDatabase> {
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
      config: loadConfig({ env, cwd: 'folder' in options ? options.folder : '/' }),
      secret: 'a-secret-of-the-tests-that-is-long-enough',
      log: () => {},
      clock: { now: () => NOW },
    });
    await createCollections(new Model(project.store, project.schema, []));
    return new WorldDatabase(project);
  }

  /** Replaces everything that was there. */
  async load(world: World): Promise<void> {
    await this.project.store.transaction(async (tx) => {
      await clear(tx);
      for (const collection of ['directus_roles', 'categories', 'directus_users', 'posts', 'comments', 'blocks']) {
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
      policy.permissions.map(({ collection, rule, fields }) => ({
        id: ++this.#permissions,
        policy: policy.id,
        collection,
        action: 'read',
        permissions: rule === null ? null : JSON.stringify(rule),
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
  async ask({ caller, collection, kind, keys, query, via }: Case, world: World): Promise<Got> {
    const { items, engine, queries } = this.project;
    try {
      const access = await engine.access(accountabilityOf(caller, world));
      const asked =
        via === 'body' ? queries.normalise(query as Record<string, unknown>) : queries.read(addressOf(query));
      if (kind === 'one') return { items: [await items.readOne(access, collection, keys[0], asked)], meta: null };
      const result = await items.readMany(access, collection, asked, kind === 'keys' ? keys : undefined);
      return { items: result.items, meta: result.meta };
    } catch (error) {
      if (error instanceof ApiError) return { code: error.code };
      return { code: `${error instanceof Error ? error.message : error}` };
    }
  }

  close(): Promise<void> {
    return this.project.close();
  }
}

function accountabilityOf({ user, ip }: Case['caller'], world: World): Accountability {
  const origin = { ip, userAgent: null, origin: null };
  const row = world.rows.directus_users?.find(({ id }) => id === user);
  if (user === null || !row) return { kind: 'anonymous', ...origin };
  return { kind: 'user', user, role: row.role === null ? null : String(row.role), session: null, ...origin };
}

/** A query as the parameters of an address. */
function addressOf(query: Case['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const isPlain = typeof value !== 'object';
    const isList = Array.isArray(value);
    parameters.set(name, isPlain ? String(value) : isList ? value.join(',') : JSON.stringify(value));
  }
  return parameters.toString();
}

async function clear(tx: Transaction): Promise<void> {
  for (const table of [
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
      return { field, type: kind, schema: field === 'id' ? { is_primary_key: true } : {}, meta: {} };
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
