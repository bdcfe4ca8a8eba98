import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../../server/test/started-server.ts';
import { type Account, makeNotes, makeUsers, PASSWORD } from './api.ts';
import { makeApp, type Page } from './app.ts';
import { Browser } from './browser.ts';

let server: StartedServer;
let account: Account;
beforeAll(async () => {
  server = await startProject('sqlite', { ACCESS_TOKEN_TTL: '2s', REFRESH_TOKEN_GRACE_PERIOD: '10s' });
  [account] = (await makeUsers(server, await makeNotes(server), 1)) as [Account];
});
afterAll(() => discard(server));

it('several processes refresh one token at once: the grace period of the API gives all of them the same session', async () => {
  const processes = Array.from({ length: 4 }, () => makeApp({ url: server.url }));
  const first = new Browser((processes[0] as (typeof processes)[number]).app);
  await first.post('/login', { email: account.email, password: PASSWORD });
  let jar: ReadonlyMap<string, string> = first.jar;
  for (let round = 1; round <= 3; round++) {
    await sleep(2100);
    const tabs = processes.flatMap(({ app }) => Array.from({ length: 5 }, () => new Browser(app, jar)));
    const pages = await Promise.all(tabs.map(async (tab) => (await (await tab.get('/')).json()) as Page));
    for (const page of pages) expect(page.user?.id).toBe(account.id);
    for (const { traffic } of processes) expect(traffic.refreshes).toBe(round);
    jar = (tabs[round] as Browser).jar;
  }
});
