import { randomUUID } from 'node:crypto';
import type { Messages } from '../announcer.ts';
import { KEPT_BYTES, newMark, stampOf, tagOf } from '../kept.ts';
import type { Place, Reader, SqlValue } from '../types.ts';

export const MESSAGES = 'limen_messages';
/** PostgreSQL takes less than 8,000 bytes. */
const PAYLOAD_BYTES = 7_500;
/** Messages that may wait for the long ones before them. */
const MAX_WAITING = 10_000;

/** The statement that publishes a text: in the notification where it has room, else in a row that it names. */
export function publishing(text: string): { statement: string; values: SqlValue[] } {
  if (Buffer.byteLength(text) < PAYLOAD_BYTES) {
    return { statement: 'select pg_notify($1, $2)', values: [MESSAGES, `=${text}`] };
  }
  const id = randomUUID();
  return {
    statement: `with kept as (insert into limen_messages (id, body, created) values ($1, $2, now()) returning id)
      select pg_notify($3, $4) from kept`,
    values: [id, text, MESSAGES, `#${id}`],
  };
}

/** The same for a text that is kept: its number is given and locked, the text stored and told of, all by one statement. */
export function keeping(text: string, collections: readonly string[]): { statement: string; values: SqlValue[] } {
  const bytes = Buffer.byteLength(text);
  const body = bytes > KEPT_BYTES ? null : text;
  const mark = newMark();
  const told = bytes < PAYLOAD_BYTES ? text : '';
  return {
    statement: `with ended as (update limen_changes_end set last = last + 1, total = total + $1 where id = 1
        returning last, total),
      kept as (insert into limen_changes (number, mark, collections, body, created, total)
        select last, $2, $3, $4, ${stampOf('postgres')}, total from ended)
      select pg_notify($5, '+' || ended.last || ' ' || $6 || ' ' || $7) from ended`,
    values: [bytes, mark, tagOf(collections), body, MESSAGES, mark, told],
  };
}

/** Hands on what arrives, in order, although long texts have to be fetched first. */
export class Inbox {
  readonly #reader: Reader;
  readonly #messages: Messages;
  readonly #onFault: (error: unknown) => void;
  #last: Promise<void> | null = null;
  #waiting = 0;

  constructor(reader: Reader, messages: Messages, onFault: (error: unknown) => void) {
    this.#reader = reader;
    this.#messages = messages;
    this.#onFault = onFault;
  }

  /** What a notification says. Other programs can send some, too; what they say is read with care further up. */
  take(payload: string): void {
    if (payload.startsWith('=') && this.#last === null) this.#messages.emit(payload.slice(1));
    else if (payload.startsWith('=')) this.#enqueue(async () => this.#messages.emit(payload.slice(1)));
    else if (payload.startsWith('#')) this.#enqueue(() => this.#fetch(payload.slice(1)));
    else if (payload.startsWith('+')) this.#takeKept(payload.slice(1));
  }

  #takeKept(payload: string): void {
    const [, digits, mark = '', text = ''] = /^(\d{1,15}) ([\w-]{1,16}) (.*)$/s.exec(payload) ?? [];
    if (digits === undefined) return;
    const place = { number: Number(digits), mark };
    if (text === '') this.#enqueue(() => this.#fetchKept(place));
    else if (this.#last === null) this.#messages.emit(text, place);
    else this.#enqueue(async () => this.#messages.emit(text, place));
  }

  async #fetchKept(place: Place): Promise<void> {
    const row = await this.#reader.get('select body from limen_changes where number = $1', [place.number]);
    this.#messages.emit(typeof row?.body === 'string' ? row.body : null, place);
  }

  /** The connection was lost for a time. */
  missed(): void {
    this.#enqueue(async () => this.#messages.emit(null));
  }

  async #fetch(id: string): Promise<void> {
    const row = await this.#reader.get('select body from limen_messages where id = $1', [id]);
    this.#messages.emit(row ? String(row.body) : null);
  }

  #enqueue(work: () => Promise<void>): void {
    if (this.#waiting >= MAX_WAITING) {
      this.#messages.emit(null);
      return;
    }
    this.#waiting += 1;
    const mine = (this.#last ?? Promise.resolve())
      .then(work)
      .catch((error: unknown) => {
        this.#onFault(error);
        this.#messages.emit(null);
      })
      .then(() => {
        this.#waiting -= 1;
        if (this.#last === mine) this.#last = null;
      });
    this.#last = mine;
  }
}
