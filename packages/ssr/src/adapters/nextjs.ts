import { readCookies } from '../cookies.ts';
import { type Session, SessionError, type Sessions, type User } from '../index.ts';
import { seeOther, unavailable } from './answers.ts';
import { isBelow } from './protected-paths.ts';

/** What of `NextResponse` is used; Next.js has it, this package doesn't import it. */
interface NextResponses {
  next(init: { request: { headers: Headers } }): Response;
}

export interface ProxyOptions {
  /** Paths that are for people who are signed in, with everything below them. Server actions and pages still have to ask. */
  readonly protect?: readonly string[];
}

/** Says to server components what address was asked for; what a browser sends under this name doesn't come through. */
const ADDRESS = 'x-limen-address';

/**
 * `proxy.ts` (`middleware.ts` before Next.js 16): `export const proxy = sessionProxy(sessions, NextResponse)`. The only place
 * that refreshes for server components, which can't set cookies: they get the new tokens with the same request.
 */
export function sessionProxy<Schema>(
  sessions: Sessions<Schema>,
  NextResponse: NextResponses,
  { protect = [] }: ProxyOptions = {},
) {
  return async (request: Request): Promise<Response> => {
    const session = await sessions.for(request).ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    const url = new URL(request.url);
    if (isBelow(url.pathname, protect)) {
      const { location } = await session.guard();
      // Next.js reads a relative address in a proxy's answer as a mistake.
      if (location) return session.apply(seeOther(new URL(location, url).href));
    }
    const headers = new Headers(request.headers);
    headers.set('cookie', cookiesAfter(request, session));
    headers.set(ADDRESS, url.href);
    return session.apply(NextResponse.next({ request: { headers } }));
  };
}

/** The `Cookie` header as the browser will send it after this answer. */
function cookiesAfter(request: Request, session: Session): string {
  const cookies = new Map(readCookies(request.headers.get('cookie')));
  for (const { name, value, maxAge } of session.changes) {
    if (maxAge > 0) cookies.set(name, value);
    else cookies.delete(name);
  }
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

/** What `headers()` of `next/headers` gives. */
interface ReadonlyHeaders {
  get(name: string): string | null;
  forEach(each: (value: string, name: string) => void): void;
}

interface CookieStore {
  set(name: string, value: string, options: CookieStoreOptions): unknown;
}

interface CookieStoreOptions {
  readonly maxAge: number;
  readonly path: string;
  readonly domain?: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
}

/**
 * In server components: `const session = pageSession(sessions, await headers())`. Never refreshes: the proxy has. For one
 * session per request, however many components ask, wrap it: `export const getSession = cache(async () => pageSession(…))`.
 */
export function pageSession<Schema>(sessions: Sessions<Schema>, headers: ReadonlyHeaders): Session<Schema> {
  return sessions.for(requestFor(headers, 'GET'), { canSetCookies: false });
}

/** In server actions: `const session = actionSession(sessions, await headers(), await cookies())`. Signs in and out. */
export function actionSession<Schema>(
  sessions: Sessions<Schema>,
  headers: ReadonlyHeaders,
  cookies: CookieStore,
): Session<Schema> {
  return sessions.for(requestFor(headers, 'POST'), {
    onCookies: (changes) => {
      for (const { name, value, ...options } of changes) cookies.set(name, value, options);
    },
  });
}

/** Server components and actions don't get the request, only its headers. */
function requestFor(given: ReadonlyHeaders, method: string): Request {
  const headers = new Headers();
  given.forEach((value, name) => {
    headers.append(name, value);
  });
  const address = given.get(ADDRESS) ?? `http://${given.get('host') ?? 'localhost'}/`;
  return new Request(address, { method, headers });
}

/** Route handlers: `export const POST = sessionRoute(sessions, async (session, request) => …)`. */
export function sessionRoute<Schema, R extends Request, C>(
  sessions: Sessions<Schema>,
  handler: (session: Session<Schema>, request: R, context: C) => Response | Promise<Response>,
) {
  return async (request: R, context: C): Promise<Response> => {
    const session = await sessions.for(request).ready();
    return session.apply(await handler(session, request, context));
  };
}

/** `app/auth/callback/route.ts`: `export const GET = callbackRoute(sessions)`. */
export function callbackRoute<Schema>(sessions: Sessions<Schema>) {
  return sessionRoute(sessions, async (session: Session<Schema>, _request: Request, _context: unknown) =>
    seeOther(await session.handleCallback()),
  );
}

/** In server components and actions: the user, or off to the login page. `redirect` is that of `next/navigation`. */
export async function requireUser<Schema>(
  session: Session<Schema>,
  redirect: (location: string) => never,
): Promise<User<Schema>> {
  const { user, location } = await session.guard();
  return location === null ? user : redirect(location);
}

/** What a form's state says after `useActionState`: the code and message of a refusal. */
export function refusalOf(error: unknown): { readonly code: string; readonly message: string } {
  if (!(error instanceof SessionError)) throw error;
  return { code: error.code, message: error.message };
}
