import type { Session, Sessions, User } from '../index.ts';
import { unavailable } from './answers.ts';

/** What of Hono's `Context` is used. */
interface Context {
  readonly req: { readonly raw: Request };
  res: Response;
  set(key: 'session', value: unknown): void;
}

/** For the variables of an app: `new Hono<{ Variables: SessionVariables<Schema> }>()`. */
export interface SessionVariables<Schema = unknown> {
  session: Session<Schema>;
}

/** `app.use(sessionMiddleware(sessions))`; then `c.get('session')` or `c.var.session`. */
export function sessionMiddleware<Schema>(sessions: Sessions<Schema>) {
  return async (context: Context, next: () => Promise<void>): Promise<Response | undefined> => {
    const session = await sessions.for(context.req.raw).ready();
    context.set('session', session);
    if (session.prefetch && session.stale) return session.apply(unavailable());
    await next();
    const answer = session.apply(context.res);
    // Hono merges the headers of an answer that is replaced; this one has them all.
    if (answer !== context.res) {
      (context as { res: Response | undefined }).res = undefined;
      context.res = answer;
    }
    return undefined;
  };
}

/** The user, or an answer that leads to the login page. */
export async function requireUser<Schema>(session: Session<Schema>): Promise<User<Schema> | Response> {
  const { user, location } = await session.guard();
  return location === null ? user : new Response(null, { status: 303, headers: { location } });
}
