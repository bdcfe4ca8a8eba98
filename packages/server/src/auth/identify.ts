import type { Accountability, Origin } from '../access/accountability.ts';
import { invalidCredentials, invalidToken, tokenExpired } from '../errors/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AccessTokens, VerifiedToken } from './access-token.ts';
import type { ApiTokenFinder } from './api-tokens/finding.ts';
import { isApiToken } from './api-tokens/token-text.ts';
import type { ActiveUser, Identities } from './identities.ts';
import type { IssuerTokens } from './issuers/issuer-tokens.ts';
import type { LastSeen } from './last-seen.ts';
import type { Shares } from './shares/shares.ts';

/** What a request brought along to say who it is. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string; readonly from: 'header' | 'query' | 'cookie' };

export const NO_CREDENTIAL: Credential = { kind: 'none' };

/**
 * Who makes a request. Anonymous only when no credential was given; a bad one is refused and never becomes the public.
 * Throws INVALID_TOKEN, TOKEN_EXPIRED or INVALID_CREDENTIALS.
 */
export type Identify = (credential: Credential, origin: Origin) => Promise<Accountability>;

interface Parts {
  readonly tokens: AccessTokens;
  readonly identities: Identities;
  readonly apiTokens: ApiTokenFinder;
  readonly issuerTokens: Pick<IssuerTokens, 'identify'>;
  readonly shares: Pick<Shares, 'identify'>;
  readonly lastSeen: LastSeen;
  readonly clock: Clock;
}

/** A user and what proved it; the role where it is another than the user's own. */
interface Proven extends Pick<UserAccountability, 'session' | 'proof' | 'issued' | 'scope'> {
  readonly user: ActiveUser;
  readonly role?: string;
}

type UserAccountability = Extract<Accountability, { kind: 'user' }>;

export function createIdentify({
  tokens,
  identities,
  apiTokens,
  issuerTokens,
  shares,
  lastSeen,
  clock,
}: Parts): Identify {
  async function byAccessToken(verified: VerifiedToken): Promise<Proven | null> {
    if (!verified.session) {
      const user = await identities.stateless(verified.user, verified.issued);
      if (user) lastSeen.access(user.id, verified.issued);
      return user && { user, session: null, proof: 'session', issued: verified.issued };
    }
    const session = await identities.session(verified.session, clock.now());
    const user = session?.user === verified.user ? await identities.user(verified.user) : null;
    if (user) lastSeen.session(verified.session.hash);
    return user && { user, session: verified.session.hash, proof: 'session' };
  }

  /** What is no access token of ours: a named token, the token of another issuer, or a static one. */
  async function byOther(token: string, ip: string | null): Promise<Proven | null> {
    const named = isApiToken(token) ? await apiTokens.find(token, ip, clock.now()) : null;
    if (named) {
      lastSeen.token(named.id);
      return { user: named.user, session: null, proof: 'token', ...(named.scope ? { scope: named.scope } : {}) };
    }
    const vouched = await issuerTokens.identify(token);
    if (vouched === null) return null;
    if (vouched) {
      const { user, role } = vouched;
      return { user, session: null, proof: 'issuer', ...(role === undefined ? {} : { role }) };
    }
    const user = await identities.holder(token);
    return user && { user, session: null, proof: 'static' };
  }

  return async (credential, origin) => {
    const { ip, userAgent, origin: from } = origin;
    if (credential.kind === 'none') return { kind: 'anonymous', ip, userAgent, origin: from };
    const verified = tokens.verify(credential.token);
    if (verified === 'expired') throw tokenExpired();
    if (verified === 'invalid') throw invalidToken();
    if (typeof verified === 'object' && 'share' in verified) return shares.identify(verified, origin);
    const proven = await (verified === 'foreign' ? byOther(credential.token, ip) : byAccessToken(verified));
    if (!proven) throw invalidCredentials();
    const { user, ...proof } = proven;
    return { kind: 'user', user: user.id, role: user.role, ...proof, ip, userAgent, origin: from };
  };
}
