import type { Session, Sessions } from '../index.ts';
import { seeOther, unavailable } from './answers.ts';
import { isBelow } from './protected-paths.ts';

/** What of Astro's `APIContext` is used. */
interface Context {
  readonly request: Request;
  readonly url: URL;
  readonly locals: object;
  readonly isPrerendered?: boolean;
}

/** For `App.Locals` in `env.d.ts`: `interface Locals extends SessionLocals<Schema> {}`. */
export interface SessionLocals<Schema = unknown> {
  session: Session<Schema>;
}

/**
 * `export const onRequest = sessionMiddleware(sessions)` in `src/middleware.ts`; then `Astro.locals.session`. Pages that are
 * prerendered are nobody's and get no session.
 */
export function sessionMiddleware<Schema>(
  sessions: Sessions<Schema>,
  { protect = [] }: { readonly protect?: readonly string[] } = {},
) {
  return async <C extends Context>(context: C, next: () => Promise<Response>): Promise<Response> => {
    if (context.isPrerendered) return next();
    const session = sessions.for(context.request, { url: context.url });
    (context.locals as SessionLocals<Schema>).session = session;
    await session.ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    if (isBelow(context.url.pathname, protect)) {
      const { location } = await session.guard();
      if (location) return session.apply(seeOther(location));
    }
    return session.apply(await next());
  };
}
