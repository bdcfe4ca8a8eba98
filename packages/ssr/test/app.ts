import { readItems } from '@directus/sdk';
import { withSession } from '../src/adapters/fetch-handler.ts';
import { createSessions, type Session, SessionError, type SessionsOptions } from '../src/index.ts';
import type { App } from './browser.ts';

export interface Note {
  id: number;
  owner: string;
  text: string;
}

export interface Schema {
  notes: Note[];
}

export interface Page {
  readonly user: { readonly id: string; readonly email?: string | null } | null;
  readonly notes: readonly string[];
}

/** What left for the API. */
export interface Traffic {
  refreshes: number;
  logins: number;
  others: number;
  /** Done in place of the next request, and to how many. */
  fault: ((url: string) => Response | null) | null;
  /** Told of every refresh token that is sent to be spent. */
  spent: ((token: string) => void) | null;
}

export interface TestApp {
  readonly app: App;
  readonly traffic: Traffic;
}

/** A plain app without a framework: a layout and a page that read at the same time, and routes to sign in and out. */
export function makeApp(options: SessionsOptions): TestApp {
  const traffic: Traffic = { refreshes: 0, logins: 0, others: 0, fault: null, spent: null };
  const counting: typeof fetch = async (input, init) => {
    const url = String(input);
    if (url.endsWith('/auth/refresh')) {
      traffic.refreshes++;
      traffic.spent?.((JSON.parse(String(init?.body)) as { refresh_token?: string }).refresh_token ?? '');
    } else if (url.includes('/auth/login')) traffic.logins++;
    else traffic.others++;
    const planned = traffic.fault?.(url);
    return planned ?? fetch(input, init);
  };
  const sessions = createSessions<Schema>({ ...options, fetch: counting });
  return { app: withSession(sessions, (request, session) => route(request, session).catch(refused)), traffic };
}

async function route(request: Request, session: Session<Schema>): Promise<Response> {
  const { pathname } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'POST /login':
      await session.login((await request.json()) as { email: string; password: string });
      return seeOther(session.redirectedFrom());
    case 'POST /logout':
    case 'GET /logout':
      await session.logout();
      return seeOther('/');
    case 'POST /register':
      await session.register((await request.json()) as { email: string; password: string });
      return new Response(null, { status: 204 });
    case 'GET /profile': {
      const { user, location } = await session.guard();
      return location === null ? Response.json(user) : seeOther(location);
    }
    default:
      return page(session);
  }
}

async function page(session: Session<Schema>): Promise<Response> {
  const layout = session.user();
  const notes = session.hasTokens
    ? session.client.request(readItems('notes', { fields: ['text'] }))
    : Promise.resolve([]);
  const [user, found] = await Promise.all([layout, notes.catch(() => [])]);
  return Response.json({ user, notes: found.map(({ text }) => text) });
}

const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location } });

function refused(error: unknown): Response {
  if (!(error instanceof SessionError)) throw error;
  return Response.json({ code: error.code }, { status: error.status });
}
