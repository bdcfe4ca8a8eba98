import { readOptions, type SessionsOptions } from './options.ts';
import type { Refreshing } from './refreshing.ts';
import type { RequestOptions, Shared } from './request-state.ts';
import { Session } from './session.ts';

export type { CookieOptions } from './app-cookie.ts';
export type { SessionClient } from './bound-client.ts';
export { type CookieChange, serializeCookie } from './cookies.ts';
export { SessionError } from './errors.ts';
export type { SessionsOptions } from './options.ts';
export { safeRedirect } from './redirects.ts';
export type { RequestOptions } from './request-state.ts';
export type { Credentials, Guarded, Registration, Session, User } from './session.ts';
export type { Storage } from './storage.ts';

/** The sessions of an app. Holds no token and no client: those exist per request. */
export interface Sessions<Schema = unknown> {
  /** The session of a request; the same one whenever it is asked for with the same request. */
  for(request: Request, options?: RequestOptions): Session<Schema>;
}

/** Makes the sessions of an app; once, when it starts. Throws TypeError with a sentence that says what to change. */
export function createSessions<Schema = unknown>(options: SessionsOptions): Sessions<Schema> {
  const settings = readOptions(options);
  let refreshing: Promise<Refreshing> | undefined;
  const shared: Shared = {
    settings,
    refreshing() {
      refreshing ??= import('./refreshing.ts').then((loaded) => new loaded.Refreshing(settings));
      return refreshing;
    },
  };
  const known = new WeakMap<Request, Session<Schema>>();
  return {
    for(request, requestOptions = {}) {
      settings.storage.requireReachable?.(requestOptions.url?.href ?? request.url);
      const session = known.get(request) ?? new Session<Schema>(shared, request, requestOptions);
      known.set(request, session);
      return session;
    },
  };
}
