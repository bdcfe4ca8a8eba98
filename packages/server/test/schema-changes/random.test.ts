import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeOf, type Model, onBothDatabases } from '../schema/model.ts';
import { become, empty, snapshotOf } from './changes.ts';

const TABLES = ['alpha', 'beta', 'gamma'];
const FIELDS = ['one', 'two', 'three'];
const TYPES = ['string', 'text', 'integer', 'float', 'boolean', 'json', 'csv', 'timestamp', 'uuid', 'alias'];

const field = fc.record({
  field: fc.constantFrom(...FIELDS),
  type: fc.constantFrom(...TYPES),
  schema: fc.record(
    { is_unique: fc.boolean(), is_indexed: fc.boolean(), is_nullable: fc.boolean() },
    { requiredKeys: [] },
  ),
  meta: fc.record(
    { note: fc.constantFrom('a', 'b', null), required: fc.boolean(), options: fc.constantFrom(null, { a: 1, b: [2] }) },
    { requiredKeys: [] },
  ),
});

const collection = fc.record({
  folder: fc.integer({ max: 9 }).map((n) => n === 0),
  meta: fc.record({ icon: fc.constantFrom('a', 'b'), singleton: fc.boolean() }, { requiredKeys: [] }),
  fields: fc.uniqueArray(field, { selector: (one) => one.field }),
  link: fc.option(
    fc.record({
      to: fc.constantFrom(...TABLES),
      rule: fc.constantFrom('CASCADE', 'SET NULL', 'NO ACTION', null),
      one_field: fc.constantFrom(null, 'links'),
    }),
  ),
});

const model = fc.dictionary(fc.constantFrom(...TABLES), collection);

type Described = typeof model extends fc.Arbitrary<infer T> ? T : never;

const KEY = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };

/** What can't be made is left out, which is part of the test. */
async function build(open: Model, described: Described): Promise<void> {
  for (const [name, { folder, meta, fields }] of Object.entries(described)) {
    const own = [KEY, ...fields, { field: 'link', type: 'integer', meta: {} }];
    const body = { collection: name, schema: folder ? null : {}, meta, fields: folder ? [] : own };
    await codeOf(() => open.collection(body));
  }
  for (const [name, { link }] of Object.entries(described)) {
    if (!link) continue;
    const { to, rule, one_field } = link;
    const made = await codeOf(() =>
      open.relation({
        collection: name,
        field: 'link',
        related_collection: to,
        schema: rule && { on_delete: rule },
        meta: { one_field },
      }),
    );
    if (made !== null || one_field === null) continue;
    await codeOf(() => open.field(to, { field: one_field, type: 'alias', meta: { special: ['o2m'] } }));
  }
}

onBothDatabases('one model becomes another', (open) => {
  it('and back, whatever both are', async () => {
    await fc.assert(
      fc.asyncProperty(model, model, async (first, second) => {
        const opened = open();
        await empty(opened);
        await build(opened, first);
        const before = snapshotOf(opened);
        await empty(opened);
        await build(opened, second);
        const after = snapshotOf(opened);
        expect(await become(opened, before)).toBeNull();
        expect(await become(opened, after)).toBeNull();
      }),
      { numRuns: 6 },
    );
  }, 240_000);
});
