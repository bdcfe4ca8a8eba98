import { type Access, type AccessEngine, type Accountability, RequestScope } from '../access/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Group } from './group.ts';
import type { Subscription } from './wish.ts';

/** Values that a user's rules take from other rows are read again when they are older than this, in milliseconds. */
const VALUES_AGE = 500;

/** Everybody who has the same rights at the same moment: the sockets of a user behind one address, of a share, … */
export class Viewer {
  readonly key: string;
  readonly accountability: Accountability;
  readonly subscriptions = new Map<Subscription, Group | null>();
  /** Groups by the keys of wishes, under the present rights. */
  readonly groups = new Map<string, Group>();
  #access: Promise<Access> | null = null;
  #read = 0;
  #current: Access | null = null;

  constructor(key: string, accountability: Accountability) {
    this.key = key;
    this.accountability = accountability;
  }

  /** Whether rights were never asked for, or may have changed since. */
  isStale(clock: Clock): boolean {
    if (this.#current === null) return true;
    return this.#current.scope.caller.values.size > 0 && clock.now() - this.#read > VALUES_AGE;
  }

  forget(): void {
    this.#access = null;
    this.#current = null;
  }

  /** The rights as they are now. */
  access(engine: AccessEngine, clock: Clock): Promise<Access> {
    if (this.#access !== null && !(this.#current !== null && this.isStale(clock))) return this.#access;
    const asking = engine.access(this.accountability);
    this.#access = asking;
    this.#current = null;
    this.#read = clock.now();
    asking.then(
      (access) => {
        if (this.#access === asking) this.#current = access;
      },
      () => {
        if (this.#access === asking) this.#access = null;
      },
    );
    return asking;
  }
}

/** Who has the same rights has the same key, whatever device or page it uses. */
export function viewerKey(accountability: Accountability): string {
  switch (accountability.kind) {
    case 'system':
      throw new Error('no socket is the system');
    case 'anonymous':
      return JSON.stringify(['anonymous', accountability.ip]);
    case 'user': {
      const { user, role, ip, scope } = accountability;
      return JSON.stringify(['user', user, role, ip, scope?.key ?? null]);
    }
    case 'share': {
      const { share, collection, item, role, author, ip } = accountability;
      return JSON.stringify(['share', share, collection, item, role, author.user, author.role, ip]);
    }
  }
}

/** The same rights at another moment. */
export const accessAt = (access: Access, now: number): Access => {
  const { caller, author } = access.scope;
  return { ...access, scope: new RequestScope(caller, now, [], author) };
};
