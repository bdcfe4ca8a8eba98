import { setTimeout as wait } from 'node:timers/promises';

/**
 * A time that an answer takes at least, counted from when this is made. Its timer is set before the work begins, so that
 * the moment of the answer does not depend on when within it the work was done.
 */
export class Stall {
  readonly #over: Promise<unknown>;
  readonly #cancelled = new AbortController();

  /** `ms` 0 means not at all. */
  constructor(ms: number) {
    const { signal } = this.#cancelled;
    this.#over = ms > 0 ? wait(ms, undefined, { signal }).catch(() => undefined) : Promise.resolve();
  }

  async over(): Promise<void> {
    await this.#over;
  }

  /** For an answer that needs not wait. */
  cancel(): void {
    this.#cancelled.abort();
  }
}

/** Does the work and answers, or fails, no sooner than after so many milliseconds. */
export async function stalled<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const stall = new Stall(ms);
  try {
    return await work();
  } finally {
    await stall.over();
  }
}
