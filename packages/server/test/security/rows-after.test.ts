import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, PlainClient } from '../plain-request.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Asking, asAdmin, field, makeCollection, makePerson, type Person, relate } from './people.ts';

const MINE = { owner: { _eq: '$CURRENT_USER' } };

/** Writes are checked against the row as it was and against what becomes of it, whichever way leads to the row. */
describe.each(DATABASES)('rows before and after a write on %s', (database) => {
  let server: StartedServer;
  let client: PlainClient;
  let admin: Asking;
  let person: Person;
  let other: Person;

  beforeAll(async () => {
    server = await startProject(database);
    client = new PlainClient(server.port, 20_000);
    admin = asAdmin(client);
    await makeCollection(admin, 'projects', [field('name'), field('owner', 'uuid')]);
    await makeCollection(admin, 'tasks', [
      field('title'),
      field('status'),
      field('at', 'timestamp'),
      field('owner', 'uuid'),
      field('project', 'integer'),
      field('kind'),
      field('about'),
    ]);
    await relate(admin, 'projects', 'owner', 'directus_users');
    await relate(admin, 'tasks', 'owner', 'directus_users');
    await relate(admin, 'tasks', 'project', 'projects', 'tasks');
    await admin('POST', '/relations', {
      collection: 'tasks',
      field: 'about',
      related_collection: null,
      meta: { one_collection_field: 'kind', one_allowed_collections: ['projects', 'tasks'] },
    });
    other = await makePerson(admin, 'other', []);
    person = await makePerson(admin, 'person', [
      { collection: 'tasks', action: 'create', validation: MINE, presets: { owner: '$CURRENT_USER' } },
      { collection: 'tasks', action: 'update', permissions: MINE, validation: MINE },
      { collection: 'projects', action: 'create' },
      { collection: 'projects', action: 'update' },
    ]);
  });

  afterAll(async () => {
    client?.close();
    await discard(server);
  });

  const send = async (method: string, path: string, body: unknown, who = person) => {
    const answer = await client.json(method, path, who.token, body);
    return { status: answer.status, code: answer.status < 300 ? null : codeOf(answer) };
  };
  const make = async (collection: string, item: Record<string, unknown>): Promise<number> =>
    (await admin<{ id: number }>('POST', `/items/${collection}`, item)).id;
  const task = <T = Record<string, unknown>>(id: number) => admin<T>('GET', `/items/tasks/${id}`);
  const FAILED = { status: 400, code: 'FAILED_VALIDATION' };
  const FORBIDDEN = { status: 403, code: 'FORBIDDEN' };
  const DONE = { status: 204, code: null };

  describe('an owner that a validation pins', () => {
    it.each([
      ['created', (_: number, owner: unknown) => send('POST', '/items/tasks', { owner })],
      ['created in a list', (_, owner) => send('POST', '/items/tasks', [{ title: 'a' }, { owner }])],
      ['updated', (id, owner) => send('PATCH', `/items/tasks/${id}`, { owner })],
      ['updated by keys', (id, owner) => send('PATCH', '/items/tasks', { keys: [id], data: { owner } })],
      ['updated in a list', (id, owner) => send('PATCH', '/items/tasks', [{ id, owner }])],
      ['created in a project', (_, owner) => send('POST', '/items/projects', { tasks: [{ owner }] })],
      ['updated in a project', (id, owner) => send('POST', '/items/projects', { tasks: { update: [{ id, owner }] } })],
      ['moved to a project', (id, owner) => send('POST', '/items/projects', { tasks: [{ id, owner }] })],
      ['made with its key', (_, owner) => send('POST', '/items/projects', { tasks: [{ id: 987_654, owner }] })],
      [
        'written behind another',
        (id, owner) => send('POST', '/items/tasks', { kind: 'tasks', about: { id: String(id), owner } }),
      ],
    ] as [string, (id: number, owner: unknown) => Promise<unknown>][])('stays when %s', async (_, write) => {
      const id = await make('tasks', { owner: person.id });
      for (const owner of [other.id, other.id.toUpperCase(), null, { id: other.id }, { id: person.id, title: 'x' }]) {
        expect([owner, await write(id, owner)]).toEqual([owner, FAILED]);
        expect((await task(id)).owner).toBe(person.id);
      }
    });

    it('of somebody else’s is not taken over by any list', async () => {
      const id = await make('tasks', { owner: other.id, title: 'theirs' });
      const before = await task(id);
      for (const tasks of [[id], [{ id, owner: person.id }], { update: [{ id, title: 'x' }] }]) {
        expect(await send('POST', '/items/projects', { tasks })).toEqual(FORBIDDEN);
      }
      expect(await task(id)).toEqual(before);
    });
  });

  it('what is left as it was counts for a rule about what is written', async () => {
    const author = await makePerson(admin, 'author', [
      { collection: 'tasks', action: 'update', validation: { _or: [{ status: { _eq: 'draft' } }, MINE] } },
    ]);
    const [own, foreign] = [await make('tasks', { owner: author.id }), await make('tasks', { owner: other.id })];
    expect(await send('PATCH', `/items/tasks/${own}`, { status: 'shown' }, author)).toEqual(DONE);
    expect(await send('PATCH', `/items/tasks/${foreign}`, { status: 'shown' }, author)).toEqual(FAILED);
    expect(await send('PATCH', '/items/tasks', { keys: [own, foreign], data: { status: 'x' } }, author)).toEqual(
      FAILED,
    );
    expect(await send('PATCH', `/items/tasks/${foreign}`, { status: 'draft' }, author)).toEqual(DONE);
    expect(await send('PATCH', `/items/tasks/${foreign}`, { title: 'not what the rule is about' }, author)).toEqual(
      DONE,
    );
  });

  it('what an item may belong to is looked up, however it is named', async () => {
    const rule = { project: { owner: { _eq: '$CURRENT_USER' } } };
    const worker = await makePerson(admin, 'worker', [
      { collection: 'tasks', action: 'create', validation: rule },
      { collection: 'tasks', action: 'update', validation: rule },
      { collection: 'projects', action: 'update', fields: ['name', 'tasks'] },
    ]);
    const [own, foreign] = [await make('projects', { owner: worker.id }), await make('projects', { owner: other.id })];
    const id = await make('tasks', {});
    for (const project of [own, String(own), { id: own, name: 'mine' }]) {
      expect([project, await send('POST', '/items/tasks', { project }, worker)]).toEqual([project, DONE]);
      expect([project, await send('PATCH', `/items/tasks/${id}`, { project }, worker)]).toEqual([project, DONE]);
    }
    for (const project of [foreign, String(foreign), { id: foreign }, { id: foreign, name: 'theirs' }, null]) {
      expect([project, await send('POST', '/items/tasks', { project }, worker)]).toEqual([project, FAILED]);
      expect([project, await send('PATCH', `/items/tasks/${id}`, { project }, worker)]).toEqual([project, FAILED]);
    }
    expect(await send('PATCH', `/items/projects/${foreign}`, { tasks: [id] }, worker)).toEqual(FAILED);
    expect((await task(id)).project).toBe(own);
    expect((await admin<{ name: string }>('GET', `/items/projects/${foreign}`)).name).toBe(null);
  });

  it.each([
    ['a part of a date', { 'year(at)': { _eq: 2024 } }, { at: '2024-05-01T00:00:00Z' }, { at: '2023-05-01T00:00:00Z' }],
    ['a number of items', { 'count(tasks)': { _lte: 1 } }, { tasks: [{}] }, { tasks: [{}, {}] }],
    ['items of a list', { tasks: { _some: { title: { _eq: 'a' } } } }, { tasks: [{ title: 'a' }] }, { tasks: [{}] }],
  ])('a validation of %s is met', async (what, validation, good, bad) => {
    const collection = 'at' in good ? 'tasks' : 'projects';
    const who = await makePerson(admin, what.replaceAll(' ', '-'), [
      { collection, action: 'create', validation },
      { collection, action: 'update', validation },
      ...(collection === 'tasks' ? [] : [{ collection: 'tasks', action: 'create' }]),
    ]);
    expect(await send('POST', `/items/${collection}`, good, who)).toEqual(DONE);
    expect(await send('POST', `/items/${collection}`, bad, who)).toEqual(FAILED);
    const id = await make(collection, {});
    expect(await send('PATCH', `/items/${collection}/${id}`, bad, who)).toEqual(FAILED);
    expect(await send('PATCH', `/items/${collection}/${id}`, good, who)).toEqual(DONE);
  });

  it('a validation of what a many-to-any leads to is met', async () => {
    const [own, foreign] = [await make('projects', { owner: other.id }), await make('projects', {})];
    const validation = { 'about:projects': { owner: { _eq: other.id } } };
    const who = await makePerson(admin, 'any', [{ collection: 'tasks', action: 'update', validation }]);
    const id = await make('tasks', {});
    const about = (key: number, kind: string) => send('PATCH', `/items/tasks/${id}`, { kind, about: String(key) }, who);
    expect(await about(own, 'projects')).toEqual(DONE);
    expect(await about(foreign, 'projects')).toEqual(FAILED);
    expect(await about(id, 'tasks')).toEqual(FAILED);
    // Where it leads is the matter of both columns.
    expect(await send('PATCH', `/items/tasks/${id}`, { kind: 'tasks' }, who)).toEqual(FAILED);
  });

  it.each([{ _and: [] }, { _or: [{}, { name: { _eq: 'x' } }] }])(
    '%j of a many-to-any still says where it leads',
    async (inner) => {
      const validation = { 'about:projects': inner };
      const who = await makePerson(admin, `any-${Object.keys(inner)}`, [
        { collection: 'tasks', action: 'update', validation },
      ]);
      const [id, project] = [await make('tasks', {}), await make('projects', {})];
      const about = (key: number, kind: string) =>
        send('PATCH', `/items/tasks/${id}`, { kind, about: String(key) }, who);
      expect(await about(project, 'projects')).toEqual(DONE);
      expect(await about(id, 'tasks')).toEqual(FAILED);
    },
  );

  it.each(['_gt', '_gte', '_lt', '_neq', '_between'])(
    'an object in the place of a key meets no %s',
    async (operator) => {
      const operand = operator === '_between' ? ['0', '~'] : '0';
      const who = await makePerson(admin, operator.slice(1), [
        {
          collection: 'tasks',
          action: 'update',
          validation: { owner: { [operator]: operand }, about: { [operator]: operand } },
        },
        { collection: 'directus_users', action: 'update', fields: ['first_name'] },
      ]);
      const id = await make('tasks', { kind: 'tasks' });
      for (const payload of [{ owner: { id: other.id, first_name: 'x' } }, { about: { id } }]) {
        expect([payload, await send('PATCH', `/items/tasks/${id}`, payload, who)]).toEqual([payload, FAILED]);
      }
    },
  );

  it('a rule on creating holds for what is created, and so does what each permission lists', async () => {
    const drafts = { status: { _eq: 'draft' } };
    const who = await makePerson(admin, 'maker', [
      { collection: 'tasks', action: 'create', permissions: drafts, fields: ['title', 'status'] },
      { collection: 'tasks', action: 'create', permissions: { status: { _eq: 'note' } }, fields: ['status', 'kind'] },
    ]);
    expect(await send('POST', '/items/tasks', { title: 'a', status: 'draft' }, who)).toEqual(DONE);
    expect(await send('POST', '/items/tasks', { kind: 'tasks', status: 'note' }, who)).toEqual(DONE);
    for (const item of [{ title: 'a' }, { status: 'shown' }, { title: 'a', status: 'note' }]) {
      expect([item, await send('POST', '/items/tasks', item, who)]).toEqual([item, FORBIDDEN]);
    }
  });

  it('a preset of the app can not be given to somebody else', async () => {
    const who = await makePerson(admin, 'app', [], { app_access: true });
    const made = await client.json('POST', '/presets', who.token, { collection: 'tasks' });
    const { id } = JSON.parse(made.text).data as { id: number };
    for (const user of [other.id, null, { id: other.id }]) {
      expect(await send('PATCH', `/presets/${id}`, { user }, who)).toEqual(FAILED);
      expect(await send('PATCH', '/presets', { keys: [id], data: { user } }, who)).toEqual(FAILED);
      expect(await send('PATCH', '/presets', [{ id, user }], who)).toEqual(FAILED);
    }
    expect((await admin('GET', `/presets/${id}`)).user).toBe(who.id);
  });

  it('a row that leaves the rule while another write waits is out of its reach', async () => {
    for (let round = 0; round < 8; round++) {
      const id = await make('tasks', { owner: person.id });
      const late = Array.from({ length: 3 }, () => send('PATCH', `/items/tasks/${id}`, { title: 'late' }));
      const move = client.json('PATCH', `/items/tasks/${id}`, ADMIN.token, { owner: other.id, title: 'moved' });
      const more = Array.from({ length: 3 }, () => send('PATCH', `/items/tasks/${id}`, { title: 'late' }));
      await Promise.all([...late, move, ...more]);
      expect(await task(id)).toMatchObject({ owner: other.id, title: 'moved' });
    }
  });

  it('a key named twice in a list that lets items go is let go once', async () => {
    const project = await make('projects', { owner: person.id });
    const id = await make('tasks', { owner: person.id, project });
    expect(await send('PATCH', `/items/projects/${project}`, { tasks: { delete: [id, String(id)] } })).toEqual(DONE);
    expect((await task(id)).project).toBe(null);
  });
});
