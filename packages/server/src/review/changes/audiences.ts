import type { Store } from '../../store/types.ts';
import { loadPersons, usersByRole } from './facts.ts';
import type { Comparison, Person } from './types.ts';

/** What decides which policies somebody has. */
export interface Standing {
  readonly role: string | null;
  readonly own: readonly string[];
  /** false: may do nothing at all, not even what the public may. */
  readonly active: boolean;
}

/** People who have the same standing before, and the same after. */
export interface Audience {
  readonly kind: 'public' | 'users';
  readonly before: Standing;
  readonly after: Standing;
  /** How many users. */
  readonly users: number;
  /** Their ids; null: everybody of the role who is in no other audience. */
  readonly ids: readonly string[] | null;
}

export interface Audiences {
  readonly list: readonly Audience[];
  /** Users who are in an audience by their id. */
  readonly single: ReadonlySet<string>;
}

const NOBODY: Person = { role: null, active: false };

/** Divides everybody. `population` has the users; without one there are roles and the public only. */
export async function findAudiences(comparison: Comparison, population: Store | null): Promise<Audiences> {
  const { before, after, moved } = comparison;
  const single = new Set([...before.own.keys(), ...after.own.keys(), ...moved.keys()]);
  const counts = population ? await usersByRole(population) : new Map<string | null, number>();
  const persons = population ? await loadPersons(population, population, [...single]) : new Map<string, Person>();
  for (const { role, active } of persons.values()) if (active) counts.set(role, (counts.get(role) ?? 0) - 1);
  const anybody: Standing = { role: null, own: [], active: true };
  const list: Audience[] = [
    { kind: 'public', before: anybody, after: anybody, users: 0, ids: [] },
    { kind: 'users', before: anybody, after: anybody, users: counts.get(null) ?? 0, ids: null },
  ];
  for (const role of new Set([...before.model.roles.keys(), ...after.model.roles.keys()])) {
    const standing = (there: boolean): Standing => ({ role, own: [], active: there });
    const users = counts.get(role) ?? 0;
    const [was, is] = [before.model.roles.has(role), after.model.roles.has(role)];
    if (is || users > 0) list.push({ kind: 'users', before: standing(was), after: standing(is), users, ids: null });
  }
  list.push(...singles(comparison, persons, population !== null));
  return { list, single };
}

/** Users with policies of their own, and those who are changed themselves, grouped. */
function singles(
  { before, after, moved }: Comparison,
  persons: ReadonlyMap<string, Person>,
  known: boolean,
): Audience[] {
  const groups = new Map<string, Audience & { ids: string[] }>();
  for (const id of new Set([...before.own.keys(), ...after.own.keys(), ...moved.keys()])) {
    const stands = persons.get(id) ?? (known ? NOBODY : { role: null, active: true });
    const move = moved.get(id);
    const standing = (person: Person, own: readonly string[] = []): Standing => ({ ...person, own });
    const was = standing(move ? (move.before ?? NOBODY) : stands, before.own.get(id));
    const is = standing(move ? (move.after ?? NOBODY) : stands, after.own.get(id));
    if (!was.active && !is.active) continue;
    const key = JSON.stringify([was.role, was.own, was.active, is.role, is.own, is.active]);
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { kind: 'users', before: was, after: is, users: 0, ids: [id] });
  }
  return [...groups.values()].map((group) => ({ ...group, users: group.ids.length }));
}
