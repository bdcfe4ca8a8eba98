import { callbackOf } from '../../login/sign-on-addresses.ts';
import type { AuthSettings, CookieSettings } from '../../settings.ts';
import type { Walk } from './walk.ts';

/** What decides whether browsers keep the cookies of a login. */
export type WebSettings = CookieSettings & Pick<AuthSettings, 'publicUrl' | 'authAllowedPublicUrls'>;

/** Where browsers come back to, one for each public address. */
export const callbacksOf = (name: string, settings: WebSettings): readonly string[] =>
  [settings.publicUrl, ...(settings.authAllowedPublicUrls ?? [])].map((base) => callbackOf(name, base));

/** Whether what a login sets would arrive. `posted`: whether a page of another site posts the answer. */
export function checkCookies(walk: Walk, settings: WebSettings, mode: string, posted: boolean): void {
  const before = walk.steps.length;
  const fail = (detail: string, setting: string): void => walk.failed('cookies', detail, setting);
  const { hostname, protocol } = new URL(settings.publicUrl);
  const plain = protocol !== 'https:';
  const own = mode === 'cookie' ? 'REFRESH_TOKEN_COOKIE' : 'SESSION_COOKIE';
  const { secure, sameSite, domain } = cookieOf(settings, mode);
  const local = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (plain && !local)
    fail('PUBLIC_URL does not begin with https://, so anybody on the way reads the cookies', 'PUBLIC_URL');
  if (plain && secure && !local) fail(`browsers throw away the cookie, which is Secure, over http`, `${own}_SECURE`);
  if (plain && posted && !local) {
    fail('the provider posts its answer, and browsers bring the cookie of the attempt only over https', 'PUBLIC_URL');
  }
  if (sameSite === 'none' && !secure) fail('SameSite=None takes a cookie that is Secure', `${own}_SECURE`);
  if (sameSite === 'strict') {
    fail('the first page after the login does not get the cookie: another site led there', `${own}_SAME_SITE`);
  }
  if (domain && hostname !== bareDomain(domain) && !hostname.endsWith(`.${bareDomain(domain)}`)) {
    fail(`the cookie is for ${domain}, which ${hostname} is no part of`, `${own}_DOMAIN`);
  }
  if (walk.steps.length === before) walk.passed('cookies', `what a login sets at ${settings.publicUrl} is kept`);
}

const bareDomain = (domain: string): string => domain.replace(/^\./, '').toLowerCase();

function cookieOf(settings: CookieSettings, mode: string) {
  const session = mode !== 'cookie';
  return {
    secure: (session ? settings.sessionCookieSecure : settings.refreshTokenCookieSecure) ?? false,
    sameSite: (session ? settings.sessionCookieSameSite : settings.refreshTokenCookieSameSite) ?? 'lax',
    domain: session ? settings.sessionCookieDomain : settings.refreshTokenCookieDomain,
  };
}
