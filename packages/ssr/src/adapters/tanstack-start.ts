import type { Session, Sessions, User } from '../index.ts';
import { unavailable } from './answers.ts';

/**
 * What request middleware does: `createMiddleware().server(({ request, next }) => withSession(sessions, request, (session) =>
 * next({ context: { session } })))`; then `context.session` in server functions and routes that name it.
 */
export async function withSession<Schema, R extends { readonly response: Response }>(
  sessions: Sessions<Schema>,
  request: Request,
  next: (session: Session<Schema>) => R | Promise<R>,
): Promise<R | Response> {
  const session = await sessions.for(request).ready();
  if (session.prefetch && session.stale) return session.apply(unavailable());
  const result = await next(session);
  return { ...result, response: session.apply(result.response) };
}

/** In server functions and `beforeLoad`: the user, or off to the login page. `redirect` is that of the router. */
export async function requireUser<Schema>(
  session: Session<Schema>,
  redirect: (to: { href: string }) => unknown,
): Promise<User<Schema>> {
  const { user, location } = await session.guard();
  if (location === null) return user;
  throw redirect({ href: location });
}
