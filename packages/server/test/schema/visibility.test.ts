import { expect, it } from 'vitest';
import * as collections from '../../src/resources/collections.ts';
import * as fields from '../../src/resources/fields.ts';
import * as relations from '../../src/resources/relations.ts';
import type { ModelViewer } from '../../src/schema/viewer.ts';
import { codeOf, onBothDatabases } from './model.ts';

const viewer = (readable: Record<string, string[] | 'all'>, model = true): ModelViewer => ({
  admin: false,
  mayReadModel: () => model,
  mayRead: (collection) => collection in readable,
  readableFields: (collection) => {
    const list = readable[collection] ?? [];
    return list === 'all' ? 'all' : new Set(list);
  },
});

onBothDatabases('what others than administrators see of the model', (open) => {
  it('is what they may read', async () => {
    const model = open();
    await model.table('rooms', { field: 'name', type: 'string' });
    await model.table('things', { field: 'room', type: 'integer' }, { field: 'price', type: 'integer' });
    await model.relation({ collection: 'things', field: 'room', related_collection: 'rooms', meta: {} });
    await model.table('blocks', { field: 'item', type: 'string' }, { field: 'collection', type: 'string' });
    await model.relation({
      collection: 'blocks',
      field: 'item',
      related_collection: null,
      meta: { one_collection_field: 'collection', one_allowed_collections: ['rooms', 'things'] },
    });
    const { schema } = model;
    const sees = (readable: Record<string, string[] | 'all'>) => ({ schema, viewer: viewer(readable) });

    const all = sees({ things: ['id', 'room'], rooms: 'all' });
    expect(collections.listCollections(all).map(({ collection }) => collection)).toEqual(['rooms', 'things']);
    expect(fields.listFields(all).map(({ collection, field }) => `${collection}.${field}`)).toEqual([
      'rooms.id',
      'rooms.name',
      'things.id',
      'things.room',
    ]);
    expect(relations.listRelations(all).map(({ field }) => field)).toEqual(['room']);
    expect(await codeOf(async () => fields.readField(all, 'things', 'price'))).toBe('FORBIDDEN');

    const closed = sees({ things: 'all' });
    expect(relations.listRelationsOf(closed, 'things')).toEqual([]);
    expect(relations.listRelationsOf(closed, 'nope')).toEqual([]);
    expect(await codeOf(async () => collections.readCollection(closed, 'rooms'))).toBe('FORBIDDEN');
    expect(await codeOf(async () => fields.listFieldsOf(closed, 'nope'))).toBe('FORBIDDEN');
    expect(relations.listRelations(sees({ blocks: 'all', rooms: 'all' }))[0]?.meta?.one_allowed_collections).toEqual([
      'rooms',
    ]);

    const outside = { schema, viewer: viewer({ things: 'all' }, false) };
    for (const read of [
      () => collections.listCollections(outside),
      () => collections.readCollection(outside, 'things'),
      () => fields.listFields(outside),
      () => fields.listFieldsOf(outside, 'things'),
      () => fields.readField(outside, 'things', 'id'),
      () => relations.listRelations(outside),
      () => relations.listRelationsOf(outside, 'things'),
    ]) {
      expect(await codeOf(async () => read())).toBe('FORBIDDEN');
    }
    const changes = [
      () => collections.createCollections(all, { collection: 'mine', schema: {} }),
      () => collections.updateCollection(all, 'things', { meta: { note: 'x' } }),
      () => collections.updateCollections(all, [{ collection: 'things', meta: { note: 'x' } }]),
      () => collections.deleteCollection(all, 'things'),
      () => fields.createField(all, 'things', { field: 'mine', type: 'string' }),
      () => fields.updateField(all, 'things', 'room', { meta: { note: 'x' } }),
      () => fields.updateFields(all, 'things', [{ field: 'room', meta: { note: 'x' } }]),
      () => fields.deleteField(all, 'things', 'room'),
      () => relations.createRelation(all, { collection: 'things', field: 'price', related_collection: 'rooms' }),
      () => relations.updateRelation(all, 'things', 'room', { meta: {} }),
      () => relations.deleteRelation(all, 'things', 'room'),
    ];
    const { version } = schema.snapshot;
    for (const change of changes) expect(await codeOf(change)).toBe('FORBIDDEN');
    expect(schema.snapshot.version).toBe(version);
  });
});
