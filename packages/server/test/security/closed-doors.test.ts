import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Inside } from '../inside.ts';
import { DATABASES, type Database, makeProject } from '../started-server.ts';
import { type Contents, differences, openContents } from '../stored-contents.ts';
import { field, KEY } from './people.ts';

const TOKEN = 'nobody-static-token-0123456789';
const ID = '00000000-0000-4000-8000-0000000000a1';

/** Doors that are open to everybody, and those that everybody has to what is their own. Every other one is closed. */
const OPEN = new Set([
  'GET /server/ping',
  'GET /server/health',
  'GET /server/info',
  'GET /server/setup',
  'GET /', // leads to the Studio, whose pages are the same for everybody
  'GET /admin',
  'GET /server/specs/oas',
  'GET /server/specs/graphql',
  'GET /server/specs/graphql/system',
  'GET /robots.txt',
  'GET /.well-known/jwks.json',
  'GET /auth',
  'GET /utils/random/string',
  'POST /utils/hash/generate',
  'POST /utils/hash/verify',
  'GET /policies/me/globals',
  'GET /permissions/me',
  'GET /roles/me',
  'GET /users/me',
  'GET /users/me/passkeys',
  'GET /users/me/identities',
  'GET /users/me/sessions',
  'DELETE /users/me/sessions',
  'GET /users/me/tfa',
  'GET /users/me/tokens',
  'POST /auth/passkey/options',
  'POST /auth/password/request', // answers everybody the same
]);

const BODIES = [
  undefined,
  {},
  { name: 'x', email: 'x@example.com', password: 'x', collection: 'things', item: 1, to: 2, key: 'k' },
];

/** Every route that the server has, as it says itself. */
function routesOf({ app }: Inside): (readonly [method: string, path: string])[] {
  const found: (readonly [string, string])[] = [];
  const path: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, -]+)\))?/.exec(line);
    if (!match) continue;
    const depth = (match[1] as string).length / 4;
    path.length = depth;
    path.push(match[2] as string);
    for (const method of match[3]?.split(', ') ?? []) found.push([method, path.join('')]);
  }
  return found;
}

/** Every action of the server, whatever it is and whenever it was added, is closed to those who were given nothing. */
describe.each(DATABASES)('actions on %s', (database: Database) => {
  let project: Inside;
  let routes: (readonly [string, string])[];
  let read: () => Promise<Contents>;
  let end: () => Promise<void>;

  beforeAll(async () => {
    project = await Inside.open(await makeProject(database));
    await project.must('POST', '/collections', {
      collection: 'things',
      schema: {},
      meta: {},
      fields: [KEY, field('name')],
    });
    await project.must('POST', '/items/things', { name: 'x' });
    const policy = await project.must('POST', '/policies', { name: 'nothing' });
    await project.must('POST', '/users', { email: 'n@example.com', token: TOKEN, policies: [{ policy: policy.id }] });
    routes = routesOf(project).filter(([method]) => method !== 'HEAD' && method !== 'OPTIONS');
    const reader = await openContents(project.place);
    read = () => reader.read();
    end = () => reader.close();
  });
  afterAll(async () => {
    await end?.();
    await project?.close();
    await project?.place.remove();
  });

  it('are all looked at', () => {
    expect(routes.length).toBeGreaterThan(150);
    const known = routes.map(([method, path]) => `${method} ${path}`);
    for (const route of [
      'POST /utils/revert/:revision',
      'PATCH /items/:collection/:id',
      'DELETE /fields/:collection/:field',
      'GET /auth',
    ])
      expect(known).toContain(route);
    expect([...OPEN].filter((route) => !known.includes(route))).toEqual([]);
  });

  it.each(['', TOKEN])('are closed to those without permissions (token %j), and change nothing', async (token) => {
    const before = await read();
    const open: string[] = [];
    for (const [method, path] of routes) {
      if (OPEN.has(`${method} ${path}`)) continue;
      for (const [collection, id] of [
        ['things', '1'],
        ['directus_users', ID],
      ] as const) {
        const url = path.replace(':collection', collection).replace(/:\w+/g, id);
        for (const body of BODIES) {
          const { status } = await project.json({ method, url, token, body });
          if (status < 400) open.push(`${method} ${path} → ${status}`);
        }
      }
    }
    const told = [...new Set(open)].filter((door) => !MAY_ANSWER.has(door.replace(/ →.*/, '')));
    expect(told).toEqual([]);
    expect(differences(before, await read())).toEqual([]);
  });
});

/** Answers that say nothing and do nothing. */
const MAY_ANSWER = new Set(['GET /permissions/me/:collection', 'GET /permissions/me/:collection/:id']);
