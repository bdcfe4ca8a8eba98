import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { Browser } from './browser.ts';
import { HostileProvider } from './hostile-provider.ts';
import { callbackFor, login, person } from './logins.ts';
import { OWN_MACHINE, openIdBody } from './project-providers.ts';

/** Groups at a provider decide about roles and policies; a project keeps somebody who administers it all the same. */
describe.each(DATABASES)('the last administrator and groups at a provider, on %s', (database) => {
  let server: StartedServer;
  let club: HostileProvider;
  let first: { readonly id: string; readonly role: string };
  let policy: string;

  beforeAll(async () => {
    club = await new HostileProvider().start();
    server = await startProject(database, OWN_MACHINE);
    const admin = new Client(server);
    first = (await admin.get('/users/me?fields=id,role')).body.data;
    policy = (await admin.get('/policies?filter[admin_access][_eq]=true&fields=id')).body.data[0].id;
    const mappings = {
      roles: { role_mapping: { staff: first.role }, sync_user_info: true },
      policies: { policy_mapping: { staff: [policy] } },
    };
    for (const [name, mapping] of Object.entries(mappings)) {
      expect((await admin.post('/providers', openIdBody(name, club.url, mapping))).status).toBe(200);
    }
  }, 60_000);

  afterAll(async () => {
    club.stop();
    await discard(server);
  });

  it.each(['roles', 'policies'])('stay while nobody else administers, and no longer: by %s', async (name) => {
    const browser = new Browser();
    await arrive(name, ['staff'], browser);
    expect(await administers(browser)).toBe(true);
    await patch(browser, { status: 'suspended' });

    await arrive(name, [], browser);
    expect(await administers(browser)).toBe(true);
    expect(server.output()).toContain('which is the last to have it: its role and policies stay');
    await arrive(name, ['others'], browser);
    expect(await administers(browser)).toBe(true);

    await patch(browser, { status: 'active' });
    await arrive(name, [], browser);
    expect(await administers(browser)).toBe(false);
  });

  it('of two who lose it at once, one stays', async () => {
    const people = [
      { name: 'roles', sub: 'one', browser: new Browser() },
      { name: 'policies', sub: 'two', browser: new Browser() },
    ];
    for (const { name, sub, browser } of people) await arrive(name, ['staff'], browser, sub);
    const [one, two] = people.map(({ browser }) => browser) as [Browser, Browser];
    await patch(one, { status: 'suspended' });
    const backs: string[] = [];
    for (const { name, sub, browser } of people) {
      person(club, sub, { groups: [], email: `${sub}@club.example.com` });
      backs.push(await callbackFor(server, name, browser));
    }
    const both = await Promise.all(people.map(({ browser }, at) => browser.get(backs[at] ?? '')));
    for (const answer of both) expect(answer.headers.get('location')).not.toContain('reason=');
    expect([await administers(one), await administers(two)].filter(Boolean)).toHaveLength(1);
    await patch((await administers(one)) ? one : two, { status: 'active' });
  });

  async function arrive(name: string, groups: readonly string[], browser: Browser, sub = `of ${name}`): Promise<void> {
    person(club, sub, { groups, email: `${sub.replace(' ', '-')}@club.example.com` });
    expect(await login(server, name, browser)).toMatchObject({ reason: null, signedIn: true });
  }

  async function administers(browser: Browser): Promise<boolean> {
    const answer = await browser.get(`${server.url}/policies/me/globals`);
    return ((await answer.json()) as { data: { admin_access: boolean } }).data.admin_access;
  }

  /** Changes the first administrator. */
  async function patch(browser: Browser, change: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const address = `${server.url}/users/${first.id}`;
    const answer = await browser.send(address, { method: 'PATCH', headers, body: JSON.stringify(change) });
    expect(answer.status).toBe(200);
  }
});
