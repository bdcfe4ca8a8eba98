import type { Session, Sessions, User } from '../index.ts';
import { seeOther, unavailable } from './answers.ts';

/** What `createContext<Session<Schema>>()` of React Router makes, and where its values are. */
interface Contexts<K> {
  readonly request: Request;
  readonly context: { set(key: K, value: unknown): void };
}

/**
 * In `root.tsx`: `export const middleware = [sessionMiddleware(sessions, sessionContext)]`, where `sessionContext` is
 * `createContext<Session<Schema>>()`; then `context.get(sessionContext)` in loaders and actions.
 */
export function sessionMiddleware<Schema, K>(sessions: Sessions<Schema>, sessionContext: K) {
  return async ({ request, context }: Contexts<K>, next: () => Promise<Response>): Promise<Response> => {
    const session = sessions.for(request, { url: pageOf(request) });
    context.set(sessionContext, session);
    await session.ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    return session.apply(await next());
  };
}

/** Requests for the data of `/profile` go to `/profile.data`, those for `/` to `/_.data` (`/_root.data` before version 8). */
function pageOf(request: Request): URL {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/_(root)?\.data$/, '/').replace(/\.data$/, '');
  if (url.searchParams.has('_routes')) url.searchParams.delete('_routes');
  return url;
}

/** In loaders and actions: the user; throws the way to the login page, which React Router follows. */
export async function requireUser<Schema>(session: Session<Schema>): Promise<User<Schema>> {
  const { user, location } = await session.guard();
  if (location === null) return user;
  throw seeOther(location);
}
