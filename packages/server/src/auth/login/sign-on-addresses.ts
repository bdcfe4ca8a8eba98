import { invalidPayload } from '../../errors/index.ts';
import { allowedAddress, allowedDestination } from '../../kernel/allowed-address.ts';
import { type Attempt, cookieNameOf } from '../providers/attempts.ts';
import type { AuthSettings } from '../settings.ts';
import { postsAnswers, type Redirecting } from './redirecting-providers.ts';
import type { AttemptCookie } from './sign-on-steps.ts';

/** A provider that lists where people may be sent. */
type Listing = { readonly options: { readonly redirectAllowList: readonly string[] } };
type Settings = Pick<AuthSettings, 'publicUrl' | 'authAllowedPublicUrls'>;

/** Where people who sign on come from and go to: our own addresses, and those that settings list. */
export class SignOnAddresses {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Where nobody knows where a browser came from. */
  get start(): string {
    return `${this.#settings.publicUrl.replace(/\/+$/, '')}/admin/login`;
  }

  /** Throws INVALID_PAYLOAD. */
  destination({ options }: Listing, redirect: unknown, field = 'redirect'): string {
    if (redirect === undefined || redirect === '') return '';
    const { publicUrl, authAllowedPublicUrls = [] } = this.#settings;
    const own = [publicUrl, ...authAllowedPublicUrls];
    const listed = options.redirectAllowList;
    const allowed = typeof redirect === 'string' ? allowedDestination(redirect, { own, listed }) : null;
    if (allowed === null) throw invalidPayload(`"${field}" is no address that may be named.`);
    return allowed;
  }

  isListed({ options }: Listing, destination: string): boolean {
    return allowedAddress(destination, options.redirectAllowList) !== null;
  }

  /** PUBLIC_URL, or the one of AUTH_ALLOWED_PUBLIC_URLS that was asked; never what a request says of itself. */
  baseFor(host: string | undefined): string {
    const { publicUrl, authAllowedPublicUrls = [] } = this.#settings;
    const base = authAllowedPublicUrls.find((url) => URL.parse(url)?.host === host) ?? publicUrl;
    return base.replace(/\/+$/, '');
  }

  cookie(provider: Redirecting, { state, base }: Attempt): Omit<AttemptCookie, 'value'> {
    const crossSite = postsAnswers(provider);
    const secure = provider.options.cookieSecure || crossSite || base.startsWith('https:');
    const path = `${new URL(base).pathname.replace(/\/+$/, '')}/auth/login/${encodeURIComponent(provider.name)}`;
    return { name: cookieNameOf(state), path, secure, crossSite };
  }
}

/** Where a provider sends browsers back to that were signed out there, and where it tells of logouts. */
export const logoutCallbackOf = (name: string, base: string): string =>
  `${base.replace(/\/+$/, '')}/auth/login/${encodeURIComponent(name)}/logout`;

/** The redirect URI of a provider, where browsers come back to. */
export const callbackOf = (name: string, base: string): string =>
  `${base.replace(/\/+$/, '')}/auth/login/${encodeURIComponent(name)}/callback`;
