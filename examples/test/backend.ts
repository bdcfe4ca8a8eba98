import { startCertifiedProvider } from '../../packages/server/test/sso/certified-provider.ts';
import type { StartedServer } from '../../packages/server/test/started-server.ts';
import { ADMIN, discard, startProject } from '../../packages/server/test/started-server.ts';
import { run } from './processes.ts';

/** Who is signed in at the test provider. */
export const AT_THE_PROVIDER = 'ada@club.example.com';

/** The role that `setup.mjs` of the examples makes. */
export const MEMBERS = '5e6f7a10-0000-4000-8000-000000000001';

export interface Backend {
  readonly url: string;
  readonly server: StartedServer;
  /** What the OpenID provider found wrong with requests. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

export interface BackendOptions {
  /** The address of the app, which providers send people back to. */
  readonly origin: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Limen on SQLite with an OpenID provider, `Club`, at which `ada` is signed in. */
export async function startBackend({ origin, settings = {} }: BackendOptions): Promise<Backend> {
  const provider = await startCertifiedProvider();
  const server = await startProject('sqlite', {
    AUTH_PROVIDERS: 'club',
    AUTH_CLUB_DRIVER: 'openid',
    AUTH_CLUB_LABEL: 'Club',
    AUTH_CLUB_CLIENT_ID: 'limen',
    AUTH_CLUB_CLIENT_SECRET: 'a-secret-of-the-test-provider',
    AUTH_CLUB_ISSUER_URL: provider.url,
    AUTH_CLUB_ALLOW_PUBLIC_REGISTRATION: 'true',
    AUTH_CLUB_DEFAULT_ROLE_ID: MEMBERS,
    AUTH_CLUB_REDIRECT_ALLOW_LIST: `${origin}/auth/callback`,
    RATE_LIMITER_REGISTRATION_ENABLED: 'false',
    ...settings,
  });
  provider.serve([
    {
      client_id: 'limen',
      client_secret: 'a-secret-of-the-test-provider',
      redirect_uris: [`${settings.PUBLIC_URL ?? server.url}/auth/login/club/callback`],
      id_token_signed_response_alg: 'RS256',
    },
  ]);
  return {
    url: server.url,
    server,
    complaints: provider.complaints,
    stop: async () => {
      provider.stop();
      await discard(server);
    },
  };
}

/** Makes the collection, the role and its rights, as the README of each example says. */
export async function setUp(folder: string, url: string): Promise<void> {
  await run('node', ['setup.mjs'], folder, { LIMEN_URL: url, LIMEN_TOKEN: ADMIN.token });
}
