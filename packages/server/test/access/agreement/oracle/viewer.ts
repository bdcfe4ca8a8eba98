import {
  type Action,
  type CallerChoice,
  fieldOf,
  MODEL,
  type PermissionRow,
  type PolicyRow,
  type Row,
  type World,
} from '../model.ts';
import { admits } from './addresses.ts';
import { checkRule, holds } from './filter.ts';
import { rowAt, type Scope } from './scope.ts';

/** What app access gives on the collections of the model, beside the permissions of the policies. */
const READING = { action: 'read', validation: null, presets: null } as const;
const OWN_COMMENTS = {
  collection: 'directus_comments',
  rule: { user_created: { _eq: '$CURRENT_USER' } },
  validation: null,
  presets: null,
} as const;
const OF_APP_ACCESS: readonly PermissionRow[] = [
  { ...READING, collection: 'directus_roles', rule: { id: { _in: '$CURRENT_ROLES' } }, fields: ['*'] },
  {
    ...READING,
    collection: 'directus_users',
    rule: { id: { _eq: '$CURRENT_USER' } },
    fields: ['id', 'first_name', 'location', 'role'],
  },
  { ...READING, collection: 'directus_activity', rule: { user: { _eq: '$CURRENT_USER' } }, fields: ['*'] },
  { ...OWN_COMMENTS, action: 'read', fields: ['*'] },
  { ...OWN_COMMENTS, action: 'create', rule: {}, fields: ['*'], validation: { comment: { _nnull: true } } },
  { ...OWN_COMMENTS, action: 'update', fields: ['comment'] },
  { ...OWN_COMMENTS, action: 'delete', fields: ['*'] },
];

/** A role and its ancestors. */
function chain(world: World, role: Row | null): Row[] {
  return role === null ? [] : [role, ...chain(world, rowAt(world, 'directus_roles', role.parent ?? null))];
}

/** What one caller may see of one world, worked out row by row. */
export class Viewer {
  readonly scope: Scope;
  readonly admin: boolean;
  readonly app: boolean;
  readonly #policies: readonly PolicyRow[];
  readonly #permissions: ReadonlyMap<string, readonly PermissionRow[]>;
  readonly #holding = new Map<PermissionRow, Map<Row, boolean>>();

  /** `known`: the world as it was when the request came, if it has changed since. */
  constructor(world: World, caller: CallerChoice, known = world) {
    const user = rowAt(known, 'directus_users', caller.user);
    const roles = chain(known, rowAt(known, 'directus_roles', user?.role ?? null));
    const ids = roles.map((role) => role.id);
    const attached = world.attachments.filter(
      (one) =>
        (one.user !== null && one.user === caller.user) ||
        (one.role !== null && ids.includes(one.role)) ||
        (one.user === null && one.role === null && roles.length === 0),
    );
    const policies = world.policies.filter(
      (policy) => attached.some((one) => one.policy === policy.id) && admits(policy.addresses, caller.ip),
    );
    this.admin = policies.some((policy) => policy.admin);
    this.app = policies.some((policy) => policy.app);
    this.scope = {
      world,
      known,
      user,
      role: roles[0] ?? null,
      roles: ids.map(String),
      policies: policies.map((policy) => policy.id),
    };
    this.#policies = policies;
    const names = Object.keys(MODEL);
    this.#permissions = new Map(names.map((name) => [name, this.granted(name, 'read')] as const).filter(isGranted));
  }

  /**
   * The permissions for an action, in the order in which they were made; null when there is none. A rule that can't be
   * understood opens nothing, not even the collection when there is no other.
   */
  granted(collection: string, action: Action): readonly PermissionRow[] | null {
    const found = this.all(collection).filter((permission) => permission.action === action);
    return found.some(isUnderstood) ? found : null;
  }

  /** Every permission on a collection, understood or not. */
  all(collection: string): PermissionRow[] {
    const all = [...this.#policies.flatMap((policy) => policy.permissions), ...(this.app ? OF_APP_ACCESS : [])];
    return all.filter((permission) => permission.collection === collection);
  }

  /** Whether there is any permission to read the collection. */
  mayRead(collection: string): boolean {
    return this.admin ? collection in MODEL : this.#permissions.has(collection);
  }

  /** Fields that may be named, in the order of the model. */
  named(collection: string): string[] {
    return Object.keys(MODEL[collection] ?? {}).filter((field) => this.mayName(collection, field));
  }

  mayName(collection: string, field: string): boolean {
    if (!fieldOf(collection, field)) return false;
    return this.admin || (this.#permissions.get(collection) ?? []).some((permission) => lists(permission, field));
  }

  mayReadRow(collection: string, row: Row): boolean {
    return this.admin || (this.#permissions.get(collection) ?? []).some((permission) => this.#admits(permission, row));
  }

  /** Whether the value of the field counts for this row. */
  maySee(collection: string, row: Row, field: string): boolean {
    if (this.admin) return true;
    const permissions = this.#permissions.get(collection) ?? [];
    return permissions.some((permission) => lists(permission, field) && this.#admits(permission, row));
  }

  #admits(permission: PermissionRow, row: Row): boolean {
    const { rule, collection } = permission;
    if (rule === null) return true;
    if (!isUnderstood(permission)) return false;
    const known = this.#holding.get(permission) ?? new Map<Row, boolean>();
    this.#holding.set(permission, known);
    const answer = known.get(row) ?? holds(rule, collection, row, { scope: this.scope, viewer: null });
    known.set(row, answer);
    return answer;
  }
}

const isGranted = (
  entry: readonly [string, readonly PermissionRow[] | null],
): entry is readonly [string, readonly PermissionRow[]] => entry[1] !== null;

export const isUnderstood = ({ rule, collection }: PermissionRow): boolean =>
  rule === null || checkRule(rule, collection);

export const lists = (permission: PermissionRow, field: string): boolean =>
  permission.fields !== null && (permission.fields.includes('*') || permission.fields.includes(field));
