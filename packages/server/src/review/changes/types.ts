import type { AccessModel } from '../../access/model.ts';
import type { Action, Json } from '../../wire/index.ts';

/** Everything that decides who may do what, at one moment. */
export interface AccessFacts {
  readonly model: AccessModel;
  /** Policies attached to single users, in order, by user. */
  readonly own: ReadonlyMap<string, readonly string[]>;
}

/** What of a user decides their access; null when there is none. */
export interface Person {
  readonly role: string | null;
  /** Whether they may sign in. */
  readonly active: boolean;
}

/** Two states of access to compare. */
export interface Comparison {
  readonly before: AccessFacts;
  readonly after: AccessFacts;
  /** Users whose role or status change too. */
  readonly moved: ReadonlyMap<string, { readonly before: Person | null; readonly after: Person | null }>;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Numbers of items or values. `before + gained - lost = after`. */
export interface Count {
  readonly before: number;
  readonly after: number;
  readonly gained: number;
  readonly lost: number;
}

/** Whose access changes: everybody among them has the same policies. */
export interface Who {
  /** `public`: requests without a credential. */
  readonly kind: 'public' | 'users';
  /** null for users without a role. */
  readonly role: Named | null;
  /** Policies attached to the users themselves. */
  readonly policies: readonly Named[];
  /** Where the users themselves are changed: their role and policies afterwards, and whether they may still sign in. */
  readonly becomes: {
    readonly role: Named | null;
    readonly policies: readonly Named[];
    readonly active: boolean;
  } | null;
}

export interface CountOfFields extends Count {
  readonly fields: readonly string[];
}

export interface CountOfUser extends Count {
  readonly user: string;
  readonly values: readonly CountOfFields[];
}

export interface ChangedCollection {
  readonly collection: string;
  readonly action: Action;
  /** `gained`: not allowed at all before; `lost`: not allowed at all any more. */
  readonly access: 'gained' | 'lost' | 'changed';
  /** Fields that may be named for the first time, or no longer. */
  readonly fields: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  /** Items in reach. null for create, and where they are not counted: see `uncounted`. */
  readonly items: Count | null;
  /** Keys of items gained and lost, as far as the caller may read them. */
  readonly samples: { readonly gained: readonly Json[]; readonly lost: readonly Json[] } | null;
  /** Where the rule is about the user: counts for single users. */
  readonly each: readonly CountOfUser[] | null;
  /** Fields whose values come into reach for other items than `items` says. */
  readonly values: readonly CountOfFields[];
  /** Whether other values are accepted, or filled in. */
  readonly validation: boolean;
  readonly presets: boolean;
  /** Why items are not counted: `time` ran out, the caller `may-not-read` them, or it is `personal` (see `each`). */
  readonly uncounted: 'time' | 'may-not-read' | 'personal' | 'no-project' | null;
}

export interface Flag {
  readonly before: boolean;
  readonly after: boolean;
}

export interface ChangedAudience {
  readonly who: Who;
  /** How many users that may sign in; null for the public, and where nobody counted. */
  readonly users: number | null;
  /** Some of them, as far as the caller may read them. */
  readonly samples: readonly { readonly [field: string]: Json }[];
  /** An address from which it is so, where policies are bound to addresses; null: from anywhere else. */
  readonly from: string | null;
  readonly admin: Flag;
  readonly app: Flag;
  readonly tfa: Flag;
  readonly changes: readonly ChangedCollection[];
  /** How many changes there are in all. */
  readonly total: number;
  /** Whether more changes, in what the caller may not read. */
  readonly withheld: boolean;
}

export type WarningCode = 'public-gains' | 'roleless-gain' | 'admin-gained' | 'app-gained';

export interface Review {
  readonly changed: boolean;
  readonly warnings: readonly { readonly code: WarningCode; readonly message: string }[];
  readonly audiences: readonly ChangedAudience[];
  readonly totals: { readonly audiences: number; readonly users: number | null };
  /** Whether more has changed than is listed. */
  readonly truncated: boolean;
}
