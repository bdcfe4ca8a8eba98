import { API } from '../app/places.ts';

/** As whom the explorer asks. */
export interface Caller {
  /** Null: as whoever is signed in, with the session's cookie. It is kept here and nowhere else. */
  readonly token: string | null;
  /** Another one for every change; stands for the token in the keys of queries. */
  readonly number: number;
}

let last = 0;

/** A caller with a token, or without one whoever is signed in. */
export const callerWith = (token: string | null): Caller => ({ token, number: ++last });

/** What a request holds besides who asks. */
export interface Asked {
  readonly method: string;
  /** From the API's root, with its query. */
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
}

/** Tokens go into a header: visible ASCII and nothing else. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** Sends a request as the caller. A redirection is not followed: it may lead to where nobody meant to go. */
export function send({ token }: Caller, { method, path, type, body }: Asked): Promise<Response> {
  return fetch(API + path, {
    method,
    credentials: token === null ? 'include' : 'omit',
    redirect: 'manual',
    cache: 'no-store',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

/** An answer of the API that says no. */
class Refused extends Error {
  readonly response: Response;
  readonly errors: unknown;

  constructor(response: Response, errors: unknown) {
    super(`The server answered ${response.status}.`);
    this.response = response;
    this.errors = errors;
  }
}

/** Reads JSON as the caller. Throws what `failureOf` understands. */
export async function readJson<Answer>(caller: Caller, path: string): Promise<Answer> {
  const response = await send(caller, { method: 'GET', path });
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response, answer?.errors);
  return answer as Answer;
}
