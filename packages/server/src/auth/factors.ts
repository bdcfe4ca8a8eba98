import type { Clock } from '../kernel/clock.ts';
import type { Store } from '../store/types.ts';
import type { Grants } from './grants.ts';
import { Arrivals } from './login/arrivals.ts';
import type { LoginAttempts } from './login/attempts.ts';
import { PasskeyLogin } from './login/passkey.ts';
import { Ceremonies, type CeremonySettings } from './passkeys/ceremonies.ts';
import { Challenges } from './passkeys/challenges.ts';
import { OwnPasskeys } from './passkeys/own-passkeys.ts';
import { PasskeyRows } from './passkeys/rows.ts';
import type { Passwords } from './passwords.ts';
import type { ProviderSessions } from './providers/provider-sessions.ts';
import { Enrolment } from './second-factor/enrolment.ts';
import { OtpUses } from './second-factor/otp-uses.ts';
import { RecoveryCodes } from './second-factor/recovery-codes.ts';
import { SecondFactors } from './second-factor/second-factors.ts';
import { Seeds } from './second-factor/seeds.ts';
import type { Sessions } from './sessions.ts';
import type { AuthSettings } from './settings.ts';
import { StepUp } from './step-up.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: AuthSettings;
  readonly passwords: Passwords;
  readonly attempts: LoginAttempts;
  readonly sessions: Sessions;
  readonly grants: Grants;
  readonly providerSessions: ProviderSessions;
}

/** What proves people beside passwords. */
export interface Factors {
  /** The end of every way to sign in. */
  readonly arrivals: Arrivals;
  readonly secondFactors: SecondFactors;
  readonly enrolment: Enrolment;
  readonly stepUp: StepUp;
  readonly ceremonies: Ceremonies;
  readonly challenges: Challenges;
  readonly passkeys: OwnPasskeys;
  readonly passkeyLogin: PasskeyLogin;
}

export function createFactors(parts: Parts): Factors {
  const { store, clock, settings, passwords, attempts, sessions, grants, providerSessions } = parts;
  const seeds = new Seeds(settings.secret, clock);
  const otpUses = new OtpUses(store, clock);
  const recoveryCodes = new RecoveryCodes(store);
  const rows = new PasskeyRows(store);
  const challenges = new Challenges(store, settings.secret, clock);
  const ceremonies = new Ceremonies({ rows, challenges, clock, settings: ceremonySettings(settings) });
  const secondFactors = new SecondFactors({ store, clock, seeds, otpUses, recoveryCodes, ceremonies });
  const stepUp = new StepUp({ store, passwords, attempts, secondFactors, ceremonies });
  const arrivals = new Arrivals({ store, clock, sessions, grants, providerSessions });
  const providers = localProviders(settings);
  const stallTimeMs = settings.loginStallTimeMs;
  return {
    arrivals,
    secondFactors,
    stepUp,
    ceremonies,
    challenges,
    enrolment: new Enrolment({ store, clock, seeds, otpUses, recoveryCodes, secondFactors, passkeyRows: rows, stepUp }),
    passkeys: new OwnPasskeys({ store, clock, rows, ceremonies, stepUp, sessions, providers }),
    passkeyLogin: new PasskeyLogin({ store, ceremonies, arrivals, providers, stallTimeMs }),
  };
}

function ceremonySettings({ publicUrl, authPasskeyRpId, authPasskeyOrigins }: AuthSettings): CeremonySettings {
  const { hostname, origin } = new URL(publicUrl);
  return { rpId: authPasskeyRpId ?? hostname, origins: [origin, ...authPasskeyOrigins] };
}

/** The providers whose accounts sign in here, and nowhere else. */
export function localProviders({ authDisableDefault, authProviders }: AuthSettings): ReadonlySet<string> {
  const local = authProviders.filter(({ driver }) => driver === 'local').map(({ name }) => name);
  return new Set(authDisableDefault ? local : ['default', ...local]);
}
