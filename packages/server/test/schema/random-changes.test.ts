import fc from 'fast-check';
import { expect, it } from 'vitest';
import { updateRelation } from '../../src/resources/relations.ts';
import { loadSnapshot } from '../../src/schema/load.ts';
import type { FieldType } from '../../src/wire/index.ts';
import { codeOf, type Model, onBothDatabases } from './model.ts';

const TABLES = ['alpha', 'beta', 'gamma'];
const FIELDS = ['one', 'two', 'three'];
const TYPES: FieldType[] = [
  'string',
  'text',
  'integer',
  'float',
  'boolean',
  'json',
  'csv',
  'timestamp',
  'uuid',
  'alias',
];
const RULES = ['CASCADE', 'SET NULL', 'NO ACTION'];

const table = fc.constantFrom(...TABLES);
const field = fc.constantFrom(...FIELDS);
const type = fc.constantFrom(...TYPES);
const flags = fc.record(
  { is_nullable: fc.boolean(), is_unique: fc.boolean(), is_indexed: fc.boolean() },
  { requiredKeys: [] },
);

/** One change of the model, as the API takes it. Many are refused, which is part of the test. */
const change = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('collection' as const), table }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('field' as const), table, field, type, flags }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('alter' as const), table, field, type, flags }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('relation' as const),
      table,
      related: table,
      rule: fc.constantFrom(...RULES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rule' as const), table, rule: fc.constantFrom(...RULES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop-relation' as const), table }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('drop-field' as const), table, field }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop-collection' as const), table }) },
);

const create = (model: Model, name: string) =>
  model.table(
    name,
    { field: 'link', type: 'integer' },
    { field: 'one', type: 'integer' },
    { field: 'two', type: 'text' },
  );

const fill = (model: Model, name: string) =>
  model.sql(`INSERT INTO "${name}" (one, two) VALUES (1, 'x'), (2, NULL), (1, '2')`);

async function startAgain(model: Model, name: string): Promise<void> {
  await codeOf(() => model.dropCollection(name));
  await create(model, name);
  await fill(model, name);
}

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(model: Model, one: Change): Promise<unknown> {
  switch (one.kind) {
    case 'collection':
      return create(model, one.table);
    case 'field':
      return model.field(one.table, { field: one.field, type: one.type, schema: one.flags, meta: {} });
    case 'alter':
      return model.change(one.table, one.field, { type: one.type, schema: one.flags });
    case 'relation':
      return model.relation({
        collection: one.table,
        field: 'link',
        related_collection: one.related,
        schema: { on_delete: one.rule },
        meta: { one_field: `${one.table}_list` },
      });
    case 'rule':
      return updateRelation(model.context, one.table, 'link', { schema: { on_delete: one.rule } });
    case 'drop-relation':
      return model.dropRelation(one.table, 'link');
    case 'drop-field':
      return model.dropField(one.table, one.field);
    case 'drop-collection':
      return model.dropCollection(one.table);
  }
}

const ids = async (model: Model, name: string) =>
  (await model.rows<{ id: number }>(`SELECT id FROM "${name}" ORDER BY id`)).map(({ id }) => id);

/** Rows of every table that was there, by name. */
async function contents(model: Model): Promise<Map<string, number[]>> {
  const there = TABLES.filter((name) => model.schema.snapshot.collections.has(name));
  return new Map(await Promise.all(there.map(async (name) => [name, await ids(model, name)] as const)));
}

onBothDatabases('random changes of the model', (open, dialect) => {
  it('leave a snapshot that a fresh load agrees with, and every row in its table', { timeout: 120_000 }, async () => {
    const model = open();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 20 }), async (changes) => {
        for (const name of TABLES) await startAgain(model, name);
        for (const one of changes) {
          const before = await contents(model);
          const { snapshot } = model.schema;
          const code = await codeOf(() => apply(model, one));
          const now = model.schema.snapshot;
          if (code !== null) expect(now).toBe(snapshot);
          expect(now).toEqual(await loadSnapshot(model.store, { version: now.version, excludeTables: [] }));
          if (code === null && one.kind === 'collection') await fill(model, one.table);
          if (code === null && one.kind === 'relation') {
            await model.sql(`UPDATE "${one.table}" SET link = (SELECT min(id) FROM "${one.related}")`);
          }
          for (const [name, rows] of before) {
            if (now.collections.has(name)) expect(await ids(model, name)).toEqual(rows);
          }
        }
      }),
      { numRuns: dialect === 'sqlite' ? 50 : 10 },
    );
    if (dialect === 'sqlite') {
      expect(await model.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
      expect(await model.rows('PRAGMA foreign_key_check')).toEqual([]);
    }
  });
});
