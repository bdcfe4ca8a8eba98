import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { DATABASES, makeProject, type Project } from '../started-server.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from './museum.ts';

const GUIDE = 'token-of-the-guide-0123456789';

describe.each(DATABASES)('over GraphQL on %s', (database) => {
  let place: Project;
  let inside: Inside;

  beforeAll(async () => {
    place = await makeProject(database);
    inside = await Inside.open(place);
    await inside.must('POST', '/collections', FIELDS_OF_THE_MUSEUM);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await inside.must('POST', '/relations', relation);
    const { id } = await inside.must('POST', '/policies', {
      name: 'Guide',
      permissions: [
        { collection: 'exhibits', action: 'read', permissions: {}, fields: ['id', 'title', 'hall', 'panels'] },
      ],
    });
    const user = { email: 'guide@example.com', token: GUIDE, policies: [{ policy: id }] };
    await inside.must('POST', '/users', user);
  });
  afterAll(async () => {
    await inside?.close();
    await place?.remove();
  });

  /** Documents with a closed name, and one of the same length that nothing has. */
  const DOCUMENTS: readonly (readonly [closed: string, missing: string, document: string])[] = [
    ['halls', 'hulls', '{NAME {code}}'],
    ['halls', 'hulls', '{NAME_by_id(id: "A") {code}}'],
    ['halls', 'hulls', '{NAME_aggregated {countAll}}'],
    ['halls', 'hulls', 'mutation {create_NAME_item(data: {code: "x"}) {code}}'],
    ['halls', 'hulls', 'mutation {delete_NAME_items(ids: ["A"]) {ids}}'],
    ['halls', 'hulls', 'subscription {NAME_mutated {key}}'],
    ['halls', 'hulls', '{__type(name: "NAME") {name}}'],
    ['halls', 'hulls', '{exhibits {panels {item {... on NAME {code}}}}}'],
    ['halls', 'hulls', 'query ($f: NAME_filter) {exhibits {id}}'],
    ['price', 'prize', '{exhibits {NAME}}'],
    ['price', 'prize', '{exhibits(filter: {NAME: {_eq: 1}}) {id}}'],
    ['price', 'prize', '{exhibits(sort: ["NAME"]) {id}}'],
    ['price', 'prize', '{exhibits_aggregated(groupBy: ["NAME"]) {group}}'],
    ['price', 'prize', '{exhibits_aggregated {count {NAME}}}'],
    ['acquired', 'abquired', '{exhibits {NAME_func {year}}}'],
    ['opening_hours', 'opening_tours', '{NAME {note}}'],
  ];

  it.each([
    ['a guide', GUIDE],
    ['the public', ''],
  ])('a closed collection or field is like one that is not there, to %s', async (_who, token) => {
    for (const [closed, missing, document] of DOCUMENTS) {
      const [one, other] = await Promise.all(
        [closed, missing].map(async (name) => {
          const body = { query: document.replaceAll('NAME', name) };
          const answer = await inside.ask({ method: 'POST', url: '/graphql', token, body });
          return answer.replaceAll(name, 'NAME');
        }),
      );
      expect(one, document).toBe(other);
    }
  });
});
