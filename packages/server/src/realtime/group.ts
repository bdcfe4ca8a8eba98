import type { Access } from '../access/index.ts';
import type { QueryRunner } from '../query/index.ts';
import { bindings } from '../sql/index.ts';
import { type SharedReading, sharedReading } from './shared.ts';
import { accessAt } from './viewer.ts';
import type { Reading, Subscription, Wish } from './wish.ts';

/** Subscriptions that get the same messages: of the same wish, with rights that come to the same statement. */
export class Group {
  readonly id: number;
  readonly key: string;
  readonly wish: Wish;
  readonly reading: Reading;
  /** Of one of them; what it decides is the same for all. */
  readonly access: Access;
  readonly subscriptions = new Set<Subscription>();
  #shared: SharedReading | null | undefined = undefined;

  constructor(id: number, key: string, wish: Wish, reading: Reading, access: Access) {
    this.id = id;
    this.key = key;
    this.wish = wish;
    this.reading = reading;
    this.access = access;
  }

  /** How it is read where its answer serves other groups as well; null where it does not. */
  get shared(): SharedReading | null {
    if (this.#shared === undefined) this.#shared = sharedReading(this);
    return this.#shared;
  }

  /** Encodes each message once for everybody to whom it is the same text, and hands it out. */
  send(messages: readonly string[]): void {
    for (const message of messages) {
      const encoded = new Map<string, Buffer>();
      for (const subscription of this.subscriptions) {
        const { tail } = subscription;
        let buffer = encoded.get(tail);
        if (!buffer) {
          buffer = Buffer.from(message + tail);
          if (encoded.size < MAX_ENCODED) encoded.set(tail, buffer);
        }
        subscription.take(buffer);
      }
    }
  }
}

/** Texts of one message that are kept while it is handed out. */
const MAX_ENCODED = 100;

/**
 * What tells groups apart: the wish, the profile (its rules and fields) and the values that the statement binds for this
 * caller, and so by construction everything that the answer depends on but the time and the changed keys.
 */
export function groupKey(runner: QueryRunner, access: Access, wish: Wish, reading: Reading): string {
  const { profile } = access;
  const collection = profile.entry(wish.collection).collection;
  // As of named items, so that the condition under which their keys are seen counts too, where there is one.
  const kind = profile.guard.readable(collection, collection.primaryKey) ? 'several' : 'written';
  const plan = runner.plan(access, wish.collection, reading.query, kind);
  const frozen = accessAt(access, 0).scope.withInputs([[]]);
  const values = bindings(plan.body.statement, frozen).map((value) =>
    typeof value === 'bigint'
      ? `${value}n`
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('base64')
        : value,
  );
  return `${profile.id} ${JSON.stringify(values)} ${wish.key}`;
}
