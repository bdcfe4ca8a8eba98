import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { ADMIN, makeProject, type Project } from '../started-server.ts';
import { FIELDS_OF_THE_MUSEUM, RELATIONS_OF_THE_MUSEUM } from './museum.ts';

/** Distinct keys for something that is asked many times. */
const times = (count: number, text: (key: string) => string): string =>
  Array.from({ length: count }, (_, i) => text(`k${i}`)).join(' ');

describe('what GraphQL would multiply', () => {
  let place: Project;
  let inside: Inside;
  const ask = (query: string, path = '/graphql', more: object = {}, token: string = ADMIN.token) =>
    inside.json({ method: 'POST', url: path, token, body: { query, ...more } });
  const codeOf = async (asked: ReturnType<typeof ask>): Promise<[number, string | undefined]> => {
    const { status, body } = await asked;
    return [status, body.errors?.[0].extensions.code];
  };
  const REFUSED = [400, 'GRAPHQL_VALIDATION'];

  beforeAll(async () => {
    place = await makeProject('sqlite', { GRAPHQL_COST_LIMIT: '200000', GRAPHQL_PERSISTED_QUERIES: 'auto' });
    inside = await Inside.open(place);
    await inside.must('POST', '/collections', FIELDS_OF_THE_MUSEUM);
    for (const relation of RELATIONS_OF_THE_MUSEUM) await inside.must('POST', '/relations', relation);
    await inside.must('POST', '/items/halls', [{ code: 'A', name: 'Alpha' }]);
    await inside.must('POST', '/items/exhibits', [{ title: 'One', hall: 'A' }, { title: 'Two' }]);
  });
  afterAll(async () => {
    await inside?.close();
    await place?.remove();
  });

  it.each([
    ['auth_login', '(email: "a@example.com", password: "x") {expires}'],
    ['auth_refresh', '(refresh_token: "x") {expires}'],
    ['auth_password_request', '(email: "a@example.com")'],
    ['auth_password_reset', '(token: "x", password: "y")'],
    ['users_register', '(email: "a@example.com", password: "x")'],
    ['users_register_verify', '(token: "x")'],
    ['users_invite_accept', '(token: "x", password: "y")'],
    ['users_me_tfa_generate', '(password: "x") {secret}'],
    ['users_me_tfa_enable', '(secret: "x", otp: "000000")'],
    ['users_me_tfa_disable', '(otp: "000000")'],
  ])('%s counts once in a document, whatever it is called', async (name, rest) => {
    const two = `mutation {a: ${name}${rest} b: ${name}${rest}}`;
    expect(await codeOf(ask(two, '/graphql/system'))).toEqual(REFUSED);
    const hidden = `mutation {...F ... on Mutation {b: ${name}${rest}}} fragment F on Mutation {a: ${name}${rest}}`;
    expect(await codeOf(ask(hidden, '/graphql/system'))).toEqual(REFUSED);
  });

  it('what takes long stands a few times in a document', async () => {
    const hash = (key: string) => `${key}: utils_hash_generate(string: "x")`;
    expect(await codeOf(ask(`mutation {${times(6, hash)}}`, '/graphql/system'))).toEqual(REFUSED);
    expect(await codeOf(ask(`{${times(6, (key) => `${key}: fields {field}`)}}`, '/graphql/system'))).toEqual(REFUSED);
    expect(await codeOf(ask(`{${times(5, (key) => `${key}: server_ping`)}}`, '/graphql/system'))).toEqual([
      200,
      undefined,
    ]);
  });

  it('the same key stands twenty times in a selection at most', async () => {
    expect(await codeOf(ask(`{exhibits {${'title '.repeat(20)}}}`))).toEqual([200, undefined]);
    const repeated = [
      `{exhibits {${'title '.repeat(21)}}}`,
      `{exhibits {${'... {title} '.repeat(21)}}}`,
      `{exhibits {${'...F '.repeat(21)}}} fragment F on exhibits {title}`,
      `{${'exhibits {id} '.repeat(1_000)}}`,
    ];
    for (const document of repeated) {
      const { status, body } = await ask(document);
      expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining('20 times')]);
    }
  });

  it('lists multiply the cost of what stands below them, and aliases add it up', async () => {
    const costs = (document: string) => codeOf(ask(document));
    expect(await costs('{exhibits(limit: -1) {id title hall {code exhibits(limit: 20) {id}}}}')).toEqual([
      200,
      undefined,
    ]);
    expect(await costs('{exhibits(limit: 200001) {id}}')).toEqual(REFUSED);
    expect(await costs('{exhibits {hall {exhibits(limit: 100) {hall {exhibits(limit: 100) {id}}}}}}')).toEqual(REFUSED);
    expect(await costs('{exhibits(limit: -1) {hall {exhibits(limit: -1) {id}}}}')).toEqual(REFUSED);
    expect(
      await costs(`{${times(50, (key) => `${key}: exhibits(limit: -1) {id title keeper {id} acquired}`)}}`),
    ).toEqual(REFUSED);
    const query = 'query ($n: Int) {exhibits(limit: $n) {id title}}';
    expect(await codeOf(ask(query, '/graphql', { variables: { n: 5 } }))).toEqual([200, undefined]);
    expect(await codeOf(ask(query, '/graphql', { variables: { n: 100_001 } }))).toEqual(REFUSED);
  });

  it('what is nested too deeply has the code of that, whatever it would cost', async () => {
    for (const levels of [6, 20, 600]) {
      const { status, body } = await ask(`{exhibits ${'{hall {exhibits '.repeat(levels)} {id} ${'}}'.repeat(levels)}}`);
      expect([levels, status, body.errors[0].extensions.code]).toEqual([levels, 200, 'INVALID_QUERY']);
    }
  });

  it('names of the language change nothing', async () => {
    expect(await codeOf(ask('{exhibits {__proto__: title}}'))).toEqual(REFUSED);
    expect(await codeOf(ask('{__proto__: exhibits {id}}'))).toEqual(REFUSED);
    const { body } = await ask(
      '{constructor: exhibits(limit: 1) {toString: title hasOwnProperty: hall {valueOf: code}}}',
    );
    expect(body.data).toEqual({ constructor: [{ toString: 'One', hasOwnProperty: { valueOf: 'A' } }] });
    for (const variables of [
      '{"f":{"__proto__":{"polluted":1}}}',
      '{"f":{"constructor":{"prototype":{"polluted":1}}}}',
    ]) {
      const query = encodeURIComponent('query ($f: exhibits_filter) {exhibits(filter: $f) {id}}');
      const url = `/graphql?query=${query}&variables=${encodeURIComponent(variables)}`;
      const { status, body: answer } = await inside.json({ method: 'GET', url, token: ADMIN.token });
      expect(answer.errors[0].extensions.code, `${status} ${variables}`).toMatch(/^(INVALID_|GRAPHQL_)/);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('subscriptions over HTTP are refused with a code', async () => {
    expect(await codeOf(ask('subscription {exhibits_mutated {key}}'))).toEqual(REFUSED);
  });

  describe('a document may be named by its SHA-256', () => {
    const document = '{exhibits(limit: 1) {title}}';
    const named = (text: string) => ({
      extensions: { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') } },
    });
    const send = (body: object, token: string = ADMIN.token) =>
      inside.json({ method: 'POST', url: '/graphql', token, body });

    it('once it was sent with it, also in an address', async () => {
      const unknown = await send(named(document));
      expect([unknown.status, unknown.body.errors[0].message]).toEqual([200, 'PersistedQueryNotFound']);
      expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      const answer = { data: { exhibits: [{ title: 'One' }] } };
      expect((await send({ query: document, ...named(document) })).body).toEqual(answer);
      expect((await send(named(document))).body).toEqual(answer);
      const url = `/graphql?extensions=${encodeURIComponent(JSON.stringify(named(document).extensions))}`;
      expect((await inside.json({ method: 'GET', url, token: ADMIN.token })).body).toEqual(answer);
    });

    it('and it gives nobody more than they may', async () => {
      await send({ query: document, ...named(document) });
      const { status, body } = await send(named(document), '');
      expect([status, body.errors[0].extensions.code]).toEqual(REFUSED);
    });

    it('but not what means nothing, nor under the SHA-256 of something else', async () => {
      const nonsense = '{nothing {at all}}';
      await send({ query: nonsense, ...named(nonsense) });
      expect((await send(named(nonsense))).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      const wrong = await send({ query: document, ...named('{exhibits {id}}') });
      expect([wrong.status, wrong.body.errors[0].extensions.code]).toEqual([400, 'INVALID_PAYLOAD']);
    });
  });
});

describe('without a setting for it', () => {
  it('a SHA-256 stands for nothing', async () => {
    const place = await makeProject('sqlite');
    const inside = await Inside.open(place);
    try {
      const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
      const { status, body } = await inside.json({ method: 'POST', url: '/graphql', token: '', body: { extensions } });
      expect([status, body.errors[0].extensions.code]).toEqual([400, 'INVALID_PAYLOAD']);
    } finally {
      await inside.close();
      await place.remove();
    }
  });
});
