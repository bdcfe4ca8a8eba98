import { isIPv6 } from 'node:net';
import { BoundedCache } from './bounded-cache.ts';
import type { Clock } from './clock.ts';

/** Callers that are remembered at once; who is pushed out begins anew. */
const CALLERS = 100_000;

interface Window {
  readonly resetMs: number;
  left: number;
}

/** Counts what each caller does within a fixed time. */
export class RateWindow {
  readonly #points: number;
  readonly #durationMs: number;
  readonly #clock: Clock;
  readonly #windows = new BoundedCache<string, Window>(CALLERS);

  constructor(points: number, durationMs: number, clock: Clock) {
    this.#points = points;
    this.#durationMs = durationMs;
    this.#clock = clock;
  }

  /** Takes one point; null, or when none were left the moment (milliseconds since 1970) from which there are again. */
  take(caller: string): number | null {
    const now = this.#clock.now();
    let window = this.#windows.get(caller);
    if (!window || window.resetMs <= now) {
      window = { resetMs: now + this.#durationMs, left: this.#points };
      this.#windows.set(caller, window);
    }
    if (window.left === 0) return window.resetMs;
    window.left -= 1;
    return null;
  }
}

/** Whose address it is: of IPv6 the network, within which everybody has as many addresses as they like (RFC 6177). */
export function callerOf(address: string | null): string {
  if (address === null || !isIPv6(address)) return address ?? '';
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  if (tail !== undefined)
    groups.push(...new Array<string>(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after);
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
