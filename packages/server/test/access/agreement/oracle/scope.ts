import { fieldOf, type Json, NOW, type Row, type World } from '../model.ts';

/** Who asks, and what variables mean for them. */
export interface Scope {
  readonly world: World;
  /** What variables look into: the world as it was when the request came. */
  readonly known: World;
  readonly user: Row | null;
  readonly role: Row | null;
  /** The role and its ancestors. */
  readonly roles: readonly string[];
  readonly policies: readonly string[];
}

export const rowsOf = (world: World, collection: string): readonly Row[] => world.rows[collection] ?? [];

export const rowAt = (world: World, collection: string, key: Json): Row | null =>
  key === null ? null : (rowsOf(world, collection).find((row) => row.id === key) ?? null);

/** The value of a variable; texts that are none are themselves. */
export function resolved(value: Json, scope: Scope): Json {
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  if (value === '$CURRENT_USER') return scope.user?.id ?? null;
  if (value === '$CURRENT_ROLE') return scope.role?.id ?? null;
  if (value === '$CURRENT_ROLES') return [...scope.roles];
  if (value === '$CURRENT_POLICIES') return [...scope.policies];
  if (value.startsWith('$NOW')) return moment(value);
  const [root, ...path] = value.split('.');
  if (root === '$CURRENT_USER') return along(scope.known, 'directus_users', scope.user, path);
  if (root === '$CURRENT_ROLE') return along(scope.known, 'directus_roles', scope.role, path);
  return value;
}

/** A path from a row; through a list it is the list of what lies at its end, nulls left out. */
function along(world: World, collection: string, row: Row | null, path: readonly string[]): Json {
  const [name = '', ...rest] = path;
  const field = fieldOf(collection, name);
  if (row === null || !field || field.kind === 'secret') return null;
  if (field.kind === 'list') {
    const below = rowsOf(world, field.from).filter((other) => other[field.by] === row.id);
    const ends = below.flatMap((other) => along(world, field.from, other, rest.length > 0 ? rest : ['id']));
    return ends.filter((end) => end !== null);
  }
  if (rest.length === 0) return row[name] ?? null;
  return field.to === undefined ? null : along(world, field.to, rowAt(world, field.to, row[name] ?? null), rest);
}

/** `$NOW`, `$NOW(-1 day)` */
function moment(text: string): string {
  const match = /^\$NOW\(([+-]?\d+) (\w+?)s?\)$/.exec(text);
  const at = new Date(NOW);
  if (!match) return at.toISOString();
  const amount = Number(match[1]);
  if (match[2] === 'year') at.setUTCFullYear(at.getUTCFullYear() + amount);
  else if (match[2] === 'day') at.setUTCDate(at.getUTCDate() + amount);
  else if (match[2] === 'hour') at.setUTCHours(at.getUTCHours() + amount);
  else throw new Error(`the oracle knows no ${text}`);
  return at.toISOString();
}
