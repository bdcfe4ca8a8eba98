import type { CookieChange } from './cookies.ts';
import type { Settings } from './options.ts';
import { withParameter } from './redirects.ts';
import { toBase64Url } from './sealing.ts';

/** Seconds that a person may take at the provider. */
const ATTEMPT_SECONDS = 900;

/** A login that has left for a provider; kept in a cookie of its own, so that two tabs don't disturb each other. */
export interface Attempt {
  /** The secret half of the challenge (RFC 7636). */
  readonly verifier: string;
  /** Where the person wanted to go. */
  readonly redirectTo: string;
}

export interface Leaving {
  readonly location: string;
  readonly cookie: CookieChange;
}

/** The way to a provider, and what has to be remembered until the person comes back. */
export async function leaveFor(
  provider: string,
  redirectTo: string,
  origin: string,
  settings: Settings,
): Promise<Leaving> {
  const verifier = random(32);
  const state = random(9);
  const location = new URL(`${settings.publicUrl}/auth/login/${encodeURIComponent(provider)}`);
  location.searchParams.set('redirect', `${origin}${withParameter(settings.callbackPath, 'state', state)}`);
  if (settings.storage === 'app') {
    location.searchParams.set('response', 'code');
    location.searchParams.set('code_challenge', await challengeOf(verifier));
    location.searchParams.set('code_challenge_method', 'S256');
  }
  const kept: Attempt = { verifier, redirectTo };
  const value = toBase64Url(new TextEncoder().encode(JSON.stringify(kept)));
  return { location: location.href, cookie: attemptCookie(state, value, ATTEMPT_SECONDS, settings) };
}

/** The attempt that a browser comes back from, if it is one of its own. */
export function attemptOf(state: string, cookies: ReadonlyMap<string, string>, settings: Settings): Attempt | null {
  const value = /^[\w-]{1,32}$/.test(state) ? cookies.get(nameOf(state, settings)) : undefined;
  if (!value) return null;
  try {
    const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const kept = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Attempt> | null;
    return typeof kept?.verifier === 'string' ? { verifier: kept.verifier, redirectTo: String(kept.redirectTo) } : null;
  } catch {
    return null;
  }
}

export const attemptEnded = (state: string, settings: Settings): CookieChange => attemptCookie(state, '', 0, settings);

function attemptCookie(state: string, value: string, maxAge: number, settings: Settings): CookieChange {
  // The way back begins at another site: strict would leave the cookie at home.
  return { ...settings.attributes, sameSite: 'lax', name: nameOf(state, settings), value, maxAge };
}

const nameOf = (state: string, { storage, cookieName }: Settings): string =>
  `${storage === 'app' ? cookieName : 'limen'}-login-${state}`;

const random = (bytes: number): string => toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));

async function challengeOf(verifier: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
