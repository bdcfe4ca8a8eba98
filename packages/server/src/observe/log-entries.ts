import type { Redaction } from './redaction.ts';

/** As listeners of the log count. */
export const LOG_LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
export type LogLevel = keyof typeof LOG_LEVELS;

/** A request that was answered. */
export interface LoggedRequest {
  readonly method: string;
  /** Without its query: that may hold tokens, and what people look for. */
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly took: number;
}

/** A line of the log, without secrets. */
export interface LogEntry {
  readonly level: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly msg: string;
  readonly err?: { readonly type: string; readonly message: string; readonly stack: string };
  readonly req?: { readonly method: string; readonly url: string };
  readonly res?: { readonly statusCode: number };
  readonly responseTime?: number;
}

type Listener = (entry: LogEntry) => void;

/** What is logged, for those who watch it. Costs a look at a number while nobody does. */
export class LogEntries {
  readonly #listeners = new Set<Listener>();
  readonly #redaction: Redaction;
  #isTelling = false;

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** `detail` is told where it is an error. */
  add(level: LogLevel, message: string, time: number, detail?: unknown): void {
    if (this.#listeners.size === 0) return;
    const hide = (text: string): string => this.#redaction.text(text);
    const err =
      detail instanceof Error
        ? { type: detail.name, message: hide(detail.message), stack: hide(stackOf(detail)) }
        : undefined;
    this.#tell({ level: LOG_LEVELS[level], time, msg: hide(message), ...(err ? { err } : {}) });
  }

  answered({ method, path, status, took }: LoggedRequest, time: number): void {
    if (this.#listeners.size === 0) return;
    const url = this.#redaction.text(path);
    this.#tell({
      level: LOG_LEVELS.info,
      time,
      msg: `${method} ${url} ${status} ${took}ms`,
      req: { method, url },
      res: { statusCode: status },
      responseTime: took,
    });
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What telling it brings about is not told: that would never end. */
  #tell(entry: LogEntry): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (const listener of this.#listeners) listener(entry);
    } finally {
      this.#isTelling = false;
    }
  }
}

/** Its own, and those of what it was caused by. */
function stackOf(error: Error): string {
  const lines: string[] = [];
  for (let one: unknown = error; one instanceof Error && lines.length < 5; one = one.cause)
    lines.push(one.stack ?? one.message);
  return lines.join('\nCaused by: ');
}
