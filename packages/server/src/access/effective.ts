import { ApiError, forbidden } from '../errors/index.ts';
import type { Collection, Snapshot } from '../schema/types.ts';
import { ALWAYS, NEVER, type Predicate } from '../sql/index.ts';
import type { Action, FilterInput, Json } from '../wire/index.ts';
import { compileFilter, type Guard } from './filter/compile.ts';
import { mergeRules } from './merge-rules.ts';
import type { Permission } from './model.ts';

/** One permission, compiled for the data model as it is now. */
export interface Grant {
  readonly permission: Permission;
  readonly rule: Predicate;
  readonly allFields: boolean;
  readonly fields: ReadonlySet<string>;
}

/**
 * What a set of policies allows on one collection for one action. Rows are those that any grant's rule admits; a field
 * counts for a row only where a grant that lists it admits that row.
 */
export interface CollectionAccess {
  readonly collection: Collection;
  readonly action: Action;
  readonly grants: readonly Grant[];
  /** Which items; null when all. */
  readonly rows: Predicate | null;
  /** Fields that may be named. null: their value counts for every item in reach; a predicate: only where it holds. */
  readonly fields: ReadonlyMap<string, Predicate | null>;
  /** All of them have to hold. */
  readonly validations: readonly FilterInput[];
  readonly presets: Readonly<Record<string, Json>>;
}

const asNull = (predicate: Predicate): Predicate | null => (predicate.kind === 'always' ? null : predicate);

/** Compiles the permissions of one collection and action. */
export function compileAccess(
  collection: Collection,
  action: Action,
  permissions: readonly Permission[],
  snapshot: Snapshot,
  maxDepth: number,
): CollectionAccess {
  const grants = permissions.map((permission) => compileGrant(permission, collection, snapshot, maxDepth));
  return {
    collection,
    action,
    grants,
    rows: asNull(mergeRules(grants.map((grant) => grant.rule))),
    fields: compileFields(collection, grants),
    validations: permissions.flatMap((permission) => (permission.validation ? [permission.validation] : [])),
    presets: Object.assign({}, ...permissions.map((permission) => permission.presets ?? {})),
  };
}

function compileGrant(permission: Permission, collection: Collection, snapshot: Snapshot, maxDepth: number): Grant {
  return {
    permission,
    rule: compileRule(permission.rule, collection, snapshot, maxDepth),
    allFields: permission.fields.includes('*'),
    fields: new Set(permission.fields),
  };
}

/** A rule that can't be understood, such as one on a field that is gone, opens nothing. */
function compileRule(
  rule: FilterInput | null,
  collection: Collection,
  snapshot: Snapshot,
  maxDepth: number,
): Predicate {
  if (rule === null) return ALWAYS;
  try {
    return compileFilter(rule, collection, { snapshot, guard: null, maxDepth });
  } catch (error) {
    if (error instanceof ApiError) return NEVER;
    throw error;
  }
}

function compileFields(collection: Collection, grants: readonly Grant[]): Map<string, Predicate | null> {
  const fields = new Map<string, Predicate | null>();
  // Fields listed by the same grants share one condition.
  const conditions = new Map<string, Predicate | null>();
  for (const [name, field] of collection.fields) {
    if (!field.column && !field.relation) continue;
    const listing: Grant[] = [];
    let key = '';
    for (const [i, grant] of grants.entries()) {
      if (!grant.allFields && !grant.fields.has(name)) continue;
      listing.push(grant);
      key += `${i},`;
    }
    if (listing.length === 0) continue;
    if (listing.length === grants.length) {
      fields.set(name, null);
      continue;
    }
    let condition = conditions.get(key);
    if (condition === undefined) {
      condition = asNull(mergeRules(listing.map((grant) => grant.rule)));
      conditions.set(key, condition);
    }
    fields.set(name, condition);
  }
  return fields;
}

/** Access of an administrator: every field of every item. */
export function fullAccess(collection: Collection, action: Action): CollectionAccess {
  const fields = new Map<string, Predicate | null>();
  for (const [name, field] of collection.fields) if (field.column || field.relation) fields.set(name, null);
  return { collection, action, grants: [], rows: null, fields, validations: [], presets: {} };
}

let profiles = 0;

/**
 * What one set of policies allows, compiled once and shared by everybody who holds exactly this set. Dynamic variables
 * stay parameters.
 */
export class AccessProfile {
  /** Never given twice, so that what is derived from a profile can be kept under it. */
  readonly id = ++profiles;
  readonly admin: boolean;
  readonly app: boolean;
  readonly enforceTfa: boolean;
  /** Of the policies that apply, in order. */
  readonly policies: readonly string[];
  readonly snapshot: Snapshot;
  readonly permissions: readonly Permission[];
  readonly #maxDepth: number;
  #byPlace: ReadonlyMap<string, readonly Permission[]> | null = null;
  readonly #compiled = new Map<string, CollectionAccess | null>();

  constructor(facts: {
    admin: boolean;
    app: boolean;
    enforceTfa: boolean;
    policies: readonly string[];
    permissions: readonly Permission[];
    snapshot: Snapshot;
    maxDepth: number;
  }) {
    this.admin = facts.admin;
    this.app = facts.app;
    this.enforceTfa = facts.enforceTfa;
    this.policies = facts.policies;
    this.permissions = facts.permissions;
    this.snapshot = facts.snapshot;
    this.#maxDepth = facts.maxDepth;
  }

  /** null where nothing is allowed, or there is no such collection. */
  access(collection: string, action: Action): CollectionAccess | null {
    const key = `${action} ${collection}`;
    let access = this.#compiled.get(key);
    if (access === undefined) {
      const known = this.snapshot.collections.get(collection);
      if (!known) return null; // names from requests must not grow the map
      access = this.#compile(known, action);
      this.#compiled.set(key, access);
    }
    return access;
  }

  /** What has been asked of it so far, as `action collection`: all that could have made a difference. */
  get asked(): readonly string[] {
    return [...this.#compiled.keys()];
  }

  /** As `access`, but refuses with FORBIDDEN. */
  require(collection: string, action: Action): CollectionAccess {
    const access = this.access(collection, action);
    if (!access) throw forbidden();
    return access;
  }

  /** What a request that names the collection may read of it. Throws FORBIDDEN. */
  entry(collection: string): CollectionAccess {
    return this.require(collection, 'read');
  }

  #compile(collection: Collection, action: Action): CollectionAccess | null {
    if (collection.folder || (collection.view && action !== 'read')) return null;
    if (this.admin) return fullAccess(collection, action);
    this.#byPlace ??= Map.groupBy(this.permissions, (one) => `${one.action} ${one.collection}`);
    const permissions = this.#byPlace.get(`${action} ${collection.name}`);
    if (!permissions) return null;
    const access = compileAccess(collection, action, permissions, this.snapshot, this.#maxDepth);
    // Rules that can never hold are as good as no permission.
    return access.rows?.kind === 'never' ? null : access;
  }

  /** What a caller's filter, sort or field list may look at. */
  readonly guard: Guard = {
    field: (collection, name) => {
      const visible = this.require(collection.name, 'read').fields.get(name);
      if (visible === undefined) throw forbidden();
      return visible;
    },
    readable: (collection, name) => this.access(collection.name, 'read')?.fields.has(name) ?? false,
    rows: (collection) => this.require(collection.name, 'read').rows,
  };
}
