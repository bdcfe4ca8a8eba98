import type { Clock } from '../../kernel/clock.ts';
import { asked, unavailable } from './authorization-code.ts';
import type { ProviderRequests } from './provider-requests.ts';

const WELL_KNOWN = '/.well-known/openid-configuration';
const FRESH_MS = 3_600_000;
/** How long a document that can't be renewed is used. */
const STALE_MS = 24 * 3_600_000;

/** What we use of an OpenID provider's metadata (OpenID Connect Discovery 1.0 §3). */
export interface Metadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  readonly userinfoEndpoint: string | null;
  /** Where people sign out (OpenID Connect RP-Initiated Logout 1.0). */
  readonly endSessionEndpoint: string | null;
  /** RFC 9207: every answer names the issuer. */
  readonly saysIssuer: boolean;
  readonly authMethods: unknown;
  readonly signingAlgorithms: unknown;
}

/** The discovery document of one provider, kept for an hour. */
export class Discovery {
  readonly #provider: string;
  readonly #issuer: string;
  readonly #document: string;
  readonly #requests: ProviderRequests;
  readonly #clock: Clock;
  #known: Metadata | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<Metadata> | null = null;

  /** `address` is the issuer, or its document. */
  constructor(provider: string, address: string, requests: ProviderRequests, clock: Clock) {
    this.#provider = provider;
    this.#issuer = address.endsWith(WELL_KNOWN) ? address.slice(0, -WELL_KNOWN.length) : address;
    this.#document = `${bare(this.#issuer)}${WELL_KNOWN}`;
    this.#requests = requests;
    this.#clock = clock;
  }

  /** Throws SERVICE_UNAVAILABLE where there is none, or one of another issuer. */
  async metadata(): Promise<Metadata> {
    const age = this.#clock.now() - this.#readAt;
    if (this.#known && age < FRESH_MS) return this.#known;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    try {
      return await this.#reading;
    } catch (error) {
      if (this.#known && age < STALE_MS) return this.#known;
      throw error;
    }
  }

  async #read(): Promise<Metadata> {
    const said = await asked(this.#provider, this.#requests.getJson(this.#document));
    // Whoever answers here speaks for this issuer and for no other (RFC 8414 §3.3).
    if (typeof said.issuer !== 'string' || bare(said.issuer) !== bare(this.#issuer)) {
      throw unavailable(this.#provider, `its discovery document is that of ${JSON.stringify(said.issuer)}`);
    }
    this.#known = {
      issuer: said.issuer,
      authorizationEndpoint: this.#endpoint(said.authorization_endpoint),
      tokenEndpoint: this.#endpoint(said.token_endpoint),
      jwksUri: this.#endpoint(said.jwks_uri),
      userinfoEndpoint: said.userinfo_endpoint === undefined ? null : this.#endpoint(said.userinfo_endpoint),
      endSessionEndpoint: said.end_session_endpoint === undefined ? null : this.#endpoint(said.end_session_endpoint),
      saysIssuer: said.authorization_response_iss_parameter_supported === true,
      authMethods: said.token_endpoint_auth_methods_supported,
      signingAlgorithms: said.id_token_signing_alg_values_supported,
    };
    this.#readAt = this.#clock.now();
    return this.#known;
  }

  /** A provider that is asked over TLS does not send us or people to an address without it. */
  #endpoint(said: unknown): string {
    const url = typeof said === 'string' ? URL.parse(said) : null;
    const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && this.#issuer.startsWith('http:'));
    if (!url || !safe || url.username !== '' || url.password !== '') {
      throw unavailable(this.#provider, `its discovery document names the address ${JSON.stringify(said)}`);
    }
    return url.href;
  }
}

const bare = (issuer: string): string => issuer.replace(/\/+$/, '');
