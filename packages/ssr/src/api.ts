import { SessionError, unreachable } from './errors.ts';
import type { Settings } from './options.ts';
import type { ApiHeaders } from './storage.ts';
import { isToken, type Tokens } from './tokens.ts';

/** What came of asking for the next tokens. */
export type Renewal =
  | { readonly kind: 'renewed'; readonly tokens: Tokens }
  /** The API says that the session is over. */
  | { readonly kind: 'refused' }
  /** Nobody knows: network, a fault of the API, a limit. */
  | { readonly kind: 'unreachable'; readonly cause: unknown };

/** Refusals that are about the token; others may be a proxy's. */
const OVER = new Set([400, 401, 403]);

/** Asks for the next tokens. Never throws. */
export async function renew(settings: Settings, refresh: string, headers: ApiHeaders): Promise<Renewal> {
  try {
    const answer = await prove(settings, '/auth/refresh', refresh, headers);
    if (answer.ok) return { kind: 'renewed', tokens: await tokensOf(settings, answer) };
    const cause = await errorOf(answer);
    const over = OVER.has(answer.status) && cause.code !== 'API_UNREACHABLE';
    return over ? { kind: 'refused' } : { kind: 'unreachable', cause };
  } catch (cause) {
    return { kind: 'unreachable', cause };
  }
}

/** Signs in; `body` comes without the mode. Throws SessionError. */
export async function signIn(settings: Settings, path: string, body: object, headers: ApiHeaders): Promise<Tokens> {
  const answer = await send(settings, path, { ...body, mode: settings.storage.mode }, headers);
  if (!answer.ok) throw await errorOf(answer);
  return tokensOf(settings, answer);
}

/** Never throws: the browser forgets its cookie whatever the API says. */
export async function signOut(settings: Settings, refresh: string, headers: ApiHeaders): Promise<void> {
  await prove(settings, '/auth/logout', refresh, headers).catch(() => undefined);
}

/** Asks a route that answers nothing. Throws SessionError. */
export async function post(settings: Settings, path: string, body: object, headers: ApiHeaders): Promise<void> {
  const answer = await send(settings, path, body, headers);
  if (!answer.ok) throw await errorOf(answer);
}

/** Throws API_UNREACHABLE when there is no answer. */
async function send(
  { fetch, url, timeoutSeconds }: Settings,
  path: string,
  body: object,
  headers: ApiHeaders,
): Promise<Response> {
  const asked = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'manual',
    cache: 'no-store',
  } as const;
  try {
    return await fetch(`${url}${path}`, { ...asked, signal: AbortSignal.timeout(timeoutSeconds * 1000) });
  } catch (cause) {
    throw unreachable(cause);
  }
}

function prove(settings: Settings, path: string, refresh: string, headers: ApiHeaders): Promise<Response> {
  const { mode, proof } = settings.storage;
  if (proof) return send(settings, path, { mode }, { ...headers, ...proof(refresh) });
  return send(settings, path, { mode, refresh_token: refresh }, headers);
}

async function tokensOf({ storage }: Settings, answer: Response): Promise<Tokens> {
  if (storage.tokensIn) return storage.tokensIn(answer);
  const { data } = (await answer.json()) as { data?: { access_token?: unknown; refresh_token?: unknown } };
  const { access_token: access, refresh_token: refresh } = data ?? {};
  if (isToken(access) && isToken(refresh)) return { access, refresh };
  throw unreachable(new TypeError('An answer of the API without tokens.'));
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
