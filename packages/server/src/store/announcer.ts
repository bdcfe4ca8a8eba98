import type { AnnouncementListener, MessageListener, Place, Topic } from './types.ts';

export const TOPICS: readonly Topic[] = ['schema', 'access', 'users', 'sessions', 'settings', 'followers', 'providers'];

/** More different details than this under one topic in one transaction are told as "anything may have changed". */
const DETAILS_PER_TOPIC = 50;
const DETAIL_LENGTH = 200;

export type Announcement = readonly [topic: Topic, detail: string | null];

/** What a transaction has to tell once it is committed: each thing once, in the order it was first said. */
export class Outbox {
  readonly #topics = new Map<Topic, Set<string> | null>();

  add(topic: Topic, detail?: string): void {
    const known = this.#topics.get(topic);
    if (known === null) return;
    if (detail === undefined || detail.length > DETAIL_LENGTH || (known?.size ?? 0) >= DETAILS_PER_TOPIC) {
      this.#topics.set(topic, null);
    } else if (known) known.add(detail);
    else this.#topics.set(topic, new Set([detail]));
  }

  get empty(): boolean {
    return this.#topics.size === 0;
  }

  list(): Announcement[] {
    const out: Announcement[] = [];
    for (const [topic, details] of this.#topics) {
      if (details === null) out.push([topic, null]);
      else for (const detail of details) out.push([topic, detail]);
    }
    return out;
  }
}

/** The listeners of one process. */
export class Announcer {
  readonly #listeners = new Set<AnnouncementListener>();
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  listen(listener: AnnouncementListener): () => void {
    // A function of its own, so that the same listener given twice is heard twice and stopped once.
    const entry: AnnouncementListener = (topic, detail) => listener(topic, detail);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  emit(announcements: readonly Announcement[]): void {
    for (const [topic, detail] of announcements) {
      for (const listener of this.#listeners) {
        try {
          listener(topic, detail);
        } catch (error) {
          this.#onFault(error); // the commit stands, and the other listeners have to hear of it
        }
      }
    }
  }

  /** Something may have changed that this process did not see. */
  emitEverything(): void {
    this.emit(TOPICS.map((topic) => [topic, null]));
  }
}

/** Who hears what is published, in one process. */
export class Messages {
  readonly #listeners = new Set<MessageListener>();
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  listen(listener: MessageListener): () => void {
    const entry: MessageListener = (text, place) => listener(text, place);
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  emit(text: string | null, place: Place | null = null): void {
    for (const listener of this.#listeners) {
      try {
        listener(text, place);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}

/** Runs what waits for a commit, in order; one that fails is reported and does not stop the next. */
export async function runAfterCommit(
  works: readonly (() => void | Promise<void>)[],
  onFault: (error: unknown) => void,
): Promise<void> {
  for (const work of works) {
    try {
      await work();
    } catch (error) {
      onFault(error);
    }
  }
}

export function warnOfFault(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
