import pg from 'pg';
import { type Announcement, type Announcer, TOPICS } from '../announcer.ts';
import type { PostgresOptions } from '../options.ts';
import { clientConfig } from './connect.ts';
import { type Inbox, MESSAGES } from './messages.ts';

export const CHANNEL = 'limen';
/** PostgreSQL takes less than 8,000 bytes. */
const PAYLOAD_BYTES = 7_500;
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = 2_000;
/** A connection that a firewall has silently dropped shows only when used. */
const PROBE_INTERVAL_MS = 5_000;

/** What goes over the channel: which node says it, and what. */
export function payloadOf(node: string, announcements: readonly Announcement[]): string {
  const text = JSON.stringify([node, announcements]);
  if (Buffer.byteLength(text) <= PAYLOAD_BYTES) return text;
  const topics = new Set(announcements.map(([topic]) => topic));
  return JSON.stringify([node, [...topics].map((topic) => [topic, null])]);
}

/**
 * Hears what other nodes announce, over a connection of its own. When the connection was lost, anything may have been
 * missed: after every reconnection it says so for all topics.
 */
export class Listener {
  readonly #config: pg.ClientConfig;
  readonly #node: string;
  readonly #announcer: Announcer;
  readonly #inbox: Inbox;
  #hearsMessages = false;
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #probe: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(options: PostgresOptions, node: string, announcer: Announcer, inbox: Inbox) {
    this.#config = { ...clientConfig(options), application_name: 'limen listener', query_timeout: PROBE_INTERVAL_MS };
    this.#node = node;
    this.#announcer = announcer;
    this.#inbox = inbox;
  }

  /** From now on, what is published too. */
  async hearMessages(): Promise<void> {
    if (this.#hearsMessages) return;
    this.#hearsMessages = true;
    await this.#client?.query(`LISTEN ${MESSAGES}`);
  }

  /** Rejects when the database cannot be reached; later losses are repaired in the background. */
  async start(): Promise<void> {
    await this.#connect();
    this.#probe = setInterval(() => {
      this.#client?.query('SELECT 1').catch(() => this.#lost());
    }, PROBE_INTERVAL_MS).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    if (this.#probe) clearInterval(this.#probe);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => {});
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.#config);
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload }) => {
      if (channel === MESSAGES) this.#inbox.take(payload ?? '');
      else this.#hear(payload);
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (this.#hearsMessages) await client.query(`LISTEN ${MESSAGES}`);
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    if (this.#closed) return void client.end().catch(() => {});
    this.#client = client;
  }

  #lost(client = this.#client): void {
    if (this.#closed || client === null || client !== this.#client) return;
    this.#client = null;
    client.end().catch(() => {});
    this.#reconnect(RETRY_FIRST_MS);
  }

  #reconnect(waitMs: number): void {
    this.#retry = setTimeout(async () => {
      try {
        await this.#connect();
        this.#announcer.emitEverything();
        if (this.#hearsMessages) this.#inbox.missed();
      } catch {
        if (!this.#closed) this.#reconnect(Math.min(waitMs * 2, RETRY_LAST_MS));
      }
    }, waitMs).unref();
  }

  /** Our own announcements were delivered when they were committed. What another program sends is not trusted. */
  #hear(payload: string | undefined): void {
    const message = parse(payload ?? '');
    if (!Array.isArray(message) || message[0] === this.#node || !Array.isArray(message[1])) return;
    this.#announcer.emit(message[1].filter(isAnnouncement));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAnnouncement(value: unknown): value is Announcement {
  if (!Array.isArray(value)) return false;
  const [topic, detail] = value;
  return TOPICS.includes(topic) && (detail === null || typeof detail === 'string');
}
