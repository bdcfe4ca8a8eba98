import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Place } from '../store/types.ts';

/** How far a follower has come: it was told all that was kept before, of that text `index` changes, of the next `done` parts. */
export interface Position extends Place {
  readonly index: number;
  readonly done: number;
}

/** More than any text has changes. */
const ALL = 999_999_999;

export const after = (place: Place): Position => ({ ...place, index: ALL, done: 0 });

/** Whether one is further than the other. */
export function isAfter(one: Position, other: Position): boolean {
  if (one.number !== other.number) return one.number > other.number;
  return one.index === other.index ? one.done > other.done : one.index > other.index;
}

/**
 * Positions as clients keep them. Each is sealed for what was followed and the rights it was followed with, on every node
 * the same: nobody makes one up, and under other rights it leads nowhere.
 */
export class Cursors {
  readonly #key: KeyObject;

  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** `print`: of what is followed, with which rights. */
  write(position: Position, print: string): string {
    const { number, mark, index, done } = position;
    const plain = `${number}.${mark}.${index}.${done}`;
    return `${plain}.${this.#seal(plain, print)}`;
  }

  /** null for what was not written for this print. */
  read(text: string, print: string): Position | null {
    const parts = /^(\d{1,15})\.([\w-]{1,16})\.(\d{1,9})\.(\d{1,9})\.([\w-]{22})$/.exec(text);
    if (!parts) return null;
    const [, number, mark = '', index, done, seal = ''] = parts;
    const right = this.#seal(text.slice(0, -seal.length - 1), print);
    if (!timingSafeEqual(Buffer.from(seal), Buffer.from(right))) return null;
    return { number: Number(number), mark, index: Number(index), done: Number(done) };
  }

  #seal(plain: string, print: string): string {
    return createHmac('sha256', this.#key).update(`${print}\n${plain}`).digest('base64url').slice(0, 22);
  }
}
