import { withSession } from '../../src/adapters/fetch-handler.ts';
import { createSessions, type Session, SessionError, type SessionsOptions } from '../../src/index.ts';
import { APP, type App } from '../browser.ts';

/** Where the apps find their APIs; the bundler writes it in front of the code, so that it is there when modules load. */
export interface Places {
  readonly api: string;
  /** Takes requests and never answers them. */
  readonly silent: string;
}

const { api, silent } = (globalThis as unknown as { PLACES: Places }).PLACES;

/** Made when the module loads, as apps do: edge runtimes forbid some things there. */
const APPS: Readonly<Record<string, App>> = {
  plain: appAt('/plain', { url: api }),
  slow: appAt('/slow', { url: api }, 700),
  sealed: appAt('/sealed', { url: api, cookie: { secret: 'a-secret-of-an-app-that-is-long-enough' } }),
  silent: appAt('/silent', { url: silent, timeoutSeconds: 1 }),
};

/** What runs on every runtime: `Request` in, `Response` out. */
export async function answer(request: Request): Promise<Response> {
  const app = APPS[new URL(request.url).pathname.split('/', 2)[1] ?? ''];
  return app ? app(request) : new Response(null, { status: 404 });
}

/** `delayMs`: how long refreshing takes at least. */
function appAt(base: string, options: SessionsOptions, delayMs = 0): App {
  const traffic = { refreshes: 0 };
  const sessions = createSessions({
    ...options,
    origins: [APP],
    loginPath: `${base}/login`,
    callbackPath: `${base}/auth/callback`,
    homePath: `${base}/`,
    fetch: async (input, init) => {
      if (String(input).endsWith('/auth/refresh')) {
        traffic.refreshes++;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
      return fetch(input, init);
    },
  });
  return withSession(sessions, (request, session) => route({ base, traffic, request, session }).catch(refused));
}

interface Asked {
  readonly base: string;
  readonly traffic: { readonly refreshes: number };
  readonly request: Request;
  readonly session: Session;
}

async function route({ base, traffic, request, session }: Asked): Promise<Response> {
  const path = new URL(request.url).pathname.slice(base.length);
  switch (`${request.method} ${path}`) {
    case 'POST /login':
      await session.login((await request.json()) as { email: string; password: string });
      return seeOther(session.redirectedFrom());
    case 'POST /logout':
      await session.logout();
      return seeOther(`${base}/`);
    case 'POST /leave':
      return seeOther(await session.loginWith('club'));
    case 'GET /auth/callback':
      return seeOther(await session.handleCallback());
    case 'GET /profile': {
      const { user, location } = await session.guard();
      return location === null ? Response.json({ id: user.id }) : seeOther(location);
    }
    default:
      return Response.json({ id: (await session.user())?.id ?? null, ...traffic });
  }
}

const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location } });

function refused(error: unknown): Response {
  if (!(error instanceof SessionError)) throw error;
  return Response.json({ code: error.code }, { status: error.status });
}
