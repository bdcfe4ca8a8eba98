import type { Json } from '../../wire/index.ts';
import type { Collection, Snapshot } from '../types.ts';
import type { ModelChange } from './change.ts';

/** A field that goes, or a whole collection. */
export interface Going {
  readonly collection: string;
  /** null: all of it. */
  readonly field: string | null;
}

/**
 * Closes permissions of any collection whose rule looks at what goes. They open nothing while it is gone; without this they
 * would open again, for other values, once something of that name is made anew. The rule stays readable beside the
 * condition that nothing meets. `snapshot` is the model with what goes still in it.
 */
export async function closeRules(change: ModelChange, snapshot: Snapshot, going: readonly Going[]): Promise<void> {
  const rows = await change.all<{ id: number; collection: string; permissions: unknown }>(
    'SELECT "id", "collection", "permissions" FROM "directus_permissions" WHERE "permissions" IS NOT NULL',
  );
  for (const { id, collection: name, permissions } of rows) {
    const collection = snapshot.collections.get(name);
    const rule = parsed(permissions);
    if (!collection || !new RuleWalk(snapshot, going).looksAt(rule, collection)) continue;
    const key = collection.primaryKey;
    const never = [{ [key]: { _null: true } }, { [key]: { _nnull: true } }];
    if (isClosed(rule, never)) continue;
    await change.run('UPDATE "directus_permissions" SET "permissions" = ? WHERE "id" = ?', [
      JSON.stringify({ _and: [...never, rule] }),
      id,
    ]);
    change.tx.announce('access');
  }
}

function isClosed(rule: Json, never: readonly Json[]): boolean {
  const parts = rule !== null && typeof rule === 'object' && !Array.isArray(rule) ? rule._and : null;
  return Array.isArray(parts) && JSON.stringify(parts.slice(0, never.length)) === JSON.stringify(never);
}

/** What can't be read opens nothing anyway. */
function parsed(raw: unknown): Json {
  if (typeof raw !== 'string') return (raw ?? null) as Json;
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return null;
  }
}

const FOLLOW = /^\$FOLLOW\(([^,]+),([^)]+)\)$/;
const CALL = /^[a-z]+\(([^(),]+)/i;
const VARIABLE = /^\$CURRENT_(USER|ROLE)\.(.+)$/;

/** Follows a rule along its relations. */
class RuleWalk {
  readonly #snapshot: Snapshot;
  readonly #going: readonly Going[];

  constructor(snapshot: Snapshot, going: readonly Going[]) {
    this.#snapshot = snapshot;
    this.#going = going;
  }

  /** Whether a filter on a collection passes what goes. */
  looksAt(filter: Json, collection: Collection | undefined): boolean {
    if (typeof filter === 'string') return this.#variable(filter);
    if (filter === null || typeof filter !== 'object') return false;
    if (Array.isArray(filter)) return filter.some((part) => this.looksAt(part, collection));
    return Object.entries(filter).some(([key, value]) => this.#key(key, value, collection));
  }

  #key(key: string, value: Json, collection: Collection | undefined): boolean {
    const follow = FOLLOW.exec(key);
    if (follow) {
      const [from = '', by = ''] = follow.slice(1).map((part) => part.trim());
      return this.#goes(from, by) || this.looksAt(value, this.#snapshot.collections.get(from));
    }
    // Operators, logic and quantifiers stay where they are; so do the numbers of a list that became an object.
    if (key.startsWith('_') || /^\d+$/.test(key)) return this.looksAt(value, collection);
    const [name = '', scope] = (CALL.exec(key)?.[1]?.trim() ?? key).split(':');
    if (!collection || this.#goes(collection.name, name)) return collection !== undefined;
    const target = this.#target(collection, name, scope);
    return (target !== null && this.#goes(target, null)) || this.looksAt(value, this.#at(target) ?? collection);
  }

  /** `$CURRENT_USER.team.name` */
  #variable(text: string): boolean {
    const [, kind, path] = VARIABLE.exec(text) ?? [];
    let at = kind === undefined ? undefined : this.#at(kind === 'USER' ? 'directus_users' : 'directus_roles');
    for (const name of path?.split('.') ?? []) {
      if (!at) return false;
      const target = this.#target(at, name, undefined);
      if (this.#goes(at.name, name) || (target !== null && this.#goes(target, null))) return true;
      at = this.#at(target);
    }
    return false;
  }

  #at(name: string | null): Collection | undefined {
    return name === null ? undefined : this.#snapshot.collections.get(name);
  }

  #target(collection: Collection, name: string, scope: string | undefined): string | null {
    const relation = collection.fields.get(name)?.relation;
    if (!relation) return null;
    return relation.kind === 'm2a' ? (scope ?? null) : relation.collection;
  }

  #goes(collection: string, field: string | null): boolean {
    return this.#going.some((one) => one.collection === collection && (one.field === null || one.field === field));
  }
}
