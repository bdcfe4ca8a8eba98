import type { Key, Payload } from '../../items/index.ts';
import type { Action, Json } from '../../wire/index.ts';
import type { Person, Who } from '../person.ts';
import type { Failing } from '../rehearse.ts';

/** A file of tests: what who may do. */
export interface TestsFile {
  readonly tests: readonly AccessTest[];
  /** What is there when the tests run against a snapshot. */
  readonly fixtures: Fixtures | null;
}

export interface AccessTest {
  readonly name: string;
  readonly who: Who;
  readonly ip: string | null;
  readonly action: Action;
  readonly collection: string;
  readonly about: About;
  /** Fields to ask for or to write; null for all that can be read. */
  readonly fields: readonly string[] | null;
  readonly payload: Payload | null;
  readonly expected: Expected;
}

/** The items that a test is about. */
export type About =
  | { readonly kind: 'item'; readonly key: string | number }
  | { readonly kind: 'filter'; readonly filter: Json }
  /** As a list without a filter. */
  | { readonly kind: 'all' };

/** Everything that is given has to hold. */
export interface Expected {
  readonly verdict: 'allowed' | 'denied' | null;
  /** Keys of exactly the items that it is allowed for. */
  readonly items: readonly Json[] | null;
  /** How many items it is allowed for. */
  readonly count: number | null;
  /** Exactly the fields that are answered. */
  readonly fields: readonly string[] | null;
  /** Fields that are null in every item that is answered. */
  readonly nulls: readonly string[] | null;
  /** Values of the items: as answered, or as stored by the write. */
  readonly values: Readonly<Record<string, Json>> | null;
  /** Exactly the fields whose values break a validation. */
  readonly invalid: readonly string[] | null;
}

/** Rows to make before the tests run against a snapshot. */
export interface Fixtures {
  readonly roles: readonly RoleFixture[];
  readonly policies: readonly PolicyFixture[];
  readonly users: readonly UserFixture[];
  readonly items: Readonly<Record<string, readonly Payload[]>>;
}

export interface RoleFixture {
  readonly name: string;
  /** Name of the role above it. */
  readonly parent: string | null;
  readonly policies: readonly string[];
  readonly more: Payload;
}

export interface PolicyFixture {
  readonly name: string;
  /** Attached to everybody who has no role. */
  readonly public: boolean;
  readonly permissions: readonly Payload[];
  readonly more: Payload;
}

export interface UserFixture {
  readonly email: string;
  readonly role: string | null;
  readonly policies: readonly string[];
  readonly more: Payload;
}

/** A test with everything in it found. */
export interface Prepared {
  readonly test: AccessTest;
  readonly person: Person;
  /** The items that it is about, in the eyes of the system; none for create. */
  readonly keys: readonly Key[];
  /** What is written, by key where each item gets its own values back. */
  readonly payloadFor: (key: Key | null) => Payload;
}

/** What somebody's request came to. */
export interface Outcome {
  /** `mixed`: some of the items, and others not. */
  readonly verdict: 'allowed' | 'denied' | 'mixed';
  readonly items: readonly Key[];
  /** Differs from the length of `items` where keys can't be read. */
  readonly count: number;
  readonly fields: readonly string[];
  /** Fields that are null in each item. */
  readonly nulls: readonly string[];
  /** Of each item, as far as somebody looked. */
  readonly values: readonly Payload[];
  readonly failing: readonly Failing[];
}

export interface TestResult {
  readonly name: string;
  /** `broken`: it could not be asked, so it says nothing about access. */
  readonly status: 'passed' | 'failed' | 'broken';
  /** What was expected and what came, in words; empty when it passed. */
  readonly reasons: readonly string[];
}

/** Something is wrong with the file or with a test, and not with access. */
export class TestsError extends Error {}
