import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, FORBIDDEN, failure } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import {
  allow,
  anonymous,
  HIDDEN,
  type Library,
  made,
  makeLibrary,
  makePerson,
  makePolicy,
  type Person,
  type Rule,
  share,
  tokenOf,
  visit,
} from './library.ts';

const SHARING: readonly Rule[] = [
  { collection: 'books', action: 'share' },
  { collection: 'directus_shares', action: 'create' },
  { collection: 'directus_shares', action: 'read' },
];

/** A share shows what its role and its author may both read at this moment, and nobody is shown another's answer. */
describe.each(DATABASES)('limits of a share on %s', (database) => {
  let server: StartedServer;
  let library: Library;
  let admin: Client;
  /** A role that may do everything. */
  let all: string;
  let people = 0;

  beforeAll(async () => {
    server = await startProject(database, { IP_TRUST_PROXY: 'true' });
    library = await makeLibrary(server);
    ({ admin } = library);
    all = (await made(admin, '/roles', { name: 'All' })).id;
    await makePolicy(admin, 'All', [], { role: all }, { admin_access: true, app_access: true });
  });
  afterAll(() => discard(server));

  const sharer = (rules: readonly Rule[]): Promise<Person> =>
    makePerson(server, `p${++people}`, [...rules, ...SHARING]);
  const one = async (guest: Client, fields = '*') => {
    const answer = await guest.get(`/items/books/${library.book}?fields=${fields}`);
    return answer.status === 200 ? answer.body.data : failure(answer);
  };

  it('lends no right that its author has not, however strong the role', async () => {
    const weak = await sharer([{ collection: 'books', fields: ['id', 'title', 'author', 'chapters'] }]);
    const guest = await visit(server, await share(library, { role: all }, weak.client));
    expect(Object.keys(await one(guest)).sort()).toEqual(['author', 'id', 'title']);
    expect(await one(guest, 'notes')).toEqual(FORBIDDEN);
    expect(await one(guest, 'count(tags)')).toEqual(FORBIDDEN);
    for (const query of [
      'filter[notes][_contains]=CANARY',
      'sort=notes',
      'aggregate[min]=notes',
      'groupBy[]=notes',
      'alias[x]=notes&fields=x',
      'fields=year(notes)',
      'filter[_or][0][notes][_null]=true',
      'fields=notes&export=csv',
    ])
      expect([query, failure(await guest.get(`/items/books?${query}`))]).toEqual([query, FORBIDDEN]);
    expect((await guest.get(`/items/books?search=${HIDDEN}`)).body.data).toEqual([]);
    // Related collections are no different.
    expect(await one(guest, 'title,author.name,chapters.title')).toEqual({ title: 'seen book' });
    expect(failure(await guest.get(`/assets/${library.files.cover}`))).toEqual(FORBIDDEN);
    expect((await guest.get('/policies/me/globals')).body.data.admin_access).toBe(false);
    for (const path of ['/users', '/server/info?x', '/collections', '/schema/snapshot'])
      expect((await guest.get(path)).text).not.toContain('"admin_access":true');
    expect(failure(await guest.get('/users'))).toEqual(FORBIDDEN);
    expect(failure(await guest.get('/collections'))).toEqual(FORBIDDEN);
  });

  it('lends no right that its role has not, however strong the author', async () => {
    const guest = await visit(server, await share(library, {}, admin));
    await made(admin, `/items/books/${library.book}`, { status: 'draft' }, 'patch');
    expect(await one(guest)).toEqual(FORBIDDEN);
    await made(admin, `/items/books/${library.book}`, { status: 'shown' }, 'patch');
    expect((await one(guest)).title).toBe('seen book');
  });

  it('follows both as they are now', async () => {
    const person = await sharer([{ collection: 'books', fields: ['id', 'title', 'notes', 'status'] }]);
    const guest = await visit(server, await share(library, { role: all }, person.client));
    expect(await one(guest, 'title,notes')).toEqual({ title: 'seen book', notes: `${HIDDEN} notes` });
    const [mine] = (await admin.get(`/permissions?filter[policy]=${person.policy}&filter[action]=read`)).body.data;
    await made(admin, `/permissions/${mine.id}`, { fields: ['id', 'title'] }, 'patch');
    expect(await one(guest, 'title,notes')).toEqual(FORBIDDEN);
    await made(admin, `/permissions/${mine.id}`, { permissions: { status: { _eq: 'draft' } } }, 'patch');
    expect(await one(guest, 'title')).toEqual(FORBIDDEN);
    await made(admin, `/permissions/${mine.id}`, { permissions: { status: { _eq: 'shown' } } }, 'patch');
    expect(await one(guest, 'title')).toEqual({ title: 'seen book' });
    await admin.delete(`/permissions/${mine.id}`);
    expect(await one(guest, 'title')).toEqual(FORBIDDEN);
  });

  it('shows a field only where both may see it', async () => {
    const person = await sharer([
      { collection: 'books', fields: ['id', 'title'] },
      { collection: 'books', fields: ['notes'], permissions: { title: { _contains: 'nothing' } } },
    ]);
    const guest = await visit(server, await share(library, { role: all }, person.client));
    expect(await one(guest, 'title,notes')).toEqual({ title: 'seen book', notes: null });
    expect((await guest.get('/items/books?aggregate[max]=notes')).body.data).toEqual([{ max: { notes: null } }]);
    expect((await guest.get('/items/books?filter[notes][_nnull]=true')).body.data).toEqual([]);
  });

  it('fills in variables with the author in the rules of the author, and with nobody in those of the role', async () => {
    const rule = { author: { name: { _eq: '$CURRENT_USER.first_name' } } };
    const person = await sharer([{ collection: 'books', fields: ['id', 'title', 'author'], permissions: rule }]);
    const guest = await visit(server, await share(library, { role: all }, person.client));
    expect(await one(guest, 'title')).toEqual(FORBIDDEN);
    await made(admin, `/users/${person.id}`, { first_name: 'Ada' }, 'patch');
    expect(await one(guest, 'title')).toEqual({ title: 'seen book' });
    const { id: role } = await made(admin, '/roles', { name: 'Own books' });
    const policy = await makePolicy(admin, 'Own books', [{ collection: 'books', permissions: rule }], { role });
    const other = await visit(server, await share(library, { role }, person.client));
    expect(await one(other, 'title')).toEqual(FORBIDDEN);
    const [own] = (await admin.get(`/permissions?filter[policy]=${policy}`)).body.data;
    for (const permissions of [{ id: { _nin: ['$CURRENT_USER'] } }, { title: { _neq: '$CURRENT_USER' } }]) {
      await made(admin, `/permissions/${own.id}`, { permissions }, 'patch');
      expect(await one(other, 'title')).toEqual(FORBIDDEN);
    }
    const own_role = { author: { name: { _eq: '$CURRENT_ROLE.name' } } };
    await made(admin, `/permissions/${own.id}`, { permissions: own_role }, 'patch');
    expect(await one(other, 'title')).toEqual(FORBIDDEN);
    await made(admin, `/roles/${role}`, { name: 'Ada' }, 'patch');
    expect(await one(other, 'title')).toEqual({ title: 'seen book' });
  });

  it('does not lend what app access brings', async () => {
    const { id: role } = await made(admin, '/roles', { name: 'App' });
    await makePolicy(admin, 'App', [{ collection: 'books' }], { role }, { app_access: true });
    const guest = await visit(server, await share(library, { role }, admin));
    expect((await one(guest, 'title')).title).toBe('seen book');
    for (const place of ['settings', 'users', 'collections', 'fields', 'translations', 'presets', 'roles'])
      expect([place, failure(await guest.get(`/${place}`))]).toEqual([place, FORBIDDEN]);
    expect((await guest.get('/policies/me/globals')).body.data.app_access).toBe(false);
    // Who has app access may read its own role.
    await made(admin, '/fields/books', { field: 'lent_to', type: 'uuid', meta: { special: ['m2o'] } });
    const lent = { collection: 'books', field: 'lent_to', related_collection: 'directus_roles', schema: {}, meta: {} };
    await made(admin, '/relations', lent);
    await made(admin, `/items/books/${library.book}`, { lent_to: role }, 'patch');
    expect(await one(guest, 'title,lent_to.name')).toEqual({ title: 'seen book' });
  });

  it('leaves out policies that are bound to other addresses, of the role and of the author', async () => {
    const HERE = '198.51.100.7';
    const THERE = '198.51.100.8';
    const statusFrom = async (address: string, token: string) => {
      const headers = { 'x-forwarded-for': address, authorization: `Bearer ${token}` };
      return (await fetch(`${server.url}/items/books/${library.book}?fields=title`, { headers })).status;
    };
    const { id: role } = await made(admin, '/roles', { name: 'Here' });
    const here = { ip_access: [HERE] };
    await makePolicy(admin, 'Here', [{ collection: 'books' }], { role }, here);
    const byRole = await tokenOf(server, await share(library, { role }, admin));
    const person = await sharer([]);
    await makePolicy(admin, 'Author here', [{ collection: 'books' }], { user: person.id }, here);
    const byAuthor = await tokenOf(server, await share(library, { role: all }, person.client));
    for (const token of [byRole, byAuthor]) {
      const answers = [];
      for (const address of [THERE, HERE, THERE, HERE]) answers.push(await statusFrom(address, token));
      expect(answers).toEqual([403, 200, 403, 200]);
    }
  });

  it('answers everybody for themselves, in any order', async () => {
    const { id: policy } = await made(admin, '/policies', { name: 'Public titles' });
    await allow(admin, policy, { collection: 'books', fields: ['id'], permissions: { status: { _eq: 'none' } } });
    await made(admin, '/access', { policy, role: null, user: null });
    const weak = await sharer([{ collection: 'books', fields: ['id', 'title'] }]);
    const callers: [string, Client][] = [
      ['a book', await visit(server, await share(library))],
      ['another book', await visit(server, await share(library, { item: library.other }))],
      ['the book, by somebody else', await visit(server, await share(library, {}, weak.client))],
      ['the book, with another role', await visit(server, await share(library, { role: all }, weak.client))],
      ['an author', await visit(server, await share(library, { collection: 'authors', item: 1 }, admin))],
      ['the sharer', library.nora.client],
      ['the other sharer', weak.client],
      ['nobody', anonymous(server)],
      ['the administrator', admin],
    ];
    const paths = [
      '/items/books?fields=*&sort=id',
      '/items/books?aggregate[count]=*',
      '/permissions/me',
      '/server/specs/oas',
    ];
    for (const path of paths) {
      const expected = new Map<string, string>();
      for (const [name, client] of callers) {
        const answer = await client.get(path);
        expected.set(name, `${answer.status} ${answer.text}`);
      }
      if (path.includes('fields=*')) expect(new Set(expected.values()).size).toBe(7);
      const turns = [...callers, ...callers.toReversed(), ...callers, ...callers.toReversed()];
      const answers = await Promise.all(
        turns.map(async ([name, client]) => {
          const answer = await client.get(path);
          return [name, `${answer.status} ${answer.text}`] as const;
        }),
      );
      for (const [name, text] of answers) expect([path, name, text]).toEqual([path, name, expected.get(name)]);
    }
  });
});
