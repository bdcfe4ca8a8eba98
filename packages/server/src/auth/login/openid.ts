import type { AuthProvider } from '../../config/index.ts';
import { invalidCredentials } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { accessTokenIn, asked, type CodeReturn, tokenForm } from '../providers/authorization-code.ts';
import type { Claims } from '../providers/claims.ts';
import { authenticateClient, authMethodOf } from '../providers/client-authentication.ts';
import { Discovery } from '../providers/discovery.ts';
import { IdTokens } from '../providers/id-tokens.ts';
import type { ProviderRequests } from '../providers/provider-requests.ts';
import type { RedirectingProvider, Said } from './redirecting-provider.ts';

type OpenId = Extract<AuthProvider, { driver: 'openid' }>;

interface Parts {
  readonly requests: ProviderRequests;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

/** An OpenID provider (OpenID Connect Core 1.0), found by its discovery document. */
export class OpenIdProvider implements RedirectingProvider {
  readonly #provider: OpenId;
  readonly #parts: Parts;
  readonly #discovery: Discovery;
  readonly #idTokens: IdTokens;

  constructor(provider: OpenId, parts: Parts) {
    this.#provider = provider;
    this.#parts = parts;
    this.#discovery = new Discovery(provider.name, provider.options.issuerUrl ?? '', parts.requests, parts.clock);
    this.#idTokens = new IdTokens(provider, parts);
  }

  async authorizeUrl(): Promise<string> {
    return (await this.#discovery.metadata()).authorizationEndpoint;
  }

  /** Another provider's answer that was sent here is noticed where providers say who they are. */
  async isFrom(said: string | null): Promise<boolean> {
    const { issuer, saysIssuer } = await this.#discovery.metadata();
    return said === null ? !saysIssuer : said === issuer;
  }

  async claims(given: CodeReturn): Promise<Said> {
    const { name } = this.#provider;
    const { requests, clock } = this.#parts;
    const metadata = await this.#discovery.metadata();
    const { tokenEndpoint, userinfoEndpoint } = metadata;
    const form = tokenForm(given);
    const method = authMethodOf(this.#provider, metadata.authMethods);
    const headers = await authenticateClient(this.#provider, method, tokenEndpoint, form, clock);
    const tokens = await asked(name, requests.postForm(tokenEndpoint, form, headers));
    const token = await this.#idTokens.verify(tokens.id_token, metadata, given.nonce);
    const session = sessionIn(token, metadata.issuer, tokens.id_token);
    if (userinfoEndpoint === null) return { claims: token, session };
    const authorization = `Bearer ${accessTokenIn(name, tokens)}`;
    const profile = await asked(name, requests.getJson(userinfoEndpoint, { authorization }));
    // OpenID Connect Core §5.3.2: an answer about somebody else must not be used.
    if (profile.sub !== token.sub) throw invalidCredentials(new Error('The profile is about somebody else'));
    return { claims: together(token, profile), session };
  }

  async endSession(): Promise<{ issuer: string; address: string } | null> {
    const { issuer, endSessionEndpoint: address } = await this.#discovery.metadata();
    return address === null ? null : { issuer, address };
  }

  /** Whom the provider has signed out. Throws INVALID_CREDENTIALS, SERVICE_UNAVAILABLE. */
  async loggedOut(token: unknown): Promise<{ sub: string; jti: string; exp: number }> {
    return this.#idTokens.verifyLogout(token, await this.#discovery.metadata());
  }
}

function sessionIn({ sub, sid }: Claims, issuer: string, idToken: unknown): Said['session'] {
  const told = { kind: 'openid', issuer, idToken: String(idToken) } as const; // verified
  return { subject: String(sub), session: typeof sid === 'string' ? sid : null, told };
}

/** The profile may say more than the token. An address and whether it is verified come from the same place. */
function together(token: Claims, profile: Claims): Claims {
  const { iss, aud, sub } = token;
  const source = profile.email === undefined ? token : profile;
  const other = token.email === profile.email ? token.email_verified : undefined;
  return { ...token, ...profile, iss, aud, sub, email_verified: source.email_verified ?? other };
}
