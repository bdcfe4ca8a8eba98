import type { Session, Sessions, User } from '../index.ts';
import { type NodeRequest, type NodeResponse, putCookies, webRequest } from './node-request.ts';

interface ExpressRequest extends NodeRequest {
  readonly originalUrl: string;
  readonly protocol: string;
}

interface ExpressResponse extends NodeResponse {
  readonly locals: object;
  statusCode: number;
  redirect(status: number, location: string): void;
  end(text: string): unknown;
}

/** For `res.locals`: `interface Locals extends SessionLocals<Schema> {}` in the namespace `Express`. */
export interface SessionLocals<Schema = unknown> {
  session: Session<Schema>;
}

type Next = (error?: unknown) => void;

/** `app.use(sessionMiddleware(sessions))`; then `res.locals.session`. Behind a proxy set `trust proxy` or `origins`. */
export function sessionMiddleware<Schema>(sessions: Sessions<Schema>) {
  return (request: ExpressRequest, response: ExpressResponse, next: Next): void => {
    const { method, headers, originalUrl, protocol } = request;
    const session = sessions.for(webRequest({ method, headers, url: originalUrl }, protocol === 'https'), {
      canSetCookies: () => !response.headersSent,
      onCookies: (changes) => putCookies(response, changes),
    });
    (response.locals as SessionLocals<Schema>).session = session;
    session.ready().then(() => {
      if (session.hasTokens) response.setHeader('cache-control', 'private, no-store');
      if (!session.prefetch || !session.stale) return next();
      response.statusCode = 503;
      response.end('The session can’t be renewed right now.');
    }, next);
  };
}

/** `app.get('/profile', requireUser(), …)`: off to the login page without a user; else `res.locals.user`. */
export function requireUser<Schema>() {
  return (_request: unknown, response: ExpressResponse, next: Next): void => {
    const locals = response.locals as SessionLocals<Schema> & { user?: User<Schema> };
    locals.session.guard().then(({ user, location }) => {
      if (location !== null) return response.redirect(303, location);
      locals.user = user;
      return next();
    }, next);
  };
}
