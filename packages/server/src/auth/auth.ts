import type { AccessEngine, Origin } from '../access/index.ts';
import { invalidCredentials, tokenExpired } from '../errors/index.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import type { Store } from '../store/types.ts';
import { AccessTokens, type Verification } from './access-token.ts';
import { type Grant, Grants, kindOf } from './grants.ts';
import { createIdentify, type Identify } from './identify.ts';
import { Identities } from './identities.ts';
import { LoginAttempts } from './login/attempts.ts';
import { PasswordLogin } from './login/password.ts';
import { Passwords } from './passwords.ts';
import { SessionTokens } from './session-tokens.ts';
import { Sessions } from './sessions.ts';
import type { AuthSettings, SessionMode } from './settings.ts';
import { StaticTokens } from './static-tokens.ts';

export interface AuthParts {
  readonly store: Store;
  readonly settings: AuthSettings;
  readonly access: Pick<AccessEngine, 'access'>;
  readonly clock?: Clock;
}

/** Everything that turns a credential into an accountability, or gives one out. */
export interface Auth {
  readonly identify: Identify;
  readonly passwords: Passwords;
  readonly passwordLogin: PasswordLogin;
  readonly attempts: LoginAttempts;
  readonly sessions: Sessions;
  /**
   * Spends a refresh token (json, cookie), or the session named by a session cookie's token (session), for the next one.
   * Throws INVALID_CREDENTIALS or TOKEN_EXPIRED.
   */
  refresh(mode: SessionMode, token: string, origin: Origin): Promise<Grant>;
  /** Ends the session of such a token; one that is unknown ends nothing. */
  logout(mode: SessionMode, token: string): Promise<void>;
  /** Stops listening to the store. */
  close(): void;
}

/** Puts the room together. */
export function createAuth({ store, settings, access, clock = systemClock }: AuthParts): Auth {
  const accessTokens = new AccessTokens(settings.secret, clock);
  const sessions = new Sessions(store, new SessionTokens(settings.secret), settings, clock);
  const identities = new Identities(store, sessions, new StaticTokens(store));
  const passwords = new Passwords(settings);
  const attempts = new LoginAttempts(store, sessions);
  const grants = new Grants(accessTokens, access, settings);
  const stallTimeMs = settings.loginStallTimeMs;
  const passwordLogin = new PasswordLogin({ store, clock, passwords, sessions, attempts, grants, stallTimeMs });

  return {
    identify: createIdentify(accessTokens, identities, clock),
    passwords,
    passwordLogin,
    attempts,
    sessions,
    async refresh(mode, token, origin) {
      const spent = mode === 'session' ? sessionIn(accessTokens.verify(token)) : token;
      const { plain, ...owner } = await sessions.rotate(kindOf(mode), spent);
      return grants.make(mode, plain, owner, origin);
    },
    async logout(mode, token) {
      if (mode !== 'session') return sessions.end('refresh', token);
      const verified = accessTokens.verify(token);
      if (typeof verified === 'object' && verified.session) await sessions.end('session', verified.session.plain);
    },
    close: () => identities.close(),
  };
}

/** The plain session token that a session cookie's access token names. */
function sessionIn(verified: Verification): string {
  if (verified === 'expired') throw tokenExpired();
  if (typeof verified === 'string' || !verified.session) throw invalidCredentials();
  return verified.session.plain;
}
