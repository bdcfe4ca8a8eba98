import type { Clock } from '../kernel/clock.ts';
import type { AnnouncementListener, Store } from '../store/types.ts';
import { type Connection, GOING_AWAY } from './connection.ts';

const TICK_MS = 100;
/** Prefix of an announcement about all sessions of a user. */
const USER = 'user:';

/** Every open socket, and who of them has to be looked at again. */
export class Roster {
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  readonly #connections = new Set<Connection>();
  readonly #doubted = new Set<Connection>();
  /** Those whose credential may end unannounced. */
  readonly #volatile = new Set<Connection>();
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | null = null;
  #settling: Promise<void> | null = null;

  constructor(store: Store, clock: Clock, onFault: (error: unknown) => void) {
    this.#clock = clock;
    this.#onFault = onFault;
    this.#stop = store.onAnnouncement(this.#heard);
  }

  add(connection: Connection): void {
    this.#connections.add(connection);
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Who it is has changed. */
  note(connection: Connection, isVolatile: boolean): void {
    if (isVolatile) this.#volatile.add(connection);
    else this.#volatile.delete(connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
    this.#volatile.delete(connection);
    this.#doubted.delete(connection);
    if (this.#connections.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Resolves when every socket is who it seems to be; null when that is so already. */
  settled(): Promise<void> | null {
    const now = this.#clock.now();
    for (const connection of this.#volatile) if (connection.isDue(now)) this.#doubted.add(connection);
    if (this.#doubted.size === 0) return this.#settling;
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async close(): Promise<void> {
    this.#stop();
    for (const connection of this.#connections) connection.close(GOING_AWAY, 'The server stops.');
    const until = Date.now() + CLOSE_MS;
    while (this.#connections.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const connection of this.#connections) connection.ws.terminate();
    if (this.#timer) clearInterval(this.#timer);
  }

  async #settle(): Promise<void> {
    for (const connection of this.#doubted) {
      this.#doubted.delete(connection);
      await connection.recheck();
    }
  }

  readonly #heard: AnnouncementListener = (topic, detail) => {
    if (topic === 'users') this.#doubt(detail, null);
    else if (topic === 'access') this.#doubt(null, null);
    else if (topic === 'sessions') {
      const isUser = detail?.startsWith(USER) ?? false;
      this.#doubt(isUser && detail ? detail.slice(USER.length) : null, isUser ? null : detail);
    }
  };

  #doubt(user: string | null, session: string | null): void {
    for (const connection of this.#connections) if (connection.isAbout(user, session)) this.#doubted.add(connection);
    if (this.#doubted.size > 0) setImmediate(() => this.settled()?.catch(this.#onFault));
  }

  #tick(): void {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const connection of this.#connections) {
      try {
        if (connection.wakesAt <= now) connection.tick(now);
      } catch (error) {
        this.#onFault(error);
      }
      next = Math.min(next, connection.wakesAt);
    }
    // A token that expires before the next look is not waited for.
    if (next > now && next - now < TICK_MS) setTimeout(() => this.#tick(), next - now).unref();
  }
}

/** How long clients have to say goodbye when the server stops, in milliseconds. */
const CLOSE_MS = 1_000;
