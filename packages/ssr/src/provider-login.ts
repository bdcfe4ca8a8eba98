import { requireCookies } from './adopting.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import type { CookieChange } from './cookies.ts';
import { SessionError } from './errors.ts';
import type { Settings } from './options.ts';
import { withParameter } from './redirects.ts';
import type { RequestState } from './request-state.ts';
import { enter } from './signing.ts';

/** Seconds that a person may take at the provider. */
const ATTEMPT_SECONDS = 900;

/** A login that has left for a provider; kept in a cookie of its own, so that two tabs don't disturb each other. */
export interface Attempt {
  /** The secret half of the challenge (RFC 7636). */
  readonly verifier: string;
  /** Where the person wanted to go. */
  readonly redirectTo: string;
}

/** The way to a provider; what has to be remembered until the person comes back goes into a cookie. */
export async function leaveFor(state: RequestState, provider: string, redirectTo: string): Promise<string> {
  requireCookies(state);
  const { settings, origin } = state;
  const verifier = random(32);
  const name = random(9);
  const location = new URL(`${settings.publicUrl}/auth/login/${encodeURIComponent(provider)}`);
  location.searchParams.set('redirect', `${origin}${withParameter(settings.callbackPath, 'state', name)}`);
  if (settings.storage.mode === 'json') {
    location.searchParams.set('response', 'code');
    location.searchParams.set('code_challenge', await challengeOf(verifier));
    location.searchParams.set('code_challenge_method', 'S256');
  }
  const kept: Attempt = { verifier, redirectTo };
  const value = toBase64Url(new TextEncoder().encode(JSON.stringify(kept)));
  state.change([attemptCookie(name, value, ATTEMPT_SECONDS, settings)]);
  return location.href;
}

/** Where to send somebody who comes back from a provider: on, or to the login page with a reason. */
export async function comeBack(state: RequestState, safe: (target: string) => string): Promise<string> {
  requireCookies(state);
  const { settings, url, cookies } = state;
  const { searchParams } = url;
  const name = searchParams.get('state') ?? '';
  const attempt = attemptOf(name, cookies, settings);
  if (attempt) state.change([attemptCookie(name, '', 0, settings)]);
  const reason = searchParams.get('reason') ?? (attempt ? null : 'INVALID_CREDENTIALS');
  if (reason !== null || !attempt) return failed(reason, attempt);
  if (settings.storage.mode === 'json') {
    try {
      const proof = { code: searchParams.get('code') ?? '', code_verifier: attempt.verifier };
      await enter(state, '/auth/login/handoff', proof);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return failed(error.code, attempt);
    }
  }
  return safe(attempt.redirectTo);

  function failed(code: string | null, from: Attempt | null): string {
    const said = code !== null && /^[A-Z_]{1,64}$/.test(code) ? code : 'UNKNOWN';
    const login = withParameter(settings.loginPath, 'reason', said);
    return from ? withParameter(login, 'redirectedFrom', safe(from.redirectTo)) : login;
  }
}

/** The attempt that a browser comes back from, if it is one of its own. */
function attemptOf(state: string, cookies: ReadonlyMap<string, string>, settings: Settings): Attempt | null {
  const value = /^[\w-]{1,32}$/.test(state) ? cookies.get(nameOf(state, settings)) : undefined;
  const bytes = value === undefined ? null : fromBase64Url(value);
  try {
    const kept = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array())) as Partial<Attempt> | null;
    return typeof kept?.verifier === 'string' ? { verifier: kept.verifier, redirectTo: String(kept.redirectTo) } : null;
  } catch {
    return null;
  }
}

function attemptCookie(state: string, value: string, maxAge: number, settings: Settings): CookieChange {
  // The way back begins at another site: strict would leave the cookie at home.
  return { ...settings.storage.attributes, sameSite: 'lax', name: nameOf(state, settings), value, maxAge };
}

const nameOf = (state: string, { storage }: Settings): string => `${storage.prefix}-login-${state}`;

const random = (bytes: number): string => toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));

async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
