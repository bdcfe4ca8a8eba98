import { setTimeout as wait } from 'node:timers/promises';
import { decodeBase32 } from '../../src/auth/second-factor/base32.ts';
import { totp } from '../../src/auth/second-factor/totp.ts';

export const STEP_MS = 30_000;

/** The one-time password of a base32 secret, so many steps from a moment. */
export function codeOf(secret: string, nowMs: number, steps = 0): string {
  const key = decodeBase32(secret);
  if (key === null) throw new Error(`${secret} is no base32`);
  return totp(key, nowMs + steps * STEP_MS);
}

/** Resolves when no step ends within the next seconds, so that a code is not one older by the time it arrives. */
export async function untilCalm(): Promise<void> {
  const left = STEP_MS - (Date.now() % STEP_MS);
  if (left < 4_000) await wait(left);
}
