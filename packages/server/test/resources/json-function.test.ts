import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Client, FORBIDDEN, failure, makeCollection, userWith } from './project.ts';

const INVALID_QUERY = { status: 400, codes: ['INVALID_QUERY'] };
const DETAILS = { a: { b: [10, { c: 'deep' }], '0': 'zero', 'ö x': true }, list: ['5', 5, null, { k: 'v' }], n: 1.5 };

describe.each(DATABASES)('json() in fields (%s)', (database) => {
  let server: StartedServer;
  let admin: Client;
  const ask = async (...paths: string[]) => {
    const fields = paths.map((path) => `fields[]=${encodeURIComponent(`json(details, ${path})`)}`).join('&');
    return (await admin.get(`/items/things?sort=id&${fields}`)).body.data;
  };

  beforeAll(async () => {
    server = await startProject(database, { MAX_JSON_QUERY_DEPTH: '4' });
    admin = new Client(server);
    await makeCollection(server, 'things', [
      { field: 'name', type: 'string' },
      { field: 'details', type: 'json', meta: { special: ['cast-json'] } },
      { field: 'hidden', type: 'json', meta: { special: ['cast-json', 'conceal'] } },
      { field: 'parent', type: 'integer', meta: { special: ['m2o'] } },
      { field: 'children', type: 'alias', schema: null, meta: { special: ['o2m'] } },
    ]);
    const relation = { collection: 'things', field: 'parent', related_collection: 'things', schema: {} };
    await admin.post('/relations', { ...relation, meta: { one_field: 'children' } });
    await admin.post('/items/things', [
      { name: 'one', details: DETAILS, hidden: { k: 'canary' } },
      { name: 'two', details: [{ x: 'y' }], parent: 1 },
      { name: 'three', details: null, parent: 1 },
    ]);
  });
  afterAll(() => discard(server));

  it('gives values of every kind as they are', async () => {
    expect(await ask('a.b[0]', 'a.b[1].c', 'a.b', 'list[0]', 'list[1]', 'list[2]', 'list[3].k', 'n', 'a.ö x')).toEqual([
      {
        details_a_b_0_json: 10,
        details_a_b_1_c_json: 'deep',
        details_a_b_json: [10, { c: 'deep' }],
        details_list_0_json: '5',
        details_list_1_json: 5,
        details_list_2_json: null,
        details_list_3_k_json: 'v',
        details_n_json: 1.5,
        'details_a_ö x_json': true,
      },
      ...[1, 2].map(() => ({
        details_a_b_0_json: null,
        details_a_b_1_c_json: null,
        details_a_b_json: null,
        details_list_0_json: null,
        details_list_1_json: null,
        details_list_2_json: null,
        details_list_3_k_json: null,
        details_n_json: null,
        'details_a_ö x_json': null,
      })),
    ]);
  });

  it('takes positions of lists and keys of objects, not one for the other', async () => {
    expect((await ask('[0].x'))[1]).toEqual({ details_0_x_json: 'y' });
    expect((await ask('a[0]'))[0]).toEqual({ details_a_0_json: null });
    expect((await ask('a.0'))[0]).toEqual({ details_a_0_json: 'zero' });
  });

  it('works in nested fields, lists and under an alias', async () => {
    const nested = encodeURIComponent('name,parent.json(details, list[0]),children.json(details, [0].x)');
    const { data } = (await admin.get(`/items/things?sort=id&fields=${nested}&deep[children][_sort]=id`)).body;
    expect(data[0]).toEqual({
      name: 'one',
      parent: null,
      children: [{ details_0_x_json: 'y' }, { details_0_x_json: null }],
    });
    expect(data[1]).toEqual({ name: 'two', parent: { details_list_0_json: '5' }, children: [] });
    const alias = `fields=k&alias[k]=${encodeURIComponent('json(details, n)')}`;
    expect((await admin.get(`/items/things/1?${alias}`)).body.data).toEqual({ k: 1.5 });
  });

  it.each([
    ['no path', 'json(details)'],
    ['an empty path', 'json(details, )'],
    ['a wildcard', 'json(details, list[*])'],
    ['a wildcard of keys', 'json(details, a.*)'],
    ['a quote', 'json(details, a"b)'],
    ['a single quote', "json(details, a'b)"],
    ['a backslash', 'json(details, a\\b)'],
    ['a root', 'json(details, $.a)'],
    ['two dots', 'json(details, a..b)'],
    ['a dot at the end', 'json(details, a.)'],
    ['a negative position', 'json(details, list[-1])'],
    ['an open bracket', 'json(details, list[0)'],
    ['too many steps', 'json(details, a.b.c.d.e)'],
    ['a field of another type', 'json(name, a)'],
    ['control characters', 'json(details, a\u0000b)'],
  ])('refuses %s', async (_, call) => {
    expect(failure(await admin.get(`/items/things?fields=${encodeURIComponent(call)}`))).toEqual(INVALID_QUERY);
  });

  it('is refused in sort, filter and groups, and for what may not be read', async () => {
    const call = encodeURIComponent('json(details, n)');
    expect(failure(await admin.get(`/items/things?sort=${call}`))).toEqual(FORBIDDEN);
    expect(failure(await admin.get(`/items/things?filter[${call}][_eq]=1.5`))).toEqual(INVALID_QUERY);
    expect(failure(await admin.get(`/items/things?groupBy[]=${call}&aggregate[count]=*`))).toEqual(INVALID_QUERY);
    const hidden = await admin.get(`/items/things?fields=${encodeURIComponent('json(hidden, k)')}`);
    expect(failure(hidden)).toEqual(FORBIDDEN);
    expect(failure(await admin.get(`/items/things?fields=${encodeURIComponent('json(nope, k)')}`))).toEqual(FORBIDDEN);
    const named = [{ collection: 'things', action: 'read', fields: ['name'] }];
    const { client } = await userWith(server, 'namer', named);
    expect(failure(await client.get(`/items/things?fields=${call}`))).toEqual(FORBIDDEN);
  });

  it('shows nothing of items for which the field is hidden', async () => {
    const { client } = await userWith(server, 'partly', [
      { collection: 'things', action: 'read', fields: ['id'] },
      { collection: 'things', action: 'read', fields: ['details'], permissions: { id: { _eq: 2 } } },
    ]);
    const fields = encodeURIComponent('id,json(details, n),json(details, [0].x)');
    const { data } = (await client.get(`/items/things?sort=id&limit=2&fields=${fields}`)).body;
    expect(data).toEqual([
      { id: 1, details_n_json: null, details_0_x_json: null },
      { id: 2, details_n_json: null, details_0_x_json: 'y' },
    ]);
  });
});
