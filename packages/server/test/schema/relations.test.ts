import { expect, it } from 'vitest';
import { codeOf, type Model, onBothDatabases } from './model.ts';

const MANY = { field: 'room', type: 'integer', schema: {}, meta: { special: ['m2o'] } };

async function roomsWithThings(model: Model, onDelete: string): Promise<void> {
  await model.table(
    'rooms',
    { field: 'name', type: 'string' },
    { field: 'things', type: 'alias', meta: { special: ['o2m'] } },
  );
  await model.table('things', { field: 'label', type: 'string' }, MANY);
  await model.relation({
    collection: 'things',
    field: 'room',
    related_collection: 'rooms',
    schema: { on_delete: onDelete },
    meta: { one_field: 'things' },
  });
  await model.sql(`INSERT INTO rooms (name) VALUES ('east'), ('west');
    INSERT INTO things (label, room) VALUES ('a', 1), ('b', 1), ('c', 2), ('d', NULL)`);
}

onBothDatabases('relations', (open) => {
  it('leads both ways and is enforced by the database', async () => {
    const model = open();
    await roomsWithThings(model, 'CASCADE');
    const { collections } = model.schema.snapshot;
    const relation = model.schema.snapshot.relations.find(({ collection }) => collection === 'things');
    expect(collections.get('things')?.fields.get('room')?.relation).toEqual({
      kind: 'm2o',
      collection: 'rooms',
      relation,
    });
    expect(collections.get('rooms')?.fields.get('things')?.relation).toEqual({
      kind: 'o2m',
      collection: 'things',
      foreignField: 'room',
      relation,
    });
    expect(model.fieldAt('things', 'room').schema).toMatchObject({
      foreign_key_table: 'rooms',
      foreign_key_column: 'id',
      is_indexed: true,
    });
    await expect(model.sql('UPDATE things SET room = 9')).rejects.toMatchObject({ kind: 'foreign-key' });
    await model.sql('DELETE FROM rooms WHERE id = 1');
    expect(await model.count('things')).toBe(2);
  });

  it('keeps every row of tables that refer to a table which is changed', async () => {
    const model = open();
    await roomsWithThings(model, 'CASCADE');
    await model.change('rooms', 'name', { schema: { is_nullable: false, is_unique: true, max_length: 40 } });
    await model.change('rooms', 'name', { type: 'text' });
    await model.field('rooms', {
      field: 'size',
      type: 'timestamp',
      schema: { default_value: 'now()', is_nullable: false },
    });
    await model.dropField('rooms', 'size');
    expect(await model.rows('SELECT label, room FROM things ORDER BY id')).toEqual([
      { label: 'a', room: 1 },
      { label: 'b', room: 1 },
      { label: 'c', room: 2 },
      { label: 'd', room: null },
    ]);
    await model.sql('DELETE FROM rooms WHERE id = 2');
    expect(await model.count('things')).toBe(3);
  });

  it('changes what happens on delete, and nothing that the body does not mention', async () => {
    const model = open();
    await roomsWithThings(model, 'CASCADE');
    const { updateRelation } = await import('../../src/resources/relations.ts');
    const update = (body: unknown) => updateRelation(model.context, 'things', 'room', body);
    expect((await update({ meta: { sort_field: 'label' } })).meta).toMatchObject({
      one_field: 'things',
      sort_field: 'label',
    });
    const changed = await update({ schema: { on_delete: 'SET NULL' } });
    expect(changed).toMatchObject({
      schema: { on_delete: 'SET NULL', on_update: 'NO ACTION' },
      meta: { sort_field: 'label' },
    });
    await model.sql('DELETE FROM rooms WHERE id = 1');
    expect(await model.rows('SELECT room FROM things ORDER BY id')).toEqual([
      { room: null },
      { room: null },
      { room: 2 },
      { room: null },
    ]);
    expect(await codeOf(() => update({ related_collection: 'things' }))).toBe('INVALID_PAYLOAD');
    expect(await codeOf(() => update({ schema: { on_delete: 'DROP TABLE' } }))).toBe('INVALID_PAYLOAD');
  });

  it('goes without its field, which stays, and with its field, taking the reverse side along', async () => {
    const model = open();
    await roomsWithThings(model, 'CASCADE');
    await model.dropRelation('things', 'room');
    expect(model.fieldAt('things', 'room')).toMatchObject({ type: 'integer', schema: { foreign_key_table: null } });
    await model.sql('DELETE FROM rooms WHERE id = 1');
    expect(await model.count('things')).toBe(4);
    await model.sql('UPDATE things SET room = NULL WHERE room = 1');
    await model.relation({
      collection: 'things',
      field: 'room',
      related_collection: 'rooms',
      meta: { one_field: 'things' },
    });
    await model.dropField('things', 'room');
    expect(model.schema.snapshot.relations.filter(({ collection }) => collection === 'things')).toEqual([]);
    expect(model.schema.snapshot.collections.get('rooms')?.fields.has('things')).toBe(false);
    expect(await model.count('things')).toBe(4);
  });

  it('joins many to many and many to any', async () => {
    const model = open();
    await model.table('rooms', { field: 'tags', type: 'alias', meta: { special: ['m2m'] } });
    await model.collection({
      collection: 'tags',
      schema: {},
      fields: [{ field: 'code', type: 'string', schema: { is_primary_key: true } }],
    });
    await model.table('rooms_tags', { field: 'rooms_id', type: 'integer' }, { field: 'tags_code', type: 'string' });
    await model.relation({
      collection: 'rooms_tags',
      field: 'rooms_id',
      related_collection: 'rooms',
      meta: { one_field: 'tags', junction_field: 'tags_code' },
    });
    await model.relation({
      collection: 'rooms_tags',
      field: 'tags_code',
      related_collection: 'tags',
      meta: { junction_field: 'rooms_id' },
    });
    await model.table('blocks', { field: 'item', type: 'string' }, { field: 'collection', type: 'string' });
    await model.relation({
      collection: 'blocks',
      field: 'item',
      related_collection: null,
      meta: { one_collection_field: 'collection', one_allowed_collections: ['rooms', 'tags'] },
    });
    const led = (collection: string, field: string) =>
      model.schema.snapshot.collections.get(collection)?.fields.get(field)?.relation;
    expect(led('rooms', 'tags')).toMatchObject({ kind: 'o2m', collection: 'rooms_tags', foreignField: 'rooms_id' });
    expect(led('blocks', 'item')).toMatchObject({
      kind: 'm2a',
      collectionField: 'collection',
      allowed: ['rooms', 'tags'],
    });
    await model.dropCollection('tags');
    expect(led('blocks', 'item')).toMatchObject({ kind: 'm2a', allowed: ['rooms'] });
    expect(led('rooms_tags', 'tags_code')).toBe(null);
    expect(model.fieldAt('rooms_tags', 'tags_code').type).toBe('string');
    await model.dropField('blocks', 'collection');
    expect(led('blocks', 'item')).toBe(null);
  });

  it('refuses what cannot be joined', async () => {
    const model = open();
    await roomsWithThings(model, 'SET NULL');
    await model.field('things', { field: 'other', type: 'integer' });
    await model.field('things', { field: 'day', type: 'date' });
    const body = { collection: 'things', field: 'other', related_collection: 'rooms' };
    const bad: unknown[] = [
      null,
      {},
      { ...body, collection: 'nope' },
      { ...body, field: 'nope' },
      { ...body, field: 'room' },
      { ...body, field: 'day' },
      { ...body, related_collection: 'nope' },
      { ...body, related_collection: 7 },
      { ...body, collection: 'rooms', field: 'things' },
      { ...body, collection: 'directus_users', field: 'avatar' },
      { ...body, schema: null, meta: null },
      { ...body, schema: { on_delete: 'EXPLODE' } },
      { ...body, meta: { one_field: 'name' } },
      { ...body, meta: { one_field: 'things' } },
      { ...body, meta: { one_deselect_action: 'explode' } },
      { ...body, related_collection: null },
      { ...body, related_collection: null, meta: { one_collection_field: 'nope', one_allowed_collections: ['rooms'] } },
      { ...body, related_collection: null, meta: { one_collection_field: 'label', one_allowed_collections: ['nope'] } },
    ];
    const before = model.schema.snapshot.relations;
    for (const one of bad) expect([one, await codeOf(() => model.relation(one))]).toEqual([one, 'INVALID_PAYLOAD']);
    await model.sql('UPDATE things SET other = 77 WHERE id = 1');
    expect(await codeOf(() => model.relation(body))).toBe('INVALID_FOREIGN_KEY');
    expect(model.schema.snapshot.relations).toEqual(before);
    expect(await codeOf(() => model.dropRelation('things', 'nope'))).toBe('FORBIDDEN');
    expect(await codeOf(() => model.dropRelation('directus_users', 'role'))).toBe('FORBIDDEN');
  });

  it('leads to system collections and back', async () => {
    const model = open();
    await model.table('posts', { field: 'author', type: 'uuid' });
    await model.field('directus_users', { field: 'posts', type: 'alias', meta: { special: ['o2m'] } });
    await model.relation({
      collection: 'posts',
      field: 'author',
      related_collection: 'directus_users',
      meta: { one_field: 'posts' },
    });
    const users = model.schema.snapshot.collections.get('directus_users');
    expect(users?.fields.get('posts')?.relation).toMatchObject({ kind: 'o2m', collection: 'posts' });
    expect(users?.fields.get('role')?.relation).toMatchObject({ kind: 'm2o', collection: 'directus_roles' });
    expect(users?.fields.get('avatar')?.relation).toMatchObject({ kind: 'm2o', collection: 'directus_files' });
    const policies = model.schema.snapshot.collections.get('directus_roles')?.fields.get('policies')?.relation;
    expect(policies).toMatchObject({ kind: 'o2m', collection: 'directus_access', foreignField: 'role' });
    expect(policies?.relation.meta?.one_deselect_action).toBe('delete');
    await model.dropCollection('posts');
    expect(model.schema.snapshot.collections.get('directus_users')?.fields.has('posts')).toBe(false);
  });
});
