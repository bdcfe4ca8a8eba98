import type { HashSettings } from './passwords.ts';

export type SessionMode = 'json' | 'cookie' | 'session';

/** A way to sign in beside the default one, as `AUTH_PROVIDERS` and `AUTH_<PROVIDER>_*` describe it. */
export interface ProviderSettings {
  readonly name: string;
  readonly driver: string;
  readonly label?: string | null;
  readonly icon?: string | null;
}

/** The settings that this room reads; `Config` has them all. Times are in milliseconds. */
export interface AuthSettings extends HashSettings {
  readonly secret: string;
  readonly accessTokenTtlMs: number;
  readonly refreshTokenTtlMs: number;
  readonly refreshTokenGracePeriodMs: number;
  readonly sessionCookieTtlMs: number;
  readonly sessionRefreshGracePeriodMs: number;
  readonly loginStallTimeMs: number;
  readonly authDisableDefault: boolean;
  readonly authProviders: readonly ProviderSettings[];
}
