import { serviceUnavailable } from '../../errors/index.ts';

interface Waiting {
  resolve: () => void;
  timer: NodeJS.Timeout;
}

/** Whose turn it is to write: one at a time, first come first served, nobody waits longer than `timeoutMs`. */
export class WriterTurns {
  readonly #timeoutMs: number;
  readonly #waitersMax: number;
  readonly #waiting: Waiting[] = [];
  #taken = false;

  constructor(timeoutMs: number, waitersMax: number) {
    this.#timeoutMs = timeoutMs;
    this.#waitersMax = waitersMax;
  }

  /** null when it is the caller's turn at once; otherwise resolves when it is. Rejects with SERVICE_UNAVAILABLE. */
  take(): Promise<void> | null {
    if (!this.#taken) {
      this.#taken = true;
      return null;
    }
    if (this.#waiting.length >= this.#waitersMax) {
      return Promise.reject(serviceUnavailable('database', 'Too many writes are waiting; try again.'));
    }
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        resolve,
        timer: setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(entry), 1);
          reject(serviceUnavailable('database', `The write waited ${this.#timeoutMs} ms for others; try again.`));
        }, this.#timeoutMs),
      };
      this.#waiting.push(entry);
    });
  }

  /** Hands the turn to the next in line. */
  pass(): void {
    const next = this.#waiting.shift();
    if (!next) {
      this.#taken = false;
      return;
    }
    clearTimeout(next.timer);
    next.resolve();
  }
}
