import type { AuthProvider } from '../config/index.ts';
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
  readonly publicUrl: string;
  readonly authPasskeyRpId: string | undefined;
  readonly authPasskeyOrigins: readonly string[];
  readonly authDisableDefault: boolean;
  readonly authProviders: readonly Pick<AuthProvider, 'name' | 'driver'>[];
}
