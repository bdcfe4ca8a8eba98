import type { Session, Sessions, User } from '../index.ts';
import { type NodeRequest, type NodeResponse, putCookies, webRequest } from './node-request.ts';

interface SocketRequest extends NodeRequest {
  /** Over TLS it has `encrypted`. */
  readonly socket?: object;
}

interface EndableResponse extends NodeResponse {
  statusCode: number;
  end(text: string): unknown;
}

/** What of an h3 event is used. */
interface Event {
  readonly path: string;
  readonly node: { readonly req: SocketRequest; readonly res: EndableResponse };
  readonly context: object;
}

/** For h3: `interface H3EventContext extends SessionContext<Schema> {}`. */
export interface SessionContext<Schema = unknown> {
  session: Session<Schema>;
}

/**
 * `export default defineEventHandler(sessionHandler(sessions))` in `server/middleware/session.ts`; then
 * `event.context.session` in server routes, and `useRequestEvent()?.context.session` while a page renders.
 */
export function sessionHandler<Schema>(sessions: Sessions<Schema>) {
  return async (event: Event): Promise<void> => {
    const { req, res } = event.node;
    const { encrypted } = (req.socket ?? {}) as { readonly encrypted?: boolean };
    const secure = encrypted === true || req.headers['x-forwarded-proto'] === 'https';
    const request = webRequest({ method: req.method, headers: req.headers, url: event.path }, secure);
    const session = sessions.for(request, {
      canSetCookies: () => !res.headersSent,
      onCookies: (changes) => putCookies(res, changes),
    });
    (event.context as SessionContext<Schema>).session = session;
    await session.ready();
    if (session.hasTokens) res.setHeader('cache-control', 'private, no-store');
    if (!session.prefetch || !session.stale) return;
    res.statusCode = 503;
    res.end('The session can’t be renewed right now.');
  };
}

/**
 * For a composable that gives pages their user without another request of the browser: what it returns is serialised into
 * the page, so only the named fields are.
 */
export async function userForPage<Schema, F extends keyof User<Schema>>(
  event: { readonly context: object } | undefined,
  fields: readonly F[],
): Promise<Pick<User<Schema>, F> | null> {
  const { session } = (event?.context ?? {}) as Partial<SessionContext<Schema>>;
  const user = (await session?.user()) ?? null;
  return user && (Object.fromEntries(fields.map((field) => [field, user[field]])) as Pick<User<Schema>, F>);
}

/** In server routes: the user, or off to the login page. `sendRedirect` is that of h3. */
export async function requireUser<Schema>(
  event: Event,
  sendRedirect: (event: Event, location: string, status: number) => Promise<void>,
): Promise<User<Schema> | null> {
  const { user, location } = await (event.context as SessionContext<Schema>).session.guard();
  if (location !== null) await sendRedirect(event, location, 303);
  return user;
}
