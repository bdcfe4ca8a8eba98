import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { discard, type StartedServer, startProject } from '../started-server.ts';
import { allowPublic, asAdmin, field, makeCollection } from './people.ts';

const spaces = ' '.repeat(50_000);
const digits = '1'.repeat(200_000);
const zeros = '0'.repeat(200_000);
const letters = 'a'.repeat(200_000);
const dots = 'a.'.repeat(100_000);

/** What a hostile text may look like wherever a text is taken apart: each made some pattern try without end, or could. */
const TEXTS: readonly string[] = [
  `year(${spaces}(`,
  `year(${spaces}`,
  `year( ${spaces}x${spaces} `,
  `json(extra, ${spaces}`,
  `json(extra, ${dots}`,
  `$FOLLOW(${spaces}(`,
  `$FOLLOW(a,${spaces}(`,
  `$FOLLOW(${spaces},${spaces},`,
  `$NOW(${spaces}`,
  `$NOW(+1${spaces}x`,
  `$CURRENT_USER.${dots}`,
  `${digits}x`,
  `1.${digits}x`,
  `1e${digits}`,
  `${zeros}1.${zeros}1`,
  `${letters}@`,
  `${letters}@${dots}`,
  `/${letters}/${letters}/`,
  `${spaces}x`,
  `2024-01-01${spaces}x`,
  `2024-01-01 00:00:00${spaces}x`,
  dots,
  '('.repeat(100_000),
  ','.repeat(200_000),
  '-'.repeat(200_000),
  ':'.repeat(200_000),
  '"'.repeat(200_000),
  '\\'.repeat(200_000),
  '%'.repeat(200_000),
];

/** Milliseconds within which everything has to be answered, on a busy machine too. */
const SOON = 4_000;

describe('texts that are hard to take apart', () => {
  let server: StartedServer;
  let client: PlainClient;

  beforeAll(async () => {
    server = await startProject('sqlite');
    client = new PlainClient(server.port, 30_000);
    const admin = asAdmin(client);
    const types = ['string', 'text', 'integer', 'bigInteger', 'float', 'decimal', 'boolean', 'date', 'dateTime'];
    const others = ['timestamp', 'time', 'uuid', 'csv', 'json', 'hash'];
    await makeCollection(
      admin,
      'things',
      [...types, ...others].map((type) => field(`a_${type}`, type)),
    );
    await allowPublic(admin, [
      { collection: 'things', action: 'read' },
      { collection: 'things', action: 'create' },
    ]);
    await admin('POST', '/items/things', { a_string: 'x' });
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  async function soon(method: string, path: string, body?: unknown): Promise<void> {
    const began = Date.now();
    const answer = await client.json(method, path, '', body);
    expect(answer.status).toBeLessThan(500);
    expect(Date.now() - began).toBeLessThan(SOON);
  }

  it.each(TEXTS.map((text) => [text.trim().slice(0, 24), text]))('%s…: in a query', async (_, text) => {
    const operands = [{ _eq: text }, { _in: [text] }, { _icontains: text }];
    const filters = [
      { [text]: { _eq: 1 } },
      ...['a_string', 'a_integer', 'a_decimal', 'a_timestamp'].flatMap((name) =>
        operands.map((one) => ({ [name]: one })),
      ),
    ];
    const queries = [
      { fields: [text] },
      { sort: [text] },
      { groupBy: [text] },
      { aggregate: { count: [text] } },
      { alias: { x: text }, fields: ['x'] },
      { search: text },
      { deep: { [text]: { _limit: 1 } } },
      { limit: text },
      { export: text },
      ...filters.map((filter) => ({ filter })),
    ];
    for (const query of queries) await soon('SEARCH', '/items/things', { query });
  });

  it.each(TEXTS.map((text) => [text.trim().slice(0, 24), text]))('%s…: in a payload', async (_, text) => {
    for (const type of [
      'string',
      'integer',
      'bigInteger',
      'float',
      'decimal',
      'boolean',
      'date',
      'timestamp',
      'time',
    ]) {
      await soon('POST', '/items/things', { [`a_${type}`]: text });
    }
    await soon('POST', '/items/things', { a_uuid: text, a_csv: text, a_json: text });
    await soon('POST', '/auth/login', { email: text, password: 'x', otp: text });
    await soon('POST', '/auth/refresh', { refresh_token: text });
    await soon('POST', '/utils/hash/verify', { string: 'x', hash: text });
    await soon('POST', '/utils/hash/verify', { string: 'x', hash: `$argon2id$${text}` });
  });

  it.each(TEXTS.map((text) => [text.trim().slice(0, 24), text]))('%s…: in headers and addresses', async (_, text) => {
    const short = text.slice(0, 12_000).replaceAll(/[^\x20-\x7e]/g, '');
    const began = Date.now();
    const headers = {
      authorization: `Bearer ${short}`,
      cookie: `directus_session_token=${short}`,
      'x-forwarded-for': short,
      origin: short,
      'user-agent': short,
    };
    for (const [name, value] of Object.entries(headers)) {
      await client.send({ method: 'GET', path: '/server/info', headers: { [name]: value } });
    }
    await client.send({ method: 'GET', path: `/items/things?fields=${encodeURIComponent(short.slice(0, 4_000))}` });
    await client.send({ method: 'GET', path: `/items/things?${encodeURIComponent(short.slice(0, 4_000))}=1` });
    await client.send({ method: 'POST', path: '/items/things', headers: { 'content-type': short }, body: '{}' });
    expect(Date.now() - began).toBeLessThan(SOON);
  });
});
