import type { Accountability, Origin } from '../access/accountability.ts';
import { invalidCredentials, invalidToken, tokenExpired } from '../errors/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { AccessTokens, VerifiedToken } from './access-token.ts';
import type { ActiveUser, Identities } from './identities.ts';

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

export function createIdentify(tokens: AccessTokens, identities: Identities, clock: Clock): Identify {
  async function bySession(verified: VerifiedToken): Promise<string | null> {
    if (!verified.session) return null;
    const session = await identities.session(verified.session, clock.now());
    if (session?.user !== verified.user) throw invalidCredentials();
    return verified.session.hash;
  }

  return async (credential, origin) => {
    const { ip, userAgent, origin: from } = origin;
    if (credential.kind === 'none') return { kind: 'anonymous', ip, userAgent, origin: from };
    const verified = tokens.verify(credential.token);
    if (verified === 'expired') throw tokenExpired();
    if (verified === 'invalid') throw invalidToken();
    let session: string | null = null;
    let user: ActiveUser | null;
    if (verified === 'foreign') user = await identities.holder(credential.token);
    else {
      session = await bySession(verified);
      user = await identities.user(verified.user);
    }
    if (!user) throw invalidCredentials();
    return { kind: 'user', user: user.id, role: user.role, session, ip, userAgent, origin: from };
  };
}
