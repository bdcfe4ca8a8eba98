import type { AccessEngine, Origin } from '../access/index.ts';
import type { AccessClaims, AccessTokens } from './access-token.ts';
import type { SessionKind, SessionOwner, Sessions } from './sessions.ts';
import type { AuthSettings, SessionMode } from './settings.ts';
import type { Claims, ExtraClaims } from './signing/extra-claims.ts';

/** What signing in or refreshing gives. In session mode the access token goes into the cookie and nothing else goes out. */
export interface Grant {
  readonly mode: SessionMode;
  readonly accessToken: string;
  /** Null in session mode, where the access token names the session. */
  readonly refreshToken: string | null;
  /** Milliseconds for which the access token counts. */
  readonly expires: number;
}

export const kindOf = (mode: SessionMode): SessionKind => (mode === 'session' ? 'session' : 'refresh');

/** Makes access tokens for sessions. */
export class Grants {
  readonly #tokens: AccessTokens;
  readonly #sessions: Pick<Sessions, 'issuedAt'>;
  readonly #access: Pick<AccessEngine, 'access'>;
  readonly #extraClaims: ExtraClaims;
  readonly #settings: Pick<AuthSettings, 'accessTokenTtlMs' | 'sessionCookieTtlMs'>;

  constructor(
    tokens: AccessTokens,
    sessions: Pick<Sessions, 'issuedAt'>,
    access: Pick<AccessEngine, 'access'>,
    extraClaims: ExtraClaims,
    settings: Pick<AuthSettings, 'accessTokenTtlMs' | 'sessionCookieTtlMs'>,
  ) {
    this.#tokens = tokens;
    this.#sessions = sessions;
    this.#access = access;
    this.#extraClaims = extraClaims;
    this.#settings = settings;
  }

  /**
   * `session` is the plain refresh or session token that was just opened or rotated, `issuedAt` the moment of which the
   * session says that its access token was made (found out where it is not given).
   */
  async make(
    mode: SessionMode,
    session: string,
    owner: SessionOwner,
    origin: Origin,
    issuedAt?: number,
  ): Promise<Grant> {
    const { claims, extra } = await this.#claims(owner, origin);
    if (mode === 'session') {
      const expires = this.#settings.sessionCookieTtlMs;
      const accessToken = this.#tokens.sign({ ...claims, session }, expires, undefined, extra);
      return { mode, accessToken, refreshToken: null, expires };
    }
    const expires = this.#settings.accessTokenTtlMs;
    const now = issuedAt ?? (await this.#sessions.issuedAt(session)) ?? undefined;
    return { mode, accessToken: this.#tokens.sign(claims, expires, now, extra), refreshToken: session, expires };
  }

  /** What the token tells its holder; nothing is ever decided by it. */
  async #claims(
    { user, role, hasSecondFactor }: SessionOwner,
    origin: Origin,
  ): Promise<{ claims: AccessClaims; extra: Claims }> {
    const { profile } = await this.#access.access({ kind: 'user', user, role, session: null, ...origin });
    const claims = { id: user, role, app_access: profile.app, admin_access: profile.admin };
    const extra = await this.#extraClaims.of(user, profile.snapshot);
    return { claims: profile.enforceTfa && !hasSecondFactor ? { ...claims, enforce_tfa: true } : claims, extra };
  }
}
