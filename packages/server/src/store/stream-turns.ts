import { serviceUnavailable } from '../errors/index.ts';

const WAITING_MAX = 20;

/** Lets a few long reads run at a time: each holds a connection for as long as its reader takes. */
export class StreamTurns {
  readonly #atOnce: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Opens a stream when it is its turn, which ends when the stream does. */
  async *during<T>(open: () => AsyncGenerator<T>): AsyncGenerator<T> {
    if (this.#running >= this.#atOnce) await this.#wait();
    else this.#running += 1;
    try {
      yield* open();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  #wait(): Promise<void> {
    if (this.#waiting.length >= WAITING_MAX) {
      throw serviceUnavailable('database', 'Too many long reads are waiting; try again.');
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
