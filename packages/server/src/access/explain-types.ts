import type { Action, FilterInput, Json } from '../wire/index.ts';

/** What is asked: may this caller do this? */
export interface Question {
  readonly action: Action;
  readonly collection: string;
  /** Primary key of one item; null asks about the rule in general. */
  readonly item: string | null;
  readonly field: string | null;
}

/** `depends`: no item was named, and the rules admit some items and others not. */
export type Verdict = 'allowed' | 'denied' | 'depends';

export type Reason =
  | 'admin-access'
  | 'permission'
  | 'rule'
  | 'inactive-user'
  | 'no-such-collection'
  | 'folder'
  | 'no-permission'
  | 'no-such-field'
  | 'field-not-listed'
  | 'key-not-listed'
  | 'key-out-of-reach'
  | 'key-never-changes'
  | 'no-field'
  | 'no-such-item'
  | 'no-rule-admits'
  | 'field-out-of-reach'
  | 'validation-fails';

/** The whole answer, ready to be sent as JSON. */
export interface Explanation extends Question {
  readonly verdict: Verdict;
  readonly reason: Reason;
  /** The reason as a sentence. */
  readonly message: string;
  /** What else is good to know. */
  readonly notes: readonly string[];
  readonly caller: ExplainedCaller;
  /** Those attached to the user, the roles or the public, whether they apply or not. */
  readonly policies: readonly ExplainedPolicy[];
  /** Those of the policies that apply, for this collection and action. */
  readonly permissions: readonly ExplainedPermission[];
  /** The fields asked about, or all of the collection that can be named. */
  readonly fields: readonly ExplainedField[];
}

export interface ExplainedCaller {
  /** null: nobody has signed in. */
  readonly user: string | null;
  /** The user's role and its ancestors, nearest first. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly ip: string | null;
  readonly admin: boolean;
  readonly app: boolean;
}

export interface ExplainedPolicy {
  readonly id: string;
  readonly name: string;
  /** What it is attached to: `user`, `public`, or names of roles. */
  readonly through: readonly string[];
  readonly applies: boolean;
  /** The address list that leaves it out, as it is written; null when it applies. */
  readonly onlyFrom: string | null;
  readonly adminAccess: boolean;
  readonly appAccess: boolean;
}

export interface ExplainedPermission {
  /** null for what app access brings along. */
  readonly id: number | null;
  readonly policy: { readonly id: string; readonly name: string } | null;
  /** As listed; `*` for all. */
  readonly fields: readonly string[];
  /** Whether it admits the item; null when none was asked about, as with items to be created. */
  readonly admits: boolean | null;
  readonly rule: RuleNode;
  readonly presets: { readonly [field: string]: Json };
  readonly validation: FilterInput | null;
}

export interface ExplainedField {
  readonly name: string;
  /** null: it depends on the item, and none was asked about. */
  readonly allowed: boolean | null;
  /** The permissions that list it; null among them for what app access brings along. */
  readonly listedBy: readonly (number | null)[];
}

interface Judged {
  /** Whether it holds for the item; null when none was asked about. Below a to-many: for any of its rows. */
  readonly holds: boolean | null;
  /** Below a to-many: for how many of its rows it holds. */
  readonly rows?: number;
}

/** A part of a rule, as the compiled rule has it. */
export type RuleNode =
  | ({ readonly kind: 'everything' } & Judged)
  | ({ readonly kind: 'nothing'; readonly why: string } & Judged)
  | ({ readonly kind: 'all' | 'any'; readonly parts: readonly RuleNode[] } & Judged)
  | ExplainedComparison
  | ExplainedRelation;

export interface ExplainedComparison extends Judged {
  readonly kind: 'comparison';
  /** `status`, `year(published)` */
  readonly field: string;
  /** `_eq` */
  readonly operator: string;
  /** The right side as the rule has it, such as `$CURRENT_USER`. */
  readonly written: Json;
  /** The right side with the values of this caller. */
  readonly value: Json;
  /** The left side of this item; absent when there is none or there may be several. Secrets are stars. */
  readonly stored?: Json;
}

export interface ExplainedRelation extends Judged {
  readonly kind: 'relation';
  /** `author`, `posts`, `content:pages`, `$FOLLOW(posts,author)` */
  readonly field: string;
  readonly collection: string;
  /** Whether a row has to meet the condition, or none may. */
  readonly quantifier: 'some' | 'none';
  /** How many rows it leads to; absent when no item was asked about. */
  readonly related?: number;
  /** How many of them meet the condition. */
  readonly matching?: number;
  readonly where: RuleNode;
}
