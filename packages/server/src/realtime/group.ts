import { createHash } from 'node:crypto';
import type { Access } from '../access/index.ts';
import type { QueryRunner } from '../query/index.ts';
import { bindings } from '../sql/index.ts';
import type { Cursors, Position } from './position.ts';
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
  readonly facts: string;
  /** Keys that were told to be gone, where that is told again by what followed: of who is told what it missed. */
  readonly gone: Set<string> | null;
  /** Characters that each of its sockets was handed since the last pause. */
  handed = 0;
  #print: string | null = null;
  #shared: SharedReading | null | undefined = undefined;

  constructor(id: number, key: GroupKey, wish: Wish, reading: Reading, access: Access, gone: Group['gone'] = null) {
    this.id = id;
    this.key = key.key;
    this.facts = key.facts;
    this.gone = gone;
    this.wish = wish;
    this.reading = reading;
    this.access = access;
  }

  /** How it is read where its answer serves other groups as well; null where it does not. */
  get shared(): SharedReading | null {
    if (this.#shared === undefined) this.#shared = sharedReading(this);
    return this.#shared;
  }

  /** What is followed with which rights, on every node and after every start the same. */
  get print(): string {
    this.#print ??= createHash('sha256').update(this.facts).digest('base64url');
    return this.#print;
  }

  get canResume(): boolean {
    for (const { withCursor } of this.subscriptions) if (withCursor) return true;
    return false;
  }

  /**
   * Encodes each message once for everybody to whom it is the same text, and hands it out. `position`: how far who got the
   * last of them has come, with a cursor that says so.
   */
  send(messages: readonly string[], position: Position | null, cursors: Cursors | null): void {
    let cursor: string | null = null;
    for (const message of messages) {
      const encoded = new Map<string, Buffer>();
      for (const subscription of this.subscriptions) {
        let { tail } = subscription;
        if (subscription.withCursor && position && cursors) {
          cursor ??= cursors.write(position, this.print);
          tail = `${subscription.withCursor(cursor)}${tail}`;
        }
        let buffer = encoded.get(tail);
        if (!buffer) {
          buffer = Buffer.from(message + tail);
          if (encoded.size < MAX_ENCODED) encoded.set(tail, buffer);
        }
        subscription.take(buffer, position);
      }
    }
  }
}

/** Texts of one message that are kept while it is handed out. */
const MAX_ENCODED = 100;

export interface GroupKey {
  readonly key: string;
  /** The same without what is known to this process only. */
  readonly facts: string;
}

/**
 * What tells groups apart: the wish, the profile (its rules and fields) and the values that the statement binds for this
 * caller, and so by construction everything that the answer depends on but the time and the changed keys.
 */
export function groupKey(runner: QueryRunner, access: Access, wish: Wish, reading: Reading): GroupKey {
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
  const bound = JSON.stringify(values);
  return {
    key: `${profile.id} ${bound} ${wish.key}`,
    facts: JSON.stringify([wish.key, plan.body.statement.text, bound]),
  };
}
