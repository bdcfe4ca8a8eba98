import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Client, FORBIDDEN, failure, INVALID_PAYLOAD, makeCollection, userWith } from './project.ts';

describe.each(DATABASES)('sorting, reverting and what else is beside items (%s)', (database) => {
  let server: StartedServer;
  let admin: Client;

  beforeAll(async () => {
    server = await startProject(database);
    admin = new Client(server);
  });
  afterAll(() => discard(server));

  describe('sorting', () => {
    let clerk: Client;
    const names = async () => {
      const { data } = (await admin.get('/items/shelf?fields=name,place&sort=place&limit=-1')).body;
      return data.map(({ name, place }: { name: string; place: number }) => `${name}${place}`).join(' ');
    };
    const put = async (places: (number | null)[]) => {
      await admin.post('/utils/cache/clear', {});
      const all = (await admin.get('/items/shelf?fields=id&sort=id&limit=-1')).body.data.map(
        ({ id }: { id: number }) => id,
      );
      for (const [i, id] of all.entries()) await admin.patch(`/items/shelf/${id}`, { place: places[i] });
    };

    beforeAll(async () => {
      const fields = [
        { field: 'name', type: 'string' },
        { field: 'place', type: 'integer' },
        { field: 'open', type: 'boolean' },
      ];
      await makeCollection(server, 'shelf', fields, { sort_field: 'place' });
      await admin.post(
        '/items/shelf',
        [...'abcde'].map((name) => ({ name, open: name !== 'c' })),
      );
      const open = { open: { _eq: true } };
      const made = await userWith(server, 'clerk', [
        { collection: 'shelf', action: 'update', permissions: open, fields: ['place'] },
        { collection: 'shelf', action: 'read' },
      ]);
      clerk = made.client;
    });

    it('gives places first where there are none, or where they are shared', async () => {
      expect((await admin.post('/utils/sort/shelf', { item: 1, to: 3 })).status).toBe(200);
      expect(await names()).toBe('b1 c2 a3 d4 e5');
      await put([7, 7, null, 1, null]);
      expect((await admin.post('/utils/sort/shelf', { item: 4, to: 4 })).status).toBe(200);
      expect(await names()).toBe('d1 a2 b3 c4 e5');
    });

    it('moves up and down and leaves the others', async () => {
      await put([1, 2, 3, 4, 5]);
      await admin.post('/utils/sort/shelf', { item: 4, to: 2 });
      expect(await names()).toBe('a1 d2 b3 c4 e5');
      await admin.post('/utils/sort/shelf', { item: '4', to: '3' });
      expect(await names()).toBe('a1 b2 c3 d4 e5');
    });

    it('moves nothing past what the caller may not change', async () => {
      await put([1, 2, 3, 4, 5]);
      expect((await clerk.post('/utils/sort/shelf', { item: 4, to: 5 })).status).toBe(200);
      for (const [item, to] of [
        [1, 5],
        [3, 1],
        [1, 3],
        [99, 1],
      ])
        expect(failure(await clerk.post('/utils/sort/shelf', { item, to }))).toEqual(FORBIDDEN);
      expect(await names()).toBe('a1 b2 c3 e4 d5');
    });

    it('needs the right to write the sort field', async () => {
      const named = [{ collection: 'shelf', action: 'update', fields: ['name'] }];
      const { client } = await userWith(server, 'namer', named);
      expect(failure(await client.post('/utils/sort/shelf', { item: 1, to: 2 }))).toEqual(FORBIDDEN);
      const anonymous = new Client(server, null);
      expect(failure(await anonymous.post('/utils/sort/shelf', { item: 1, to: 2 }))).toEqual(FORBIDDEN);
      expect(failure(await admin.post('/utils/sort/directus_users', { item: 1, to: 2 }))).toEqual(FORBIDDEN);
      expect(failure(await admin.post('/utils/sort/nowhere', { item: 1, to: 2 }))).toEqual(FORBIDDEN);
    });

    it('many at once leave every place taken once', async () => {
      await put([1, 2, 3, 4, 5]);
      const moves = Array.from({ length: 20 }, (_, i) => ({ item: (i % 5) + 1, to: ((i * 3) % 5) + 1 }));
      const answers = await Promise.all(moves.map((move) => admin.post('/utils/sort/shelf', move)));
      expect(answers.map(({ status }) => status)).toEqual(moves.map(() => 200));
      expect((await names()).replace(/[a-e]/g, '')).toBe('1 2 3 4 5');
    });
  });

  describe('reverting', () => {
    const revisions = async (item: number) => {
      const path = `/revisions?fields=id,data&sort=id&filter[collection][_eq]=notes&filter[item][_eq]=${item}`;
      return (await admin.get(path)).body.data as { id: number; data: Record<string, unknown> }[];
    };

    beforeAll(async () => {
      await makeCollection(server, 'topics', [{ field: 'name', type: 'string' }]);
      await makeCollection(server, 'notes', [
        { field: 'title', type: 'string' },
        { field: 'tags', type: 'csv', meta: { special: ['cast-csv'] } },
        { field: 'more', type: 'json', meta: { special: ['cast-json'] } },
        { field: 'secret', type: 'hash', meta: { special: ['hash', 'conceal'] } },
        { field: 'price', type: 'decimal', schema: { numeric_precision: 10, numeric_scale: 2 } },
        { field: 'topic', type: 'integer', meta: { special: ['m2o'] } },
      ]);
      const relation = { collection: 'notes', field: 'topic', related_collection: 'topics', schema: {}, meta: {} };
      await admin.post('/relations', relation);
      await admin.post('/items/topics', [{ name: 'one' }, { name: 'two' }]);
    });

    it('brings back every value, many-to-ones too, and leaves a revision of its own', async () => {
      const first = { title: 'a', tags: ['x', 'y'], more: { deep: [1, null] }, price: '12.50', topic: 1, secret: 's' };
      const { id } = (await admin.post('/items/notes', first)).body.data;
      const before = (await admin.get(`/items/notes/${id}`)).body.data;
      await admin.patch(`/items/notes/${id}`, { title: 'b', tags: [], more: null, price: 1, topic: 2 });
      const [made] = await revisions(id);
      expect((await admin.post(`/utils/revert/${made?.id}`, {})).status).toBe(204);
      expect((await admin.get(`/items/notes/${id}`)).body.data).toEqual(before);
      expect(await revisions(id)).toHaveLength(3);
      expect(JSON.stringify(await revisions(id))).not.toContain('$argon2');
    });

    it('takes the right to read the revision and to change what differs', async () => {
      const { id } = (await admin.post('/items/notes', { title: 'old', price: 1 })).body.data;
      await admin.patch(`/items/notes/${id}`, { title: 'new' });
      const [made] = await revisions(id);
      const revert = (client: Client) => client.post(`/utils/revert/${made?.id}`, {});
      const update = { collection: 'notes', action: 'update', fields: ['title'] };
      const read = { collection: 'directus_revisions', action: 'read' };
      const price = { ...update, fields: ['price'] };
      for (const [name, permissions] of Object.entries({
        writer: [update],
        reader: [read],
        other: [read, price],
        elsewhere: [read, { ...update, permissions: { title: { _eq: 'old' } } }],
      }))
        expect(failure(await revert((await userWith(server, `revert-${name}`, permissions)).client))).toEqual(
          FORBIDDEN,
        );
      expect((await admin.get(`/items/notes/${id}`)).body.data.title).toBe('new');
      const { client } = await userWith(server, 'revert-both', [read, update]);
      expect((await revert(client)).status).toBe(204);
      expect((await admin.get(`/items/notes/${id}`)).body.data.title).toBe('old');
    });

    it('is refused for items that are gone, and for what only the server writes', async () => {
      const { id } = (await admin.post('/items/notes', { title: 'short' })).body.data;
      const [made] = await revisions(id);
      await admin.delete(`/items/notes/${id}`);
      for (const revision of [made?.id, 0, 'x', -1])
        expect(failure(await admin.post(`/utils/revert/${revision}`, {}))).toEqual(FORBIDDEN);
    });
  });

  describe('comments', () => {
    it('are about items that their author may read', async () => {
      await makeCollection(server, 'essays', [{ field: 'title', type: 'string' }]);
      await admin.post('/items/essays', [{ title: 'open' }, { title: 'closed' }]);
      const own = ['create', 'read', 'update'].map((action) => ({ collection: 'directus_comments', action }));
      const open = { title: { _eq: 'open' } };
      const { client } = await userWith(server, 'critic', [
        ...own,
        { collection: 'essays', action: 'read', permissions: open },
      ]);
      const comment = (item: unknown, collection = 'essays') =>
        client.post('/comments', { collection, item, comment: 'fine' });
      const made = await comment(1);
      expect(made.body.data).toMatchObject({ collection: 'essays', item: '1', comment: 'fine' });
      for (const answer of [
        await comment(2),
        await comment(99),
        await comment(1, 'nowhere'),
        await comment(1, 'notes'),
      ])
        expect(failure(answer)).toEqual(FORBIDDEN);
      const { id } = made.body.data;
      expect(failure(await client.patch(`/comments/${id}`, { item: '2' }))).toEqual(FORBIDDEN);
      expect((await client.patch(`/comments/${id}`, { comment: 'better' })).body.data.comment).toBe('better');
      expect(failure(await client.patch(`/comments/${id}`, { comment: ' ' }))).toEqual(INVALID_PAYLOAD);
    });
  });

  describe('translations', () => {
    let id: string;
    beforeEach(async () => {
      const { data } = (await admin.get('/translations?fields=id')).body;
      for (const one of data) await admin.delete(`/translations/${one.id}`);
      id = (await admin.post('/translations', { language: 'de-DE', key: 'book', value: 'Buch' })).body.data.id;
    });

    it('have each key once in a language, also when one is renamed or many are made', async () => {
      const other = (await admin.post('/translations', { language: 'de-DE', key: 'tome', value: 'Band' })).body.data.id;
      expect(failure(await admin.patch(`/translations/${other}`, { key: 'book' }))).toEqual(INVALID_PAYLOAD);
      const twice = [1, 2].map(() => ({ language: 'fr-FR', key: 'book', value: 'livre' }));
      expect(failure(await admin.post('/translations', twice))).toEqual(INVALID_PAYLOAD);
      expect((await admin.patch(`/translations/${id}`, { value: 'Werk' })).status).toBe(200);
    });

    it('are made once by writers at the same time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          admin.post('/translations', { language: 'it-IT', key: 'book', value: 'libro' }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });
  });

  it('clearing the cache is for administrators', async () => {
    expect((await admin.post('/utils/cache/clear', {})).text).toBe('');
    expect(failure(await new Client(server, null).post('/utils/cache/clear', {}))).toEqual(FORBIDDEN);
  });
});
