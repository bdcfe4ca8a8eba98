/** Too much work waits already. */
export class QueueFull extends Error {
  constructor(limit: number) {
    super(`${limit} pieces of work are waiting already.`);
    this.name = 'QueueFull';
  }
}

/** Lets at most `permits` pieces of work run at once and at most `queueLimit` wait for their turn, first come first served. */
export class Semaphore {
  readonly #queueLimit: number;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(permits: number, queueLimit: number) {
    this.#free = permits;
    this.#queueLimit = queueLimit;
  }

  /** Rejects with `QueueFull` at once when the queue is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    if (this.#waiting.length >= this.#queueLimit) throw new QueueFull(this.#queueLimit);
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The permit goes to the next in line without becoming free in between, so nobody can overtake. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
