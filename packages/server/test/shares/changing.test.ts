import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client, FORBIDDEN, failure } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Library, made, makeLibrary, makePerson, type Person, share } from './library.ts';

/** Who may make a share what: when it is made, and as it will be when it is changed. */
describe.each(DATABASES)('making and changing shares on %s', (database) => {
  let server: StartedServer;
  let library: Library;
  let admin: Client;
  let nora: Client;
  let hidden: number;
  /** May change every share, and share one book. */
  let omar: Person;

  beforeAll(async () => {
    server = await startProject(database);
    library = await makeLibrary(server);
    ({ admin } = library);
    nora = library.nora.client;
    hidden = (await made(admin, '/items/books', { title: 'Draft', status: 'draft' })).id;
    omar = await makePerson(server, 'omar', [
      { collection: 'books', fields: ['id'] },
      { collection: 'books', action: 'share', permissions: { id: { _eq: library.book } } },
      { collection: 'directus_shares', action: 'read' },
      { collection: 'directus_shares', action: 'update' },
    ]);
  });
  afterAll(() => discard(server));

  const stored = async (id: string) => (await admin.get(`/shares/${id}`)).body.data;

  /** Every way to change an item refuses the change, and leaves the share as it was. */
  async function refuses(client: Client, id: string, change: object): Promise<void> {
    const before = await stored(id);
    const ways = [
      client.patch(`/shares/${id}`, change),
      client.patch('/shares', { keys: [id], data: change }),
      client.patch('/shares', { query: { filter: { id: { _eq: id } } }, data: change }),
      client.patch('/shares', [{ id, ...change }]),
    ];
    for (const answer of await Promise.all(ways)) expect([change, failure(answer)]).toEqual([change, FORBIDDEN]);
    expect(await stored(id)).toEqual(before);
  }

  it('needs permission to share the item', async () => {
    const { role } = library.reader;
    const items: [string, unknown][] = [
      ['books', hidden],
      ['books', 4711],
      ['books', 'x'],
      ['authors', 1],
      ['missing', 1],
      ['directus_users', library.nora.id],
      ['__proto__', 1],
    ];
    for (const [collection, item] of items) {
      expect([item, failure(await nora.post('/shares', { collection, item, role }))]).toEqual([item, FORBIDDEN]);
      const batch = [
        { collection: 'books', item: library.book, role },
        { collection, item, role },
      ];
      expect(failure(await nora.post('/shares', batch))).toEqual(FORBIDDEN);
    }
    expect((await nora.get('/shares')).body.data).toEqual([]);
    for (const body of [{}, { collection: 'books' }, { item: 1 }, { collection: { collection: 'x' }, item: 1 }])
      expect((await nora.post('/shares', body)).status).toBe(400);
  });

  it('is of whoever makes it, unused, whatever the payload says', async () => {
    const id = await share(library, { user_created: omar.id, times_used: -5, date_created: '2001-01-01T00:00:00Z' });
    const { user_created, times_used, item, date_created } = await stored(id);
    expect({ user_created, times_used, item }).toEqual({
      user_created: library.nora.id,
      times_used: 0,
      item: String(library.book),
    });
    expect(date_created).not.toMatch(/^2001/);
  });

  it('is not re-pointed to what its author may not share', async () => {
    const id = await share(library);
    for (const change of [
      { item: hidden },
      { item: String(hidden) },
      { item: 4711 },
      { collection: 'authors' },
      { collection: 'authors', item: 1 },
      { collection: 'directus_users', item: library.nora.id },
      { user_created: omar.id },
      { user_created: null },
      { times_used: -100 },
      { name: 'x', times_used: null },
    ])
      await refuses(nora, id, change);
    await made(nora, `/shares/${id}`, { item: library.other, user_created: library.nora.id, times_used: 0 }, 'patch');
    expect((await stored(id)).item).toBe(String(library.other));
  });

  it('is not made another share by whoever did not make it', async () => {
    const own = await share(library);
    const { id: role } = await made(admin, '/roles', { name: 'Everything' });
    for (const change of [{ role }, { role: null }, { item: library.other }, { user_created: omar.id }])
      await refuses(omar.client, own, change);
    await made(omar.client, `/shares/${own}`, { name: 'renamed', item: library.book }, 'patch');
    expect((await stored(own)).name).toBe('renamed');
    // Nothing at all of a share of what one may not share.
    await refuses(omar.client, await share(library, { item: library.other }), { password: null });
  });

  it('is not changed once the item may not be shared any more', async () => {
    const id = await share(library);
    await made(admin, `/items/books/${library.book}`, { status: 'draft' }, 'patch');
    await refuses(nora, id, { date_end: '2090-01-01T00:00:00Z' });
    await made(admin, `/items/books/${library.book}`, { status: 'shown' }, 'patch');
  });

  it('is made by no token that leaves its user less than everything', async () => {
    const collections = { books: ['read', 'share'], directus_shares: ['create', 'read', 'update'] };
    const narrow = await made(nora, '/users/me/tokens', { name: 'narrow', scope: { collections } });
    const whole = await made(nora, '/users/me/tokens', { name: 'whole' });
    const body = { collection: 'books', item: library.book, role: library.reader.role };
    expect(failure(await new Client(server, narrow.token).post('/shares', body))).toEqual(FORBIDDEN);
    const { id } = await made(new Client(server, whole.token), '/shares', body);
    await refuses(new Client(server, narrow.token), id, { name: 'x' });
  });

  it('has its author and its count also when an administrator changes it', async () => {
    const id = await share(library);
    await refuses(admin, id, { user_created: omar.id });
    await refuses(admin, id, { times_used: 7 });
    await refuses(admin, id, { item: 4711 });
    await made(admin, `/shares/${id}`, { item: hidden, name: 'x' }, 'patch');
    expect((await stored(id)).user_created).toBe(library.nora.id);
  });
});
