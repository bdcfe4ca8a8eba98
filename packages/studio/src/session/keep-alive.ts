import { client } from './api.ts';
import { failureOf } from './failure.ts';

/** How long before its end a session is prolonged. */
const AHEAD_MS = 60_000;
/** Timers can't count further than 2^31 ms. */
const FURTHEST_MS = 2_000_000_000;
const AGAIN_MS = 15_000;

let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Prolongs the session before it ends, as long as the page is open. Tells when it can't be: it has been ended, here or
 * elsewhere. A network that is away for a while ends nothing.
 */
export function keepAlive(expiresInMs: number, ended: () => void): void {
  clearTimeout(timer);
  const wait = Math.min(Math.max(expiresInMs - AHEAD_MS, expiresInMs / 2), FURTHEST_MS);
  timer = setTimeout(() => void prolong(ended), wait);
}

export const letEnd = (): void => clearTimeout(timer);

/** Resolves with whether there is a session. */
export async function prolong(ended: () => void): Promise<boolean> {
  try {
    const { expires } = await client.refresh({ mode: 'session' });
    keepAlive(expires ?? AGAIN_MS, ended);
    return true;
  } catch (error) {
    const { status } = failureOf(error);
    const refused = status >= 400 && status < 500 && status !== 429;
    if (refused) ended();
    else timer = setTimeout(() => void prolong(ended), AGAIN_MS);
    return !refused;
  }
}
