import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD, makeCollection, UNPROCESSABLE, userWith } from './project.ts';

const ALL = ['create', 'read', 'update', 'delete'].map((action) => ({ collection: 'directus_versions', action }));

describe.each(DATABASES)('content versions (%s)', (database) => {
  let server: StartedServer;
  let admin: Client;
  let keys = 0;

  /** A new page with a draft of it. */
  const draft = async (page: object = {}, client = admin) => {
    const item = (await admin.post('/items/pages', { title: 'main', ...page })).body.data.id as number;
    const key = `draft${++keys}`;
    const made = await client.post('/versions', { collection: 'pages', item: String(item), key, name: 'Draft' });
    return { item, key, made, id: made.body?.data?.id as string };
  };
  const main = async (item: number) => (await admin.get(`/items/pages/${item}`)).body.data;

  beforeAll(async () => {
    server = await startProject(database);
    admin = new Client(server);
    await makeCollection(server, 'plain', [{ field: 'title', type: 'string' }]);
    await makeCollection(server, 'tags', [{ field: 'name', type: 'string' }]);
    await makeCollection(
      server,
      'pages',
      [
        { field: 'title', type: 'string', schema: { is_nullable: false } },
        { field: 'price', type: 'decimal', schema: { numeric_precision: 10, numeric_scale: 2 } },
        { field: 'day', type: 'date' },
        { field: 'shown', type: 'boolean', meta: { special: ['cast-boolean'] } },
        { field: 'count', type: 'integer', meta: { validation: { count: { _gte: 0 } } } },
        { field: 'secret', type: 'hash', meta: { special: ['hash', 'conceal'] } },
        { field: 'topic', type: 'integer', meta: { special: ['m2o'] } },
        { field: 'parts', type: 'alias', schema: null, meta: { special: ['o2m'] } },
      ],
      { versioning: true },
    );
    await makeCollection(server, 'parts', [
      { field: 'text', type: 'string' },
      { field: 'password', type: 'hash', meta: { special: ['hash'] } },
      { field: 'page', type: 'integer', meta: { special: ['m2o'] } },
    ]);
    const relation = { schema: {}, meta: {} };
    const topic = { collection: 'pages', field: 'topic', related_collection: 'tags', ...relation };
    const parts = { collection: 'parts', field: 'page', related_collection: 'pages', schema: {} };
    for (const made of [topic, { ...parts, meta: { one_field: 'parts' } }])
      expect((await admin.post('/relations', made)).status).toBe(200);
    await admin.post('/items/tags', [{ name: 'one' }, { name: 'two' }]);
  });
  afterAll(() => discard(server));

  describe('are made', () => {
    it('of items that are there, in collections that have them, each with a key of its own', async () => {
      const { item, key, made } = await draft();
      expect(made.body.data).toMatchObject({ item: String(item), delta: null });
      expect(made.body.data.hash).toMatch(/^[0-9a-f]{40}$/);
      const like = { collection: 'pages', item, key: 'other' };
      const outcomes = [
        [{ ...like, key }, UNPROCESSABLE],
        [{ ...like, key: 'main' }, INVALID_PAYLOAD],
        [{ ...like, key: '' }, INVALID_PAYLOAD],
        [{ ...like, key: undefined }, INVALID_PAYLOAD],
        [{ ...like, item: undefined }, INVALID_PAYLOAD],
        [{ ...like, delta: { title: 'x' } }, INVALID_PAYLOAD],
        [{ ...like, hash: 'x' }, INVALID_PAYLOAD],
        [{ ...like, item: 9999 }, FORBIDDEN],
        [{ ...like, collection: 'nowhere' }, FORBIDDEN],
        [{ ...like, collection: 'plain' }, UNPROCESSABLE],
        [{ ...like, collection: 'directus_users' }, UNPROCESSABLE],
      ] as const;
      for (const [payload, outcome] of outcomes)
        expect(failure(await admin.post('/versions', payload))).toEqual(outcome);
    });

    it('once by writers at the same time', async () => {
      const { item } = await draft();
      const one = { collection: 'pages', item, key: 'contested' };
      const answers = await Promise.all(Array.from({ length: 6 }, () => admin.post('/versions', one)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });

    it('and stay with their item', async () => {
      const { id, item } = await draft();
      const other = await draft();
      for (const change of [{ item: '1' }, { collection: 'plain' }, { delta: {} }, { hash: 'x' }, { key: 'main' }])
        expect(failure(await admin.patch(`/versions/${id}`, change))).toEqual(INVALID_PAYLOAD);
      const second = await admin.post('/versions', { collection: 'pages', item, key: 'second' });
      expect(failure(await admin.patch(`/versions/${id}`, { key: 'second' }))).toEqual(UNPROCESSABLE);
      expect((await admin.patch(`/versions/${other.id}`, { key: 'second' })).status).toBe(200);
      expect((await admin.patch(`/versions/${second.body.data.id}`, { name: 'x' })).body.data.name).toBe('x');
    });

    it('and go with their item', async () => {
      const { id, item } = await draft();
      await admin.delete(`/items/pages/${item}`);
      expect(failure(await admin.get(`/versions/${id}`))).toEqual(FORBIDDEN);
    });
  });

  describe('hold changes', () => {
    it('that are merged, shown by reads, and leave the item as it is', async () => {
      const { id, item, key } = await draft({ price: 1, day: '2024-01-01' });
      await admin.post(`/versions/${id}/save`, { title: 'draft', price: '12.50' });
      const saved = await admin.post(`/versions/${id}/save`, { title: 'better', shown: 'true', day: null });
      expect(saved.body.data).toEqual({ title: 'better', price: '12.50', shown: 'true', day: null });
      const fields = 'fields=title,price,day,shown,id,t&alias[t]=title';
      const read = (await admin.get(`/items/pages/${item}?version=${key}&${fields}`)).body.data;
      expect(read).toEqual({ id: item, title: 'better', t: 'better', price: 12.5, day: null, shown: true });
      expect(await main(item)).toMatchObject({ title: 'main', price: 1, day: '2024-01-01', shown: null });
      expect((await admin.get(`/items/pages/${item}?version=main&fields=title`)).body.data.title).toBe('main');
      expect(failure(await admin.get(`/items/pages/${item}?version=nope`))).toEqual(FORBIDDEN);
      expect(failure(await admin.get('/items/plain/1?version=nope'))).toEqual(FORBIDDEN);
    });

    it('of relations, shown with the related items', async () => {
      const { id, item, key } = await draft({ topic: 1, parts: [{ text: 'a' }, { text: 'b' }] });
      const [a, b] = (await main(item)).parts as [number, number];
      const parts = { create: [{ text: 'c' }], update: [{ id: b, text: 'B' }], delete: [a] };
      await admin.post(`/versions/${id}/save`, { topic: 2, parts });
      const read = async (fields: string) =>
        (await admin.get(`/items/pages/${item}?version=${key}&fields=${fields}`)).body.data;
      expect(await read('topic,topic.name')).toEqual({ topic: { name: 'two' } });
      expect(await read('topic,parts')).toEqual({ topic: 2, parts: [b] });
      expect(await read('parts.text,parts.id')).toEqual({
        parts: [
          { id: b, text: 'B' },
          { id: null, text: 'c' },
        ],
      });
      await admin.post(`/versions/${id}/save`, { topic: { name: 'new' }, parts: [a, { text: 'd' }] });
      expect(await read('topic.name,parts.text')).toEqual({
        topic: { name: 'new' },
        parts: [{ text: 'a' }, { text: 'd' }],
      });
      expect(await main(item)).toMatchObject({ topic: 1, parts: [a, b] });
    });

    it('but no secrets, at any depth', async () => {
      const { id } = await draft();
      const canary = 'canary-of-versions';
      for (const payload of [
        { secret: canary },
        { parts: [{ text: 'x', password: canary }] },
        { parts: { create: [{ password: canary }], update: [], delete: [] } },
      ])
        expect(failure(await admin.post(`/versions/${id}/save`, payload))).toEqual(INVALID_PAYLOAD);
      expect((await admin.post(`/versions/${id}/save`, { secret: '**********' })).status).toBe(200);
      const contents = await openContents(server.project);
      expect(JSON.stringify([...(await contents.read())])).not.toContain(canary);
      await contents.close();
    });

    it('that are checked when they are promoted, not before', async () => {
      const { id, item } = await draft();
      expect((await admin.post(`/versions/${id}/save`, { title: null, count: -1 })).status).toBe(200);
      const { mainHash } = (await admin.get(`/versions/${id}/compare`)).body.data;
      const refused = await admin.post(`/versions/${id}/promote`, { mainHash });
      expect(failure(refused)).toEqual({ status: 400, codes: ['FAILED_VALIDATION', 'FAILED_VALIDATION'] });
      expect(await main(item)).toMatchObject({ title: 'main', count: null });
    });

    it('that are saved at the same time are all kept', async () => {
      const { id } = await draft();
      const fields = { title: 'x', price: 1, count: 2, shown: true, topic: 2 };
      await Promise.all(
        Object.entries(fields).map(([key, value]) => admin.post(`/versions/${id}/save`, { [key]: value })),
      );
      expect((await admin.get(`/versions/${id}?fields=delta`)).body.data.delta).toEqual(fields);
    });
  });

  describe('are promoted', () => {
    it('whole or in part, onto the item that was compared with', async () => {
      const { id, item } = await draft({ price: 1 });
      await admin.post(`/versions/${id}/save`, { title: 'draft', price: 2, topic: 2 });
      const compared = (await admin.get(`/versions/${id}/compare`)).body.data;
      expect(compared).toMatchObject({
        outdated: false,
        current: { id: String(item), title: 'draft', price: 2, topic: 2 },
        main: { id: item, title: 'main', price: 1 },
      });
      const part = { mainHash: compared.mainHash, fields: ['topic', 'nothing'] };
      expect((await admin.post(`/versions/${id}/promote`, part)).body.data).toEqual(item);
      expect(await main(item)).toMatchObject({ title: 'main', price: 1, topic: 2 });
      expect(failure(await admin.post(`/versions/${id}/promote`, { mainHash: compared.mainHash }))).toEqual(
        UNPROCESSABLE,
      );
      for (const body of [{}, { mainHash: 1 }, { mainHash: 'x', fields: 'title' }])
        expect(failure(await admin.post(`/versions/${id}/promote`, body))).toEqual(INVALID_PAYLOAD);
      const again = (await admin.get(`/versions/${id}/compare`)).body.data;
      expect(again.outdated).toBe(true);
      await admin.post(`/versions/${id}/promote`, { mainHash: again.mainHash });
      expect(await main(item)).toMatchObject({ title: 'draft', price: 2 });
    });

    it('without fields that went meanwhile, by whoever may write the others', async () => {
      await makeCollection(
        server,
        'sheets',
        ['kept', 'gone'].map((field) => ({ field, type: 'string' })),
        {
          versioning: true,
        },
      );
      await admin.post('/items/sheets', { kept: 'a', gone: 'b' });
      const { id } = (await admin.post('/versions', { collection: 'sheets', item: '1', key: 'x' })).body.data;
      await admin.post(`/versions/${id}/save`, { kept: 'A', gone: 'B' });
      await admin.delete('/fields/sheets/gone');
      const sheets = ['read', 'update'].map((action) => ({ collection: 'sheets', action }));
      const { client } = await userWith(server, 'sheets', [...ALL, ...sheets]);
      const { mainHash } = (await client.get(`/versions/${id}/compare`)).body.data;
      expect((await client.post(`/versions/${id}/promote`, { mainHash })).status).toBe(200);
      expect((await admin.get('/items/sheets/1')).body.data).toEqual({ id: 1, kept: 'A' });
    });

    it('once by two that compared with the same item', async () => {
      const { id, item } = await draft({ count: 1 });
      const other = await admin.post('/versions', { collection: 'pages', item, key: 'rival' });
      await admin.post(`/versions/${id}/save`, { title: 'one' });
      await admin.post(`/versions/${other.body.data.id}/save`, { title: 'two' });
      const { mainHash } = (await admin.get(`/versions/${id}/compare`)).body.data;
      const promote = (version: string) => admin.post(`/versions/${version}/promote`, { mainHash });
      const answers = await Promise.all([promote(id), promote(other.body.data.id)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    });
  });

  describe('give nobody more than they have', () => {
    const page = (action: string, more: object = {}) => ({ collection: 'pages', action, ...more });
    let client: Client;

    it('saving takes the right to change the item, in its fields', async () => {
      const { id, item } = await draft({ title: 'kept' });
      const mine = { permissions: { title: { _eq: 'mine' } } };
      const users = {
        reader: [...ALL, page('read')],
        priced: [...ALL, page('read'), page('update', { fields: ['price'] })],
        elsewhere: [...ALL, page('read'), page('update', mine)],
        writer: [page('read'), page('update')],
        'version-reader': [ALL[1] as object as (typeof ALL)[0], page('read'), page('update')],
        blind: [...ALL, page('update')],
      };
      for (const [name, permissions] of Object.entries(users)) {
        client = (await userWith(server, `save-${name}`, permissions)).client;
        expect(failure(await client.post(`/versions/${id}/save`, { title: 'stolen' })), name).toEqual(FORBIDDEN);
      }
      expect((await admin.get(`/versions/${id}?fields=delta`)).body.data.delta).toBe(null);
      client = (await userWith(server, 'save-all', [...ALL, page('read'), page('update')])).client;
      expect((await client.post(`/versions/${id}/save`, { title: 'fine' })).body.data).toEqual({ title: 'fine' });
      expect(await main(item)).toMatchObject({ title: 'kept' });
    });

    it('saving nested items takes the rights on them', async () => {
      const { id } = await draft();
      client = (await userWith(server, 'nested', [...ALL, page('read'), page('update')])).client;
      for (const payload of [{ parts: [{ text: 'x' }] }, { topic: { name: 'x' } }, { topic: { id: 1, name: 'x' } }])
        expect(failure(await client.post(`/versions/${id}/save`, payload))).toEqual(FORBIDDEN);
      const { client: more } = await userWith(server, 'nested-more', [
        ...ALL,
        page('read'),
        page('update'),
        { collection: 'tags', action: 'create', fields: ['id'] },
      ]);
      expect(failure(await more.post(`/versions/${id}/save`, { topic: { name: 'x' } }))).toEqual(FORBIDDEN);
    });

    it('promoting takes the right to make the change that another one saved', async () => {
      const { id, item } = await draft({ title: 'kept' });
      await admin.post(`/versions/${id}/save`, { title: 'admin', price: 5 });
      const { mainHash } = (await admin.get(`/versions/${id}/compare`)).body.data;
      const rule = { validation: { title: { _starts_with: 'ok' } } };
      for (const [name, permission] of Object.entries({
        none: page('read'),
        priced: page('update', { fields: ['price'] }),
        elsewhere: page('update', { permissions: { title: { _eq: 'mine' } } }),
      })) {
        client = (await userWith(server, `promote-${name}`, [...ALL, page('read'), permission])).client;
        expect(failure(await client.post(`/versions/${id}/promote`, { mainHash })), name).toEqual(FORBIDDEN);
      }
      client = (await userWith(server, 'promote-rule', [...ALL, page('read'), page('update', rule)])).client;
      const refused = await client.post(`/versions/${id}/promote`, { mainHash });
      expect(failure(refused)).toEqual({ status: 400, codes: ['FAILED_VALIDATION'] });
      expect(await main(item)).toMatchObject({ title: 'kept', price: null });
      client = (await userWith(server, 'promote-price', [...ALL, page('read'), page('update', { fields: ['price'] })]))
        .client;
      expect((await client.post(`/versions/${id}/promote`, { mainHash, fields: ['price'] })).status).toBe(200);
    });

    it('comparing and reading show what may be read of the item, and the digest tells nothing', async () => {
      const { id, item, key } = await draft({ title: 'open', price: 7 });
      await admin.post(`/versions/${id}/save`, { title: 'new', price: 8 });
      const fields = ['id', 'title'];
      client = (await userWith(server, 'look', [...ALL, page('read', { fields })])).client;
      const compared = (await client.get(`/versions/${id}/compare`)).body.data;
      expect(compared.main).toEqual({ id: item, title: 'open' });
      expect(compared.current).toEqual({ id: String(item), title: 'new' });
      expect((await client.get(`/items/pages/${item}?version=${key}`)).body.data).toEqual({ id: item, title: 'new' });
      const { client: out } = await userWith(server, 'look-out', [
        ...ALL,
        page('read', { permissions: { id: { _eq: 0 } } }),
      ]);
      expect(failure(await out.get(`/versions/${id}/compare`))).toEqual(FORBIDDEN);
      expect(failure(await out.get(`/items/pages/${item}?version=${key}`))).toEqual(FORBIDDEN);
      const made = await out.post('/versions', { collection: 'pages', item, key: 'x' });
      expect(failure(made)).toEqual(FORBIDDEN);
      const { client: blind } = await userWith(server, 'look-blind', [page('read')]);
      expect(failure(await blind.get(`/items/pages/${item}?version=${key}`))).toEqual(FORBIDDEN);
    });
  });
});
