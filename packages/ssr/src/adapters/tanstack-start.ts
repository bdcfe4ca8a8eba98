import type { Session, Sessions, User } from '../index.ts';
import { unavailable } from './answers.ts';

interface Handed<Schema> {
  readonly context: { readonly session: Session<Schema> };
}

interface ServerInput<Schema, R extends { response: Response }> {
  readonly request: Request;
  readonly next: (handed: Handed<Schema>) => R | Promise<R>;
}

/**
 * `createMiddleware().server(sessionMiddleware(sessions))` as request middleware of the start instance; then
 * `context.session` in server functions and routes.
 */
export function sessionMiddleware<Schema>(sessions: Sessions<Schema>) {
  return async <R extends { response: Response }>({ request, next }: ServerInput<Schema, R>): Promise<R | Response> => {
    const session = await sessions.for(request).ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    const result = await next({ context: { session } });
    return { ...result, response: session.apply(result.response) };
  };
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
