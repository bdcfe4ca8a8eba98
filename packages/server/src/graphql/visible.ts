import type { AccessProfile, CollectionAccess } from '../access/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import type { Action } from '../wire/index.ts';
import { BUILT_IN, FIXED_TYPES } from './fixed-types.ts';
import { isName } from './model.ts';

const ACTIONS: readonly Action[] = ['read', 'create', 'update', 'delete'];

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** What the parts of a collection are called: types and root fields. */
const derivedNames = (name: string): string[] => [
  ...['filter', 'quantifier_filter', 'aggregated', 'aggregated_count', 'aggregated_fields', 'mutated', 'by_id'].map(
    (part) => `${name}_${part}`,
  ),
  `${name}_by_version`,
  ...['create', 'update'].flatMap((verb) => ['input', 'item', 'items'].map((part) => `${verb}_${name}_${part}`)),
  `update_${name}_batch`,
  `update_${name}`,
  ...['item', 'items'].map((part) => `delete_${name}_${part}`),
];

/**
 * What of the data model a GraphQL schema can show to the holders of one profile. What it can't show under its own name,
 * such as `blog-posts`, is left to REST.
 */
export class Visible {
  readonly profile: AccessProfile;
  readonly #named: ReadonlySet<string>;

  constructor(profile: AccessProfile) {
    this.profile = profile;
    const known = [...profile.snapshot.collections.keys()].filter(
      (name) => isName(name) && ACTIONS.some((action) => profile.access(name, action) !== null),
    );
    const taken = new Set([...BUILT_IN, ...FIXED_TYPES.keys(), ...ROOTS, ...known.flatMap(derivedNames)]);
    this.#named = new Set(known.filter((name) => !taken.has(name)));
  }

  /** null where nothing is allowed, or nothing could be shown of it. */
  access(collection: string, action: Action): CollectionAccess | null {
    return this.#named.has(collection) ? this.profile.access(collection, action) : null;
  }

  /** The collection, when it can be read. A type needs a field, and one that does not depend on other types. */
  readable(name: string): Collection | null {
    const access = this.access(name, 'read');
    return access && this.fields(access).some(({ column }) => column !== null) ? access.collection : null;
  }

  /** The collection, when it can be written with at least one field. */
  writable(name: string, action: 'create' | 'update'): Collection | null {
    const access = this.access(name, action);
    return access && this.inputFields(access).some(({ column }) => column !== null) ? access.collection : null;
  }

  /** In the order of the collection. */
  fields({ collection, fields }: CollectionAccess): readonly Field[] {
    return [...collection.fields.values()].filter(({ name }) => fields.has(name) && isName(name));
  }

  inputFields(access: CollectionAccess): readonly Field[] {
    return this.fields(access).filter(({ column }) => !column?.generated);
  }
}
