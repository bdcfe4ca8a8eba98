import type { AuthProvider, TokenIssuer } from '../config/index.ts';
import type { HashSettings } from './passwords.ts';
import type { Algorithm } from './signing/algorithms.ts';

/** How the cookies of a login are set, as far as that decides whether they arrive. */
export interface CookieSettings {
  readonly sessionCookieSecure?: boolean;
  readonly sessionCookieSameSite?: string;
  readonly sessionCookieDomain?: string | undefined;
  readonly refreshTokenCookieSecure?: boolean;
  readonly refreshTokenCookieSameSite?: string;
  readonly refreshTokenCookieDomain?: string | undefined;
}

export type SessionMode = 'json' | 'cookie' | 'session';

/** The settings that this room reads; `Config` has them all. Times are in milliseconds. */
export interface AuthSettings extends HashSettings, CookieSettings {
  readonly secret: string;
  readonly accessTokenTtlMs: number;
  /** Whether logging out ends the access tokens of json and cookie mode, too. Default: no. */
  readonly accessTokenEndsAtLogout?: boolean;
  /** HS256, with SECRET, where nothing is said. */
  readonly accessTokenAlgorithm?: 'HS256' | Algorithm;
  /** PEM. */
  readonly accessTokenPrivateKey?: string | undefined;
  /** PEM blocks, public or private. */
  readonly accessTokenRetiredKeys?: string | undefined;
  /** How long a key that was made here signs; 0: for ever. */
  readonly accessTokenKeyRotationMs?: number;
  /** Fields of users. */
  readonly accessTokenClaims?: readonly string[];
  readonly tokenIssuers?: readonly TokenIssuer[];
  readonly refreshTokenTtlMs: number;
  readonly refreshTokenGracePeriodMs: number;
  readonly sessionCookieTtlMs: number;
  readonly sessionRefreshGracePeriodMs: number;
  readonly loginStallTimeMs: number;
  readonly authPasswordBreachUrl?: string | undefined;
  readonly publicUrl: string;
  readonly authPasskeyRpId: string | undefined;
  readonly authPasskeyOrigins: readonly string[];
  readonly authDisableDefault: boolean;
  /** Public addresses beside `publicUrl`. */
  readonly authAllowedPublicUrls?: readonly string[];
  readonly authProviders: readonly AuthProvider[];
}
