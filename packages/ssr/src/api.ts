import type { CookieChange } from './cookies.ts';
import { SessionError, unreachable } from './errors.ts';
import type { Settings } from './options.ts';
import { isToken, type Tokens } from './tokens.ts';

/** What came of asking for the next tokens. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly tokens: Tokens }
  /** The API says that the session is over. */
  | { readonly kind: 'refused' }
  /** Nobody knows: network, a fault of the API, a limit. */
  | { readonly kind: 'unreachable'; readonly cause: unknown };

type Headers = Readonly<Record<string, string>>;

/** The routes of the API that give and take tokens. */
export interface Api {
  /** `body` without the mode. Throws SessionError. */
  signIn(path: string, body: object, headers: Headers): Promise<Tokens>;
  renew(refresh: string, headers: Headers): Promise<Renewal>;
  /** Never throws: the browser forgets its cookie whatever the API says. */
  signOut(refresh: string, headers: Headers): Promise<void>;
  /** A route that answers nothing. Throws SessionError. */
  post(path: string, body: object, headers: Headers): Promise<void>;
}

/** A server may be as slow as it likes, but its answer about tokens is short. */
const OVER = new Set([400, 401, 403]);

export function makeApi(settings: Settings): Api {
  const { url, storage, cookieName, timeoutMs } = settings;
  const mode = storage === 'app' ? 'json' : 'session';

  /** Throws API_UNREACHABLE when there is no answer. */
  async function send(path: string, body: object, headers: Headers): Promise<Response> {
    const asked = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      cache: 'no-store',
    } as const;
    try {
      return await settings.fetch(`${url}${path}`, { ...asked, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  /** In the mode `session` the token is never in a body. */
  function proof(refresh: string, headers: Headers): [object, Headers] {
    if (mode === 'json') return [{ mode, refresh_token: refresh }, headers];
    return [{ mode }, { ...headers, cookie: `${cookieName}=${refresh}` }];
  }

  async function tokensOf(answer: Response): Promise<Tokens> {
    if (mode === 'session') return (await import('./api-cookie.ts')).tokensIn(answer, cookieName);
    const { data } = (await answer.json()) as { data?: { access_token?: unknown; refresh_token?: unknown } };
    const { access_token: access, refresh_token: refresh } = data ?? {};
    if (typeof access === 'string' && typeof refresh === 'string' && isToken(access) && isToken(refresh)) {
      return { access, refresh };
    }
    throw unreachable(new TypeError('An answer of the API without tokens.'));
  }

  return {
    async signIn(path, body, headers) {
      const answer = await send(path, { ...body, mode }, headers);
      if (!answer.ok) throw await errorOf(answer);
      return tokensOf(answer);
    },
    async renew(refresh, headers) {
      try {
        const answer = await send('/auth/refresh', ...proof(refresh, headers));
        if (answer.ok) return { kind: 'renewed', tokens: await tokensOf(answer) };
        const cause = await errorOf(answer);
        const over = OVER.has(answer.status) && cause.code !== 'API_UNREACHABLE';
        return over ? { kind: 'refused' } : { kind: 'unreachable', cause };
      } catch (cause) {
        return { kind: 'unreachable', cause };
      }
    },
    async signOut(refresh, headers) {
      const [body, all] = proof(refresh, headers);
      await send('/auth/logout', body, all).catch(() => undefined);
    },
    async post(path, body, headers) {
      const answer = await send(path, body, headers);
      if (!answer.ok) throw await errorOf(answer);
    },
  };
}

/** What the API said; a page of a proxy in front of it says nothing about the session. */
async function errorOf(answer: Response): Promise<SessionError> {
  const body = (await answer.json().catch(() => null)) as { errors?: unknown } | null;
  const [first] = Array.isArray(body?.errors)
    ? (body.errors as { message?: unknown; extensions?: { code?: unknown } }[])
    : [];
  const code = first?.extensions?.code;
  if (typeof code !== 'string') return unreachable(new Error(`The API answered ${answer.status}.`));
  return new SessionError(code, answer.status, typeof first?.message === 'string' ? first.message : code);
}

/** Cookies that take away what the API set. */
export const takenAway = (change: Omit<CookieChange, 'value' | 'maxAge'>): CookieChange => ({
  ...change,
  value: '',
  maxAge: 0,
});
