import { createDirectus, type DirectusClient, type GraphqlClient, graphql, type RestClient, rest } from '@directus/sdk';
import type { Settings } from './options.ts';
import type { ApiHeaders } from './storage.ts';

/** A client of the SDK that speaks for one request. */
export type SessionClient<Schema> = DirectusClient<Schema> & RestClient<Schema> & GraphqlClient<Schema>;

/** What a client needs to know of the session it is bound to. */
export interface TokenSource {
  /** The access token to send; null when nobody is signed in. */
  token(): Promise<string | null>;
  /** After the API refused `token`: whether there is another one now. */
  replaced(token: string): Promise<boolean>;
  /** Something may have been changed. */
  changed(): void;
}

type Place = Pick<Settings, 'url' | 'fetch'>;

/** `headers` go with every request to the API. */
export function boundClient<Schema>(place: Place, headers: ApiHeaders, source: TokenSource): SessionClient<Schema> {
  const globals = { fetch: boundFetch(place, headers, source) };
  return createDirectus<Schema>(place.url, { globals }).with(rest()).with(graphql());
}

/** Adds the token of the session to requests to the API, and to nothing else; once more when a token was refused. */
function boundFetch({ url, fetch }: Place, more: ApiHeaders, source: TokenSource) {
  const { origin } = new URL(url);
  return async (input: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (new URL(input).origin !== origin || headers.has('authorization')) return fetch(input, init);
    for (const name in more) if (!headers.has(name)) headers.set(name, more[name] as string);
    const token = await source.token();
    if (token) headers.set('authorization', `Bearer ${token}`);
    const answer = await fetch(input, { ...init, headers });
    if (init.method && init.method !== 'GET') source.changed();
    if (!token || (answer.status !== 401 && answer.status !== 403)) return answer;
    const { mayRepeat } = await import('./refusals.ts');
    if (!(await mayRepeat(init, answer)) || !(await source.replaced(token))) return answer;
    headers.set('authorization', `Bearer ${await source.token()}`);
    return fetch(input, { ...init, headers });
  };
}
