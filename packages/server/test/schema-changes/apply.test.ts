import { expect, it } from 'vitest';
import { ApiError } from '../../src/errors/index.ts';
import { applySchema, diffSchema, readSnapshot, WHOLE } from '../../src/resources/schema-changes.ts';
import { ADMIN, codeOf, type Model, onBothDatabases } from '../schema/model.ts';
import { become, buildShop, difference, empty, MIRROR, snapshotOf } from './changes.ts';

const reasonOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return '';
  } catch (error) {
    return error instanceof ApiError ? String(error.extensions.reason) : '';
  }
};

onBothDatabases('applying a difference', (open) => {
  const apply = (model: Model, body: unknown) => applySchema(model.context, body);

  it('needs the model that the difference was made for', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    await model.field('books', { field: 'extra', type: 'text', meta: {} });
    const diff = difference(model, file);
    expect(await codeOf(() => apply(model, { diff: diff?.diff }))).toBe('INVALID_PAYLOAD');
    expect(await codeOf(() => apply(model, { ...diff, hash: 'x' }))).toBe('INVALID_PAYLOAD');
    await model.change('books', 'extra', { meta: { note: 'in between' } });
    expect(await codeOf(() => apply(model, diff))).toBe('INVALID_PAYLOAD');
    expect(await become(model, file)).toBeNull();
  });

  it('makes all changes or none, and names the one that could not be made', async () => {
    const model = open();
    await buildShop(model);
    const before = snapshotOf(model);
    await model.sql("INSERT INTO authors (id, name) VALUES ('00000000-0000-4000-8000-000000000001', 'Ann')");
    const authors = { collection: 'authors' };
    const target = {
      ...before,
      fields: [
        ...before.fields.filter(({ field }) => field !== 'tags' && field !== 'name'),
        { ...authors, field: 'first', type: 'string', schema: {}, meta: {} },
        { ...authors, field: 'name', type: 'integer', schema: { is_nullable: false }, meta: {} },
      ],
    };
    const diff = difference(model, target);
    expect(await reasonOf(() => apply(model, diff))).toContain('"authors.name"');
    expect(snapshotOf(model)).toEqual(before);
    expect(difference(model, before)).toBeNull();
  });

  it('leaves out what was taken out of the difference', async () => {
    const model = open();
    await buildShop(model);
    const file = snapshotOf(model);
    await model.table('kept', { field: 'a', type: 'text', meta: {} });
    await model.dropField('books', 'tags');
    const diff = difference(model, file);
    await apply(model, { hash: diff?.hash, diff: { ...diff?.diff, collections: [] } });
    expect(difference(model, file)?.diff).toMatchObject({ collections: [{ collection: 'kept' }], fields: [] });
  });

  it('refuses what no difference holds', async () => {
    const model = open();
    await buildShop(model);
    const hash = difference(model, { ...snapshotOf(model), collections: [], fields: [], relations: [] })?.hash;
    const none = { collections: [], fields: [], relations: [] };
    const field = (diff: unknown[]) => ({ ...none, fields: [{ collection: 'books', field: 'title', diff }] });
    const bodies = [
      null,
      { hash, diff: null },
      { hash, diff: {} },
      { hash, diff: { ...none, fields: [null] } },
      { hash, diff: { ...none, fields: [{ collection: 'books' }] } },
      { hash, diff: field([{ kind: 'X' }]) },
      { hash, diff: field([{ kind: 'N' }]) },
      { hash, diff: field([{ kind: 'N', rhs: { field: 'other', type: 'text' } }]) },
      { hash, diff: field([{ kind: 'E', path: 'meta', rhs: 1 }]) },
      { hash, diff: field([{ kind: 'E', path: ['meta', 'options', 'x'], rhs: 1 }]) },
      { hash, diff: field([{ kind: 'E', path: ['schema', 'max_length'], rhs: 'wide' }]) },
      { hash, diff: field([{ kind: 'E', path: ['schema', 'is_primary_key'], rhs: true }]) },
      {
        hash,
        diff: {
          ...none,
          collections: [{ collection: 'new', diff: [{ kind: 'N', rhs: { collection: 'other', schema: {} } }] }],
        },
      },
    ];
    for (const body of bodies)
      expect([body, await codeOf(() => apply(model, body))]).toEqual([body, 'INVALID_PAYLOAD']);
    const system = { ...none, collections: [{ collection: 'directus_users', diff: [{ kind: 'D' }] }] };
    expect(await codeOf(() => apply(model, { hash, diff: system }))).toBe('FORBIDDEN');
    await apply(model, { hash, diff: none });
  });

  it('is for administrators, like everything about snapshots', async () => {
    const model = open();
    const context = { ...model.context, viewer: { ...ADMIN, admin: false } };
    expect(await codeOf(async () => readSnapshot(context, WHOLE))).toBe('FORBIDDEN');
    expect(await codeOf(async () => diffSchema(context, {}, MIRROR))).toBe('FORBIDDEN');
    expect(await codeOf(() => applySchema(context, {}))).toBe('FORBIDDEN');
  });

  it('makes an empty model of a full one', async () => {
    const model = open();
    const nothing = snapshotOf(model);
    await buildShop(model);
    const file = snapshotOf(model);
    expect(await become(model, nothing)).toBeNull();
    expect(await model.rows('SELECT collection FROM directus_fields')).toEqual([]);
    expect(await model.rows('SELECT many_collection FROM directus_relations')).toEqual([]);
    expect(await become(model, file)).toBeNull();
    await model.dropField('directus_users', 'shelf');
    await empty(model);
  });
});
