import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject } from '../started-server.ts';

const KEY = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
const column = (field: string, type: string, special?: string[]) => ({
  field,
  type,
  schema: {},
  meta: special ? { special } : {},
});

const INVALID = [400, 'INVALID_QUERY'];
const FORBIDDEN = [403, 'FORBIDDEN'];
const FINE = [200, undefined];

/** `a.b.c…` over so many relations. */
const path = (relations: number, last: string): string => [...Array(relations).fill('parent'), last].join('.');
const nested = (levels: number, key: string): unknown => {
  let filter: unknown = { name: { _eq: 'x' } };
  for (let i = 0; i < levels; i++) filter = { [key]: key.startsWith('_') ? [filter] : filter };
  return filter;
};

/** What queries may not ask, and the last that they may. Nobody gets an error of the database for an answer. */
describe.each(DATABASES)('queries on %s', (database) => {
  let project: Inside;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    const fields = [
      KEY,
      column('name', 'string'),
      column('amount', 'integer'),
      column('doc', 'json', ['cast-json']),
      column('seed', 'string', ['conceal']),
      column('parent', 'integer', ['m2o']),
      { field: 'children', type: 'alias', meta: { special: ['o2m'] } },
      { field: 'line', type: 'alias', meta: { special: ['alias', 'no-data'] } },
    ];
    await project.must('POST', '/collections', { collection: 'things', schema: {}, meta: {}, fields });
    const relation = { collection: 'things', field: 'parent', related_collection: 'things', schema: {} };
    await project.must('POST', '/relations', { ...relation, meta: { one_field: 'children' } });
    await project.must('POST', '/items/things', { name: 'x', amount: 2, doc: { a: 1 }, seed: 's' });
  });
  afterAll(async () => {
    await project?.close();
    await project?.place.remove();
  });

  it.each<[what: string, query: object, expected: unknown[]]>([
    ['count of a list', { aggregate: { count: 'children' } }, INVALID],
    ['group of a list', { groupBy: ['children'] }, INVALID],
    ['sum of texts', { aggregate: { sum: 'name' } }, INVALID],
    ['average of texts', { aggregate: { avgDistinct: 'name' } }, INVALID],
    ['sum of numbers', { aggregate: { sum: 'amount' } }, FINE],
    ['the greatest document', { aggregate: { max: 'doc' } }, INVALID],
    ['the least document', { aggregate: { min: 'doc' } }, INVALID],
    ['the sum of all', { aggregate: { sum: '*' } }, INVALID],
    ['group by a part of a document', { groupBy: ['json(doc, a)'] }, INVALID],
    ['group by a secret', { groupBy: ['seed'] }, FORBIDDEN],
    ['the least secret', { aggregate: { min: 'seed' } }, FORBIDDEN],
    ['group by what is not there', { groupBy: ['nothing'] }, FORBIDDEN],
    ['groups in the order of what is no group', { groupBy: ['name'], sort: ['amount'] }, FORBIDDEN],
    ['filter by a part of a document', { filter: { 'json(doc, a)': { _eq: 1 } } }, INVALID],
    ['filter by a secret', { filter: { seed: { _eq: 's' } } }, INVALID],
    ['filter by whether there is a secret', { filter: { seed: { _nnull: true } } }, FINE],
    ['filter by a scope of what has none', { filter: { 'parent:things': { name: { _eq: 'x' } } } }, FORBIDDEN],
    ['filter by a field that is none', { filter: { line: { _eq: 'x' } } }, FORBIDDEN],
    ['filter by an operator that is none', { filter: { name: { _like: 'x' } } }, INVALID],
    ['filter by what stands under no field', { filter: { _eq: 1 } }, INVALID],
    ['filter by a list', { filter: { name: ['x'] } }, INVALID],
    ['follow what does not lead here', { filter: { '$FOLLOW(things,name)': { id: { _eq: 1 } } } }, FORBIDDEN],
    ['fields that are not there', { fields: ['nothing'] }, FORBIDDEN],
    ['fields of a field', { fields: ['name.id'] }, FORBIDDEN],
    ['fields that only divide a form', { fields: ['line'] }, FORBIDDEN],
    ['sort by a list', { sort: ['children'] }, INVALID],
    ['sort over a list', { sort: ['children.name'] }, INVALID],
    ['sort by a secret', { sort: ['seed'] }, FORBIDDEN],
    ['sort by a part of a document', { sort: ['json(doc, a)'] }, FORBIDDEN],
    ['sort over the last relation', { sort: [path(10, 'name')] }, FINE],
    ['sort over one relation too many', { sort: [path(11, 'name')] }, INVALID],
    ['fields over the last relation', { fields: [path(10, 'name')] }, FINE],
    ['fields over one relation too many', { fields: [path(11, 'name')] }, INVALID],
    ['filter over the last relation', { filter: nested(10, 'parent') }, FINE],
    ['filter over one relation too many', { filter: nested(11, 'parent') }, INVALID],
    ['filter of some levels', { filter: nested(40, '_or') }, FINE],
    ['filter of too many levels', { filter: nested(101, '_and') }, [400, 'INVALID_PAYLOAD']],
    [
      'filter under a group of conditions on a field',
      { filter: { name: { _or: [{ _eq: 'x' }, { _eq: 'y' }] } } },
      FINE,
    ],
  ])('%s', async (_, query, expected) => {
    const asked = { method: 'SEARCH', url: '/items/things', token: ADMIN.token, body: { query } };
    const { status, body } = await project.json(asked);
    expect([status, body?.errors?.[0]?.extensions.code]).toEqual(expected);
  });

  it('one item is one, and several are a list', async () => {
    const get = (url: string) => project.json({ method: 'GET', url, token: ADMIN.token });
    expect((await get('/items/things/1?fields=id')).body.data).toEqual({ id: 1 });
    expect((await get('/items/things?fields=id')).body.data).toEqual([{ id: 1 }]);
    expect((await get('/items/things/4711')).status).toBe(403);
    expect((await get('/items/things/1?filter[id][_eq]=4711')).status).not.toBe(500);
  });
});
