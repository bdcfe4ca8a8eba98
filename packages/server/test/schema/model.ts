import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import * as collections from '../../src/resources/collections.ts';
import * as fields from '../../src/resources/fields.ts';
import type { ModelContext } from '../../src/resources/model-context.ts';
import * as relations from '../../src/resources/relations.ts';
import { type CurrentSchema, openSchema } from '../../src/schema/current.ts';
import type { ModelViewer } from '../../src/schema/viewer.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { DialectName, Row, SqlValue, Store } from '../../src/store/types.ts';
import type { Json } from '../../src/wire/index.ts';
import { DATABASES } from '../started-server.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';

export const ADMIN: ModelViewer = {
  admin: true,
  mayReadModel: () => true,
  mayRead: () => true,
  readableFields: () => 'all',
};

/** A database with a data model, driven by the bodies of the API. */
export class Model {
  readonly store: Store;
  readonly schema: CurrentSchema;
  readonly context: ModelContext;
  readonly warnings: string[];

  constructor(store: Store, schema: CurrentSchema, warnings: string[]) {
    this.store = store;
    this.schema = schema;
    this.context = { schema, viewer: ADMIN };
    this.warnings = warnings;
  }

  collection = (body: unknown) => collections.createCollections(this.context, body);
  field = (collection: string, body: unknown) => fields.createField(this.context, collection, body);
  change = (collection: string, name: string, body: unknown) =>
    fields.updateField(this.context, collection, name, body);
  relation = (body: unknown) => relations.createRelation(this.context, body);
  dropCollection = (name: string) => collections.deleteCollection(this.context, name);
  dropField = (collection: string, name: string) => fields.deleteField(this.context, collection, name);
  dropRelation = (collection: string, field: string) => relations.deleteRelation(this.context, collection, field);

  fieldAt = (collection: string, name: string) => fields.readField(this.context, collection, name);

  /** A collection with an `id` that counts up, and these fields. */
  table = (collection: string, ...list: { [key: string]: Json }[]) =>
    this.collection({ collection, schema: {}, meta: {}, fields: [KEY, ...list] });

  sql = (text: string) => this.store.transaction((tx) => tx.exec(text));

  rows = <T extends Row>(text: string, params: SqlValue[] = []) => this.store.all<T>(text, params);

  count = async (table: string): Promise<number> => (await this.rows(`SELECT 1 FROM "${table}"`)).length;
}

export const KEY = {
  field: 'id',
  type: 'integer',
  schema: { is_primary_key: true, has_auto_increment: true },
  meta: { hidden: true },
};

/** Runs tests on a fresh model of each database. `options` belong to the schema. */
export function onBothDatabases(
  name: string,
  tests: (open: () => Model, dialect: DialectName) => void,
  prepare: (store: Store) => Promise<void> = async () => {},
  excludeTables: readonly string[] = [],
): void {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let files = 0;
  beforeAll(async () => {
    if (DATABASES.includes('postgres')) server = await startPostgres();
  });
  afterAll(async () => {
    await server?.stop();
    folder.remove();
  });
  describe.each(DATABASES)(`${name} on %s`, (dialect) => {
    let model: Model;
    beforeEach(async () => {
      const file = { client: 'sqlite' as const, filename: `${folder.path}/model-${++files}.db` };
      const store = await openStore(dialect === 'postgres' && server ? await server.createDatabase() : file);
      await prepare(store);
      await migrate(store);
      const warnings: string[] = [];
      const schema = await openSchema(store, { excludeTables, onWarning: (text) => warnings.push(text) });
      model = new Model(store, schema, warnings);
      return async () => {
        schema.close();
        await store.close();
      };
    });
    tests(() => model, dialect);
  });
}

/** The code of the error that a change ends with; null when it succeeds. */
export async function codeOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}
