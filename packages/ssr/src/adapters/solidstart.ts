import { type Session, type Sessions, serializeCookie, type User } from '../index.ts';
import { unavailable } from './answers.ts';

/** What of SolidStart's `FetchEvent` is used. */
interface Event {
  readonly request: Request;
  readonly locals: object;
  readonly response: { readonly headers: Headers };
}

/** For `locals`: `interface RequestEventLocals extends SessionLocals<Schema> {}` in the global namespace `App`. */
export interface SessionLocals<Schema = unknown> {
  session: Session<Schema>;
}

/**
 * `createMiddleware(sessionMiddleware(sessions))` in `src/middleware.ts`; then `getRequestEvent()!.locals.session` in server
 * functions and while a page renders. Cookies go into the answer at once: pages are streamed.
 */
export function sessionMiddleware<Schema>(sessions: Sessions<Schema>) {
  return {
    onRequest: async (event: Event): Promise<Response | undefined> => {
      const { headers } = event.response;
      const session = sessions.for(event.request, {
        onCookies: (changes) => {
          for (const change of changes) headers.append('set-cookie', serializeCookie(change));
          headers.set('cache-control', 'private, no-store');
        },
      });
      (event.locals as SessionLocals<Schema>).session = session;
      await session.ready();
      if (session.hasTokens) headers.set('cache-control', 'private, no-store');
      return session.prefetch && session.stale ? unavailable() : undefined;
    },
    /** What is streamed from now on can't set cookies any more. */
    onBeforeResponse: (event: Event): void => {
      (event.locals as SessionLocals<Schema>).session.headers();
    },
  };
}

/** In server functions: the user, or off to the login page. `redirect` is that of `@solidjs/router`. */
export async function requireUser<Schema>(
  session: Session<Schema>,
  redirect: (location: string) => unknown,
): Promise<User<Schema>> {
  const { user, location } = await session.guard();
  if (location === null) return user;
  throw redirect(location);
}
