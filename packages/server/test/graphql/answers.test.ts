import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, DATABASES, makeProject, type Project } from '../started-server.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from './museum.ts';

describe.each(DATABASES)('answers of GraphQL on %s', (database) => {
  let place: Project;
  let inside: Inside;
  const data = async (query: string, path = '/graphql') => {
    const { body } = await inside.json({ method: 'POST', url: path, token: ADMIN.token, body: { query } });
    expect(body.errors).toBeUndefined();
    return body.data;
  };

  beforeAll(async () => {
    place = await makeProject(database);
    inside = await Inside.open(place);
    await inside.must('POST', '/collections', FIELDS_OF_THE_MUSEUM);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await inside.must('POST', '/relations', relation);
    await inside.must('POST', '/items/texts', [{ body: 'hello' }]);
    await inside.must('POST', '/items/pictures', [{ width: 10 }]);
    const panels = [
      { collection: 'texts', item: 1 },
      { collection: 'pictures', item: 1 },
    ];
    await inside.must('POST', '/items/exhibits', [{ title: 'One', acquired: '1956-03-04', visitors: 7, panels }]);
  });
  afterAll(async () => {
    await inside?.close();
    await place?.remove();
  });

  it('name the type of everything', async () => {
    expect(
      await data(
        '{__typename exhibits {__typename acquired_func {__typename year} panels {__typename} panels_func {__typename}} exhibits_aggregated {__typename count {__typename} sum {__typename}}}',
      ),
    ).toEqual({
      __typename: 'Query',
      exhibits: [
        {
          __typename: 'exhibits',
          acquired_func: { __typename: 'date_functions', year: 1956 },
          panels: [{ __typename: 'exhibits_panels' }, { __typename: 'exhibits_panels' }],
          panels_func: { __typename: 'count_functions' },
        },
      ],
      exhibits_aggregated: [
        {
          ...{ __typename: 'exhibits_aggregated', count: { __typename: 'exhibits_aggregated_count' } },
          sum: { __typename: 'exhibits_aggregated_fields' },
        },
      ],
    });
    const { relations } = await data('{relations {__typename meta {__typename}}}', '/graphql/system');
    expect(relations[0]).toMatchObject({ __typename: 'relation_model' });
  });

  it('show one of several collections under several names', async () => {
    const document = `{exhibits {panels(sort: ["id"]) {a: item {... on texts {t: body}} a: item {... on pictures {w: width}}
      b: item {__typename ...P}}}} fragment P on pictures {id}`;
    expect((await data(document)).exhibits[0].panels).toEqual([
      { a: { t: 'hello' }, b: { __typename: 'texts' } },
      { a: { w: 10 }, b: { __typename: 'pictures', id: '1' } },
    ]);
  });

  it('tell an administrator of one item that is gone already what was asked for, and of several nothing', async () => {
    expect(await data('mutation {delete_exhibits_item(id: 99) {gone: id}}')).toEqual({
      delete_exhibits_item: { gone: '99' },
    });
    const body = { query: 'mutation {delete_exhibits_items(ids: [1, 99]) {ids}}' };
    const { body: answer } = await inside.json({ method: 'POST', url: '/graphql', token: ADMIN.token, body });
    expect([answer.data.delete_exhibits_items, answer.errors[0].extensions.code]).toEqual([null, 'FORBIDDEN']);
    expect((await data('{exhibits_aggregated {countAll}}')).exhibits_aggregated).toEqual([{ countAll: 1 }]);
  });

  it('say which operation is missing', async () => {
    for (const query of ['query A {exhibits {id}} query B {tags {id}}', 'fragment F on exhibits {id}']) {
      const body = { query };
      const { status, body: answer } = await inside.json({ method: 'POST', url: '/graphql', token: ADMIN.token, body });
      expect([status === 200 || status === 400, answer.errors[0].message.length > 10]).toEqual([true, true]);
    }
  });
});
