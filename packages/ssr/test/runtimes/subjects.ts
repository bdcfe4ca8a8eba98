import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HostileProvider } from '../../../server/test/sso/hostile-provider.ts';
import { openIdSettings, person } from '../../../server/test/sso/logins.ts';
import { discard, startProject } from '../../../server/test/started-server.ts';
import { type Account, makeNotes, makeUsers } from '../api.ts';
import { APP } from '../browser.ts';
import { CHECKS } from './checks.ts';
import { type RuntimeName, startApp } from './runtime.ts';

export interface Subjects {
  /** Starts the app on a runtime and checks it; the number of checks. Throws what one that fails says. */
  check(name: RuntimeName): Promise<number>;
  stop(): Promise<void>;
}

/**
 * A server, a provider, and an API that never answers. Tokens live for six seconds: a busy machine has to be through with twenty
 * requests before the next refresh is due.
 */
export async function startSubjects(): Promise<Subjects> {
  const club = await new HostileProvider().start();
  person(club, 'ann');
  const settings = openIdSettings('club', club.url, { REDIRECT_ALLOW_LIST: `${APP}/plain/auth/callback` });
  const server = await startProject('sqlite', { AUTH_PROVIDERS: 'club', ACCESS_TOKEN_TTL: '6s', ...settings });
  const [account] = (await makeUsers(server, await makeNotes(server), 1)) as [Account];
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const places = { api: server.url, silent: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` };
  return {
    async check(name) {
      const app = await startApp(name, places);
      try {
        const subject = { address: app.address, account };
        await Promise.all(Object.values(CHECKS).map((check) => check(subject)));
        return Object.keys(CHECKS).length;
      } finally {
        app.stop();
      }
    },
    async stop() {
      silent.closeAllConnections();
      silent.close();
      club.stop();
      await discard(server);
    },
  };
}
