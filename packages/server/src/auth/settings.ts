import type { HashSettings } from './passwords.ts';

export type SessionMode = 'json' | 'cookie' | 'session';

/** The settings that this room reads; `Config` has them all. Times are in milliseconds. */
export interface AuthSettings extends HashSettings {
  readonly secret: string;
  readonly accessTokenTtlMs: number;
  readonly refreshTokenTtlMs: number;
  readonly refreshTokenGracePeriodMs: number;
  readonly sessionCookieTtlMs: number;
  readonly sessionRefreshGracePeriodMs: number;
  readonly loginStallTimeMs: number;
}
