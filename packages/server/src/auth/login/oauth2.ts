import type { AuthProvider } from '../../config/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { accessTokenIn, asked, type CodeReturn, tokenForm } from '../providers/authorization-code.ts';
import { authenticateClient, authMethodOf } from '../providers/client-authentication.ts';
import type { ProviderRequests } from '../providers/provider-requests.ts';
import type { RedirectingProvider, Said } from './redirecting-provider.ts';

type OAuth2 = Extract<AuthProvider, { driver: 'oauth2' }>;

/** A plain OAuth 2.0 provider (RFC 6749) with a profile that tells who somebody is. */
export class OAuth2Provider implements RedirectingProvider {
  readonly #provider: OAuth2;
  readonly #requests: ProviderRequests;
  readonly #clock: Clock;

  constructor(provider: OAuth2, requests: ProviderRequests, clock: Clock) {
    this.#provider = provider;
    this.#requests = requests;
    this.#clock = clock;
  }

  async authorizeUrl(): Promise<string> {
    return this.#provider.options.authorizeUrl ?? '';
  }

  /** There is no issuer that could be said. */
  async isFrom(): Promise<boolean> {
    return true;
  }

  async claims(given: CodeReturn): Promise<Said> {
    const { name, options } = this.#provider;
    const [endpoint, profile] = [options.accessUrl ?? '', options.profileUrl ?? ''];
    const form = tokenForm(given);
    const method = authMethodOf(this.#provider, undefined);
    const headers = await authenticateClient(this.#provider, method, endpoint, form, this.#clock);
    const tokens = await asked(name, this.#requests.postForm(endpoint, form, headers));
    const authorization = `Bearer ${accessTokenIn(name, tokens)}`;
    return { claims: await asked(name, this.#requests.getJson(profile, { authorization })), session: null };
  }

  /** Plain OAuth 2.0 knows of no signing out. */
  async endSession(): Promise<null> {
    return null;
  }
}
