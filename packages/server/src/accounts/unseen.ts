import { Semaphore } from '../kernel/semaphore.ts';

const AT_ONCE = 4;
const MAX_WAITING = 1_000;

/**
 * Work that depends on who has an account, for somebody who must not learn that: it begins when the answer is on its way,
 * and neither its outcome nor its time shows in any. Beyond a bound it is not done, and logged.
 */
export class Unseen {
  readonly #turns = new Semaphore(AT_ONCE, MAX_WAITING);
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  begin(work: () => Promise<void>): void {
    setImmediate(() => void this.#turns.run(work).catch(this.#onFault));
  }
}
