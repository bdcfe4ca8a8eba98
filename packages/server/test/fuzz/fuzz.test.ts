import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import {
  ADMIN,
  DATABASES,
  type Database,
  discard,
  pings,
  type StartedServer,
  startProject,
} from '../started-server.ts';
import { openContents } from '../stored-contents.ts';
import { corpus, operationsOnTypes } from './corpus.ts';
import { type Fixture, MEMBER, makeFixture, topUp, VICTIM_TOKEN } from './fixture.ts';
import { fault } from './judge.ts';
import { converse, RAW_CONNECTIONS } from './raw-connections.ts';
import { anyRequest, type FuzzRequest } from './requests.ts';
import { anyValue, fieldName, filter, objectOf } from './values.ts';
import { Witness } from './witness.ts';

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
/** Fewer on PostgreSQL, where comparing the database after every write takes longer. */
const requestsOn = (database: Database) => Number(process.env.FUZZ_REQUESTS ?? (database === 'sqlite' ? 6_000 : 2_000));
/** Node itself answers some of what is no HTTP, without a body. */
const BY_NODE = /^(0\r\n\r\n)?$/;
const MEMORY_LIMIT = 400 * 2 ** 20;

describe.each(DATABASES)(`bad input (%s, FUZZ_SEED=${SEED})`, (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let fixture: Fixture;
  let witness: Witness;

  beforeAll(async () => {
    server = await startProject(database, {
      HASH_MEMORY_COST: '1024',
      HASH_TIME_COST: '2',
      RATE_LIMITER_REGISTRATION_ENABLED: 'false',
    });
    client = new PlainClient(server.port);
    fixture = await makeFixture(client);
    witness = new Witness(client, await openContents(server.project));
    await witness.begin();
  }, 30_000);

  afterAll(async () => {
    client?.close();
    await witness?.end();
    await discard(server);
  });

  it(`answers ${requestsOn(database)} malformed requests with a coded 4xx or a success, and writes nothing with an error`, async () => {
    const requests = fc.sample(anyRequest, { numRuns: requestsOn(database), seed: SEED });
    for (const [index, request] of requests.entries()) {
      if (index % 200 === 0) await witness.aside(() => topUp(client, fixture.memberId));
      await witness.observe(request);
    }
    console.info(`${database}: ${witness.summary()}`);
    expect(witness.faults).toEqual([]);
  }, 240_000);

  it('answers what is too long, too deep or too many', async () => {
    witness.faults.length = 0;
    for (const request of corpus()) await witness.observe(request);
    console.info(`${database}: ${witness.summary()}`);
    expect(witness.faults).toEqual([]);
  }, 240_000);

  it('answers every operation on every type of field', async () => {
    witness.faults.length = 0;
    for (const request of operationsOnTypes()) await witness.observe(request);
    expect(witness.faults).toEqual([]);
  }, 240_000);

  it('survives rules, presets, validations and field lists that make no sense', async () => {
    witness.faults.length = 0;
    const action = fc.constantFrom('read', 'update', 'create', 'delete');
    const rules = fc.record({
      action,
      permissions: filter,
      validation: filter,
      presets: objectOf(fieldName, anyValue),
      fields: fc.oneof(fc.constant(['*']), fc.array(fieldName)),
    });
    for (const rule of fc.sample(rules, { numRuns: 150, seed: SEED })) await observeRule(rule);
    expect(witness.faults).toEqual([]);
  }, 120_000);

  async function observeRule(rule: object): Promise<void> {
    const permission = { policy: fixture.victimPolicy, collection: 'posts', ...rule };
    const made = await witness.observe(asAdmin('POST', '/permissions', permission));
    if (made?.status !== 200) return;
    const { id } = (JSON.parse(made.text) as { data: { id: number } }).data;
    await witness.observe(asVictim('GET', '/items/posts'));
    await witness.observe(asVictim('GET', '/items/posts?filter[title][_eq]=x&sort=-views&aggregate[count]=*'));
    await witness.observe(asVictim('POST', '/items/posts', { title: 'x' }));
    await witness.observe(asVictim('PATCH', '/items/posts/1', { title: 'y' }));
    await witness.observe(asVictim('DELETE', '/items/posts/1000000'));
    await witness.observe(asVictim('GET', '/permissions/me'));
    await witness.observe(asAdmin('DELETE', `/permissions/${id}`));
  }

  it('survives collections and fields with names and types that make no sense', async () => {
    witness.faults.length = 0;
    const field = fc.record(
      {
        field: fieldName,
        type: fc.oneof(fc.constantFrom('string', 'integer', 'timestamp', 'json', 'alias'), anyValue),
        schema: anyValue,
        meta: anyValue,
      },
      { requiredKeys: ['field'] },
    );
    const models = fc.record(
      {
        collection: fieldName,
        schema: fc.oneof(fc.constant({}), anyValue),
        meta: anyValue,
        fields: fc.array(field, { maxLength: 3 }),
      },
      { requiredKeys: ['collection'] },
    );
    for (const model of fc.sample(models, { numRuns: 120, seed: SEED })) {
      const name = encodeURIComponent(model.collection.toWellFormed());
      const made = await witness.observe(asAdmin('POST', '/collections', model));
      for (const one of model.fields ?? []) await witness.observe(asAdmin('POST', '/fields/junk', one));
      if (made?.status !== 200) continue;
      await witness.observe(asAdmin('GET', `/items/${name}?fields=*`));
      await witness.observe(asAdmin('POST', `/items/${name}`, {}));
      await witness.observe(asAdmin('DELETE', `/collections/${name}`));
    }
    expect(witness.faults).toEqual([]);
  }, 120_000);

  it.each(Object.keys(RAW_CONNECTIONS))('on a bare connection: %s', async (name) => {
    const heard = await converse(server.port, RAW_CONNECTIONS[name] ?? '', 400);
    const statuses = [...heard.matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map((match) => Number(match[1]));
    expect(
      statuses.filter((status) => status >= 500),
      heard,
    ).toEqual([]);
    for (const answer of heard.split(/^(?=HTTP\/1\.)/m)) {
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
      if (status < 400) continue;
      const text = answer.slice(answer.indexOf('\r\n\r\n') + 4);
      if (BY_NODE.test(text)) continue;
      expect(fault({ status, headers: {}, text }, 'GET'), heard).toBeNull();
    }
    expect(await pings(server.port)).toBe(true);
  });

  it('and after all of that everybody still gets in, and the memory is where it was', async () => {
    expect(await pings(server.port)).toBe(true);
    const login = await client.json('POST', '/auth/login', '', { email: ADMIN.email, password: ADMIN.password });
    expect(login.status).toBe(200);
    const member = await client.json('POST', '/auth/login', '', { email: MEMBER.email, password: MEMBER.password });
    expect(member.status).toBe(200);
    expect((await client.json('GET', '/items/posts', MEMBER.token)).status).toBe(200);
    expect(codeOf(await client.json('GET', '/items/posts', ''))).toBe('FORBIDDEN');
    expect(server.memory()).toBeLessThan(MEMORY_LIMIT);
    console.info(`${database}: ${Math.round(server.memory() / 2 ** 20)} MB at the end`);
  });
});

const withBody = (
  as: 'admin' | 'member',
  token: string,
  method: string,
  path: string,
  body?: unknown,
): FuzzRequest => ({
  as,
  method,
  path,
  headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
  body: body === undefined ? undefined : JSON.stringify(body),
});

const asAdmin = (method: string, path: string, body?: unknown) => withBody('admin', ADMIN.token, method, path, body);
const asVictim = (method: string, path: string, body?: unknown) => withBody('member', VICTIM_TOKEN, method, path, body);
