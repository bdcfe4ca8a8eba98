import type { Session, Sessions } from '../index.ts';
import { unavailable } from './answers.ts';

/**
 * Any server of the shape `(request) => response` (Deno, Bun, workers, service of one's own): the session is ready before the
 * handler runs, and its cookies go with what it answers.
 */
export function withSession<Schema>(
  sessions: Sessions<Schema>,
  handler: (request: Request, session: Session<Schema>) => Response | Promise<Response>,
) {
  return async (request: Request): Promise<Response> => {
    const session = await sessions.for(request).ready();
    if (session.prefetch && session.stale) return session.apply(unavailable());
    return session.apply(await handler(request, session));
  };
}
