import { expect, it } from 'vitest';
import { updateCollection, updateCollections } from '../../src/resources/collections.ts';
import { codeOf, KEY, onBothDatabases } from './model.ts';

onBothDatabases('collections', (open) => {
  it('adds a key that counts up where none is marked, and never gives a number out twice', async () => {
    const model = open();
    await model.collection({ collection: 'bare', schema: {} });
    expect(model.fieldAt('bare', 'id')).toMatchObject({
      type: 'integer',
      schema: { is_primary_key: true, has_auto_increment: true, is_nullable: false, default_value: null },
    });
    await model.field('bare', { field: 'name', type: 'string', schema: {} });
    await model.sql(`INSERT INTO bare (name) VALUES ('a'), ('b')`);
    await model.sql('DELETE FROM bare WHERE id = 2');
    await model.change('bare', 'name', { schema: { is_nullable: false } });
    await model.sql(`INSERT INTO bare (name) VALUES ('c')`);
    expect(await model.rows('SELECT id, name FROM bare ORDER BY id')).toEqual([
      { id: 1, name: 'a' },
      { id: 3, name: 'c' },
    ]);
  });

  it.each([
    ['integer', {}],
    ['bigInteger', { has_auto_increment: true }],
    ['string', { max_length: 8 }],
    ['uuid', {}],
  ])('takes a primary key of type %s', async (type, schema) => {
    const model = open();
    const key = { field: 'code', type, schema: { ...schema, is_primary_key: true }, meta: {} };
    await model.collection({ collection: 'coded', schema: {}, fields: [key] });
    expect(model.schema.snapshot.collections.get('coded')?.primaryKey).toBe('code');
    expect(model.fieldAt('coded', 'code').schema).toMatchObject({ is_primary_key: true, is_unique: true });
  });

  it('makes all of a list or none, with folders among them', async () => {
    const model = open();
    const made = await model.collection([
      { collection: 'one', schema: {}, meta: { group: 'folder' } },
      { collection: 'folder', schema: null, meta: { collapse: 'closed' } },
    ]);
    expect(made).toMatchObject([
      { collection: 'one', meta: { group: 'folder', collapse: 'open' }, schema: { name: 'one' } },
      { collection: 'folder', meta: { collapse: 'closed' }, schema: null },
    ]);
    const bad = [
      { collection: 'two', schema: {} },
      { collection: 'ONE', schema: {} },
    ];
    expect(await codeOf(() => model.collection(bad))).toBe('INVALID_PAYLOAD');
    expect(model.schema.snapshot.collections.has('two')).toBe(false);
    await model.dropCollection('folder');
    expect(model.schema.snapshot.collections.get('one')?.meta?.group).toBe(null);
  });

  it('refuses bodies that make no sense', async () => {
    const model = open();
    await model.collection({ collection: 'taken', schema: {} });
    await model.sql('CREATE VIEW looked_at AS SELECT 1 AS id');
    const bad: unknown[] = [
      null,
      'x',
      {},
      { collection: 7, schema: {} },
      { collection: '', schema: {} },
      { collection: 'directus_x', schema: {} },
      { collection: 'Directus_x', schema: {} },
      { collection: 'sqlite_x', schema: {} },
      { collection: 'limen_x', schema: {} },
      { collection: '__proto__', schema: {} },
      { collection: 'prototype', schema: {} },
      { collection: 'a b; DROP TABLE taken', schema: {} },
      { collection: 'é'.repeat(32), schema: {} },
      { collection: 'taken', schema: {} },
      { collection: 'TAKEN', schema: null },
      { collection: 'looked_at', schema: {} },
      { collection: 'x', schema: 'yes' },
      { collection: 'x', schema: {}, fields: {} },
      { collection: 'x', schema: null, fields: [KEY] },
      { collection: 'x', schema: null, meta: null },
      { collection: 'x', schema: {}, fields: [KEY, { ...KEY, field: 'other' }] },
      { collection: 'x', schema: {}, fields: [{ field: 'id', type: 'integer' }] },
      { collection: 'x', schema: {}, fields: [KEY, { field: 'ID', type: 'string' }] },
      { collection: 'x', schema: {}, fields: [{ field: 'id', type: 'json', schema: { is_primary_key: true } }] },
      { collection: 'x', schema: {}, meta: { accountability: 'some' } },
      { collection: 'x', schema: {}, meta: { icon: 'x'.repeat(65) } },
      { collection: 'x', schema: {}, meta: { group: 'nope' } },
      { collection: 'x', schema: {}, meta: { group: 'x' } },
    ];
    const before = [...model.schema.snapshot.collections.keys()];
    for (const body of bad)
      expect([body, await codeOf(() => model.collection(body))]).toEqual([body, 'INVALID_PAYLOAD']);
    expect([...model.schema.snapshot.collections.keys()]).toEqual(before);
  });

  it('changes meta of one and of several, of system collections too', async () => {
    const model = open();
    await model.collection([
      { collection: 'a', schema: {} },
      { collection: 'b', schema: {} },
    ]);
    await updateCollections(model.context, [
      { collection: 'a', meta: { note: 'A' } },
      { collection: 'b', meta: { singleton: true, sort_field: 'id', accountability: null } },
    ]);
    const { collections } = model.schema.snapshot;
    expect(collections.get('a')?.meta).toMatchObject({ note: 'A', hidden: false });
    expect(collections.get('b')).toMatchObject({ singleton: true, sortField: 'id', accountability: null });
    const bad = [
      { collection: 'a', meta: { note: 'changed' } },
      { collection: 'nope', meta: {} },
    ];
    expect(await codeOf(() => updateCollections(model.context, bad))).toBe('FORBIDDEN');
    expect(model.schema.snapshot.collections.get('a')?.meta?.note).toBe('A');
    await updateCollection(model.context, 'directus_users', { meta: { note: 'People', singleton: true } });
    expect(model.schema.snapshot.collections.get('directus_users')).toMatchObject({
      singleton: false,
      meta: { note: 'People' },
    });
    await updateCollection(model.context, 'b', { meta: { group: 'a' } });
    expect(await codeOf(() => updateCollection(model.context, 'a', { meta: { group: 'b' } }))).toBe('INVALID_PAYLOAD');
  });

  it('goes with everything about it; others keep their columns and rows', async () => {
    const model = open();
    await model.table('rooms', { field: 'name', type: 'string' });
    await model.table('things', { field: 'room', type: 'integer' }, { field: 'twin', type: 'integer' });
    for (const [field, related] of [
      ['room', 'rooms'],
      ['twin', 'things'],
    ]) {
      await model.relation({
        collection: 'things',
        field,
        related_collection: related,
        schema: { on_delete: 'CASCADE' },
        meta: {},
      });
    }
    const id = 'aaaaaaaa-0000-4000-8000-00000000000';
    await model.sql(`INSERT INTO rooms (name) VALUES ('x'); INSERT INTO things (room) VALUES (1);
      INSERT INTO directus_policies (id, name) VALUES ('${id}0', 'p');
      INSERT INTO directus_permissions (collection, action, policy) VALUES ('rooms', 'read', '${id}0'), ('things', 'read', '${id}0');
      INSERT INTO directus_presets (collection) VALUES ('rooms');
      INSERT INTO directus_shares (id, collection, item) VALUES ('${id}1', 'rooms', '1');
      INSERT INTO directus_sessions (token, share, expires) VALUES ('t', '${id}1', CURRENT_TIMESTAMP);
      INSERT INTO directus_activity (action, collection, item) VALUES ('create', 'rooms', '1'), ('create', 'things', '1');
      INSERT INTO directus_revisions (activity, collection, item) VALUES (1, 'rooms', '1');
      INSERT INTO directus_revisions (activity, collection, item, parent) VALUES (2, 'things', '1', 1);
      INSERT INTO directus_versions (id, key, collection, item) VALUES ('${id}2', 'k', 'rooms', '1')`);
    await model.dropCollection('rooms');
    expect(await model.rows('SELECT id, room FROM things')).toEqual([{ id: 1, room: 1 }]);
    expect(model.fieldAt('things', 'room')).toMatchObject({ type: 'integer', schema: { foreign_key_table: null } });
    await model.sql('INSERT INTO things (room, twin) VALUES (99, 1)');
    const left: Record<string, number> = {};
    for (const table of ['permissions', 'presets', 'shares', 'sessions', 'activity', 'revisions', 'versions']) {
      left[table] = await model.count(`directus_${table}`);
    }
    expect(left).toEqual({
      permissions: 1,
      presets: 0,
      shares: 0,
      sessions: 0,
      activity: 2,
      revisions: 1,
      versions: 0,
    });
    await model.dropCollection('things');
    expect(await codeOf(() => model.dropCollection('things'))).toBe('FORBIDDEN');
    expect(await codeOf(() => model.dropCollection('directus_users'))).toBe('FORBIDDEN');
  });
});
