import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { makeProject, type Project, type StartedServer, startServer } from '../started-server.ts';

const ROWS = 2000;
const OWN = 30;

/** A member who may read what is `rare`, or of one of four `kind`s with many views: five rules, no index for them. */
async function makeMember(admin: Client): Promise<Client> {
  const read = (permissions: object) => ({ collection: 'notes', action: 'read', fields: ['*'], permissions });
  const kinds = ['a', 'b', 'c', 'd'].map((kind, i) => read({ kind: { _eq: kind }, views: { _gte: i } }));
  const policies = [read({ owner: { _eq: 'me' } }), ...kinds].map((permission, i) => ({
    name: `Rule ${i}`,
    permissions: [permission],
  }));
  const made = await admin.post('/policies', policies);
  const ids: string[] = made.body.data.map(({ id }: { id: string }) => id);
  const token = 'member-token-0123456789';
  const attach = { create: ids.map((policy) => ({ policy })), update: [], delete: [] };
  const user = await admin.post('/users', { email: 'member@example.com', token, policies: attach });
  expect(user.status).toBe(200);
  return new Client(server, token);
}

let project: Project;
let server: StartedServer;

async function open(settings: Record<string, string>): Promise<{ admin: Client; member: Client }> {
  project = await makeProject('sqlite', settings);
  server = await startServer(project);
  const admin = new Client(server);
  const fields = [
    { field: 'owner', type: 'string' },
    { field: 'kind', type: 'string' },
    { field: 'views', type: 'integer' },
  ];
  await admin.post('/collections', { collection: 'notes', schema: {}, meta: {}, fields });
  const rows = Array.from({ length: ROWS }, (_, i) => ({
    owner: i < OWN ? 'me' : 'other',
    kind: `k${i % 3}`,
    views: i,
  }));
  for (let i = 0; i < ROWS; i += 500) await admin.post('/items/notes', rows.slice(i, i + 500));
  return { admin, member: await makeMember(admin) };
}

const close = async (): Promise<void> => {
  await server.stop();
  await project.remove();
};

function ruleIndexes(): string[] {
  const database = new DatabaseSync(project.file, { readOnly: true });
  try {
    const rows = database.prepare(
      `select name from sqlite_master where type = 'index' and name like 'limen_rule_%' order by name`,
    );
    return rows.all().map(({ name }) => String(name));
  } finally {
    database.close();
  }
}

/** Lists are answered before the way is decided, and after. */
async function ids(member: Client, query = 'limit=-1'): Promise<number[]> {
  const answer = await member.get(`/items/notes?fields=id&${query}`);
  expect(answer.status).toBe(200);
  return answer.body.data.map(({ id }: { id: number }) => id);
}

async function eventually(check: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !check(); i++) await sleep(50);
  expect(check()).toBe(true);
}

describe('an OR of rules on SQLite', () => {
  let admin: Client;
  let member: Client;
  beforeAll(async () => {
    ({ admin, member } = await open({}));
  });
  afterAll(close);
  const own = Array.from({ length: OWN }, (_, i) => i + 1);

  it('gets the indexes that spare it reading the table, and answers the same with them', async () => {
    expect(ruleIndexes()).toEqual([]);
    expect(await ids(member)).toEqual(own);
    await eventually(() => ruleIndexes().length === 2);
    expect(ruleIndexes()).toEqual(['limen_rule_notes_kind', 'limen_rule_notes_owner']);
    for (let i = 0; i < 3; i++) expect(await ids(member)).toEqual(own);
    expect(await ids(member, 'sort=-id&limit=3')).toEqual([30, 29, 28]);
    expect((await member.get('/items/notes?aggregate[count]=*')).body.data).toEqual([{ count: OWN }]);
    expect((await member.get('/items/notes?limit=1&meta=*')).body.meta).toMatchObject({ filter_count: OWN });
  });

  it('sees at once what a write adds to it', async () => {
    const made = await admin.post('/items/notes', { owner: 'nobody', kind: 'c', views: 2 });
    const hidden = await admin.post('/items/notes', { owner: 'nobody', kind: 'c', views: 1 });
    expect(hidden.status).toBe(200);
    expect(await ids(member)).toEqual([...own, made.body.data.id]);
    await admin.delete(`/items/notes/${made.body.data.id}`);
    expect(await ids(member)).toEqual(own);
  });

  it('keeps these indexes out of the data model, and fields can go with them', async () => {
    const field = await admin.get('/fields/notes/kind');
    expect(field.body.data.schema.is_indexed).toBe(false);
    expect((await admin.delete('/fields/notes/kind')).status).toBe(204);
    expect(ruleIndexes()).toEqual(['limen_rule_notes_owner']);
    expect(await ids(member)).toEqual(own);
  });
});

describe('an OR of rules that admit very many items', () => {
  let admin: Client;
  let member: Client;
  beforeAll(async () => {
    ({ admin, member } = await open({}));
    await admin.patch('/items/notes', {
      query: { filter: { id: { _gt: 200 } }, limit: -1 },
      data: { owner: 'me' },
    });
  });
  afterAll(close);

  it('gets no index', async () => {
    for (let i = 0; i < 5; i++) expect(await ids(member, 'limit=2&sort=-id')).toEqual([ROWS, ROWS - 1]);
    await sleep(300);
    expect(ruleIndexes()).toEqual([]);
    expect(await ids(member)).toHaveLength(ROWS - 200 + OWN);
  });
});

describe('with DB_RULE_INDEXES=advise', () => {
  let member: Client;
  beforeAll(async () => {
    ({ member } = await open({ DB_RULE_INDEXES: 'advise' }));
  });
  afterAll(close);

  it('the log names the indexes, and none is made', async () => {
    await ids(member);
    await eventually(() => server.output().includes('An index on notes.kind would make lists faster'));
    expect(ruleIndexes()).toEqual([]);
  });
});
