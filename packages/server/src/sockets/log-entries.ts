/** A line of the log. `level` as its listeners count: trace 10, debug 20, info 30, warn 40, error 50, fatal 60. */
export interface LogEntry {
  readonly level: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly msg: string;
}

export const LOG_LEVELS: Readonly<Record<string, number>> = {
  trace: 10,
  debug: 20,
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
};

type Listener = (entry: LogEntry) => void;

/** What is logged, for those who watch it. Costs a look at a number while nobody does. */
export class LogEntries {
  readonly #listeners = new Set<Listener>();

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  add(level: keyof typeof LOG_LEVELS, msg: string, time: number): void {
    if (this.#listeners.size === 0) return;
    const entry = { level: LOG_LEVELS[level] ?? 30, time, msg };
    for (const listener of this.#listeners) listener(entry);
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
