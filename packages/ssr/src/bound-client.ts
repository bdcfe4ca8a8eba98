import { createDirectus, type DirectusClient, type GraphqlClient, graphql, type RestClient, rest } from '@directus/sdk';

/** A client of the SDK that speaks for one request. */
export type SessionClient<Schema> = DirectusClient<Schema> & RestClient<Schema> & GraphqlClient<Schema>;

/** What a client needs to know of the session it is bound to. */
export interface TokenSource {
  /** The access token to send; null when nobody is signed in. */
  token(): Promise<string | null>;
  /** After the API refused `token`: whether there is another one now. */
  replaced(token: string): Promise<boolean>;
}

export interface BoundClientParts {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly source: TokenSource;
  readonly headers: Readonly<Record<string, string>>;
}

export function boundClient<Schema>(parts: BoundClientParts): SessionClient<Schema> {
  const globals = { fetch: boundFetch(parts) };
  return createDirectus<Schema>(parts.url, { globals }).with(rest()).with(graphql());
}

/** Adds the token of the session to requests to the API, and to nothing else; once more when a token was refused. */
function boundFetch({ url, fetch, source, headers: more }: BoundClientParts) {
  const { origin } = new URL(url);
  return async (input: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (new URL(input).origin !== origin || headers.has('authorization')) return fetch(input, init);
    for (const name in more) if (!headers.has(name)) headers.set(name, more[name] as string);
    const token = await source.token();
    if (token) headers.set('authorization', `Bearer ${token}`);
    const answer = await fetch(input, { ...init, headers });
    if (!token || !mayRepeat(init, await codeOf(answer)) || !(await source.replaced(token))) return answer;
    headers.set('authorization', `Bearer ${await source.token()}`);
    return fetch(input, { ...init, headers });
  };
}

/** An expired token is refused before anything is done; the other codes can have other reasons, so only reading is repeated. */
function mayRepeat({ method = 'GET', body }: RequestInit, code: string | null): boolean {
  if (body instanceof ReadableStream) return false;
  return code === 'TOKEN_EXPIRED' || (method === 'GET' && (code === 'INVALID_CREDENTIALS' || code === 'INVALID_TOKEN'));
}

/** The code of a refusal, read from a copy. */
async function codeOf(answer: Response): Promise<string | null> {
  if (answer.status !== 401 && answer.status !== 403) return null;
  const body = (await answer
    .clone()
    .json()
    .catch(() => null)) as { errors?: { extensions?: { code?: string } }[] } | null;
  return body?.errors?.[0]?.extensions?.code ?? null;
}
