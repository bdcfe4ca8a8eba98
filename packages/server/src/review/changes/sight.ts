import { type Access, type AccessProfile, compileFilter } from '../../access/index.ts';
import { ApiError } from '../../errors/index.ts';
import type { ItemService } from '../../items/index.ts';
import { EMPTY_QUERY } from '../../query/index.ts';
import type { Collection } from '../../schema/types.ts';
import type { Action, FilterInput, Json } from '../../wire/index.ts';
import type { Shift } from './compare.ts';
import { tablesOf, variablesOf } from './count.ts';
import { mayReadAllOf } from './proposal.ts';
import { RULE_DEPTH } from './sides.ts';

const SAMPLES = 5;
const USERS = 'directus_users';
const SHOWN = ['id', 'email', 'first_name', 'last_name'];

/** What the one who asks for a review may see of what it looks at. */
export class Sight {
  readonly access: Access;
  readonly #items: Pick<ItemService, 'readMany'>;

  constructor(access: Access, items: Pick<ItemService, 'readMany'>) {
    this.access = access;
    this.#items = items;
  }

  /**
   * Whether it may be told what permissions do. Those about what the caller may not read look like those about what is
   * not there.
   */
  shows(collection: string, action: Action, sides: readonly AccessProfile[]): boolean {
    const { profile } = this.access;
    if (profile.admin) return true;
    const known = profile.access(collection, 'read')?.collection;
    if (!known) return false;
    const permissions = sides.flatMap((side) => side.permissions);
    return permissions
      .filter((permission) => permission.collection === collection && permission.action === action)
      .every(({ rule }) => rule === null || this.#mayAsk(rule, known));
  }

  /** As a filter of the caller. */
  #mayAsk(rule: FilterInput, collection: Collection): boolean {
    const { snapshot, guard } = this.access.profile;
    try {
      compileFilter(rule, collection, { snapshot, guard, maxDepth: RULE_DEPTH });
      return true;
    } catch (error) {
      if (error instanceof ApiError) return false;
      throw error;
    }
  }

  /** Those of the fields that the caller may read. */
  fieldsOf(collection: string, fields: readonly string[]): readonly string[] {
    const { profile } = this.access;
    if (profile.admin) return fields;
    const readable = profile.access(collection, 'read')?.fields;
    return fields.filter((field) => readable?.has(field));
  }

  /**
   * Numbers and samples of items tell about every value that the conditions look at, so they are for those who may read
   * them all: otherwise a rule could be proposed for no other reason than to learn about them.
   */
  mayCount({ collection, items, values }: Shift): boolean {
    const { profile } = this.access;
    if (profile.admin) return true;
    const conditions = [items, ...values].flatMap((pair) => (pair ? [pair.before, pair.after] : []));
    const paths = conditions.flatMap(variablesOf).some((variable) => 'path' in variable && variable.path.length > 0);
    const tables = new Set([collection, ...conditions.flatMap((condition) => [...tablesOf(condition)])]);
    return !paths && [...tables].every((table) => mayReadAllOf(profile, table));
  }

  /** Some users, as far as they may be read: those named, or those of a role who are none of `except`. */
  async users(
    who: { readonly ids: readonly string[] } | { readonly role: string | null; readonly except: ReadonlySet<string> },
  ): Promise<{ readonly [field: string]: Json }[]> {
    const readable = this.access.profile.access(USERS, 'read')?.fields;
    if (readable?.get('id') === undefined) return [];
    const needs = 'ids' in who ? [] : ['role', 'status'];
    if (!needs.every((field) => readable.has(field))) return [];
    const filter: Json =
      'ids' in who
        ? { id: { _in: who.ids.slice(0, MAX_LOOKED_AT) } }
        : {
            _and: [{ status: { _eq: 'active' } }, { role: who.role === null ? { _null: true } : { _eq: who.role } }],
          };
    const fields = SHOWN.filter((field) => readable.has(field));
    const query = { ...EMPTY_QUERY, fields, filter, sort: ['id'], limit: MAX_LOOKED_AT, kept: null };
    const { items } = await this.#items.readMany(this.access, USERS, query);
    const except = 'ids' in who ? new Set() : who.except;
    return items.filter(({ id }) => !except.has(String(id))).slice(0, SAMPLES);
  }
}

const MAX_LOOKED_AT = 50;
