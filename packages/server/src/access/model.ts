import type { Reader, Row, Store } from '../store/types.ts';
import type { Action, FilterInput, Json } from '../wire/index.ts';
import { type AddressList, addressList } from './address-list.ts';

/** One row of `directus_permissions`, or one of the permissions that app access brings. */
export interface Permission {
  /** null for the built-in ones. */
  readonly id: number | null;
  readonly policy: string | null;
  readonly collection: string;
  readonly action: Action;
  /** null and `{}` mean every item. */
  readonly rule: FilterInput | null;
  readonly validation: FilterInput | null;
  readonly presets: { readonly [field: string]: Json } | null;
  /** Empty means no field, `*` in it all of them. */
  readonly fields: readonly string[];
}

export interface Policy {
  readonly id: string;
  readonly name: string;
  /** null: from anywhere. */
  readonly addresses: AddressList | null;
  readonly enforceTfa: boolean;
  readonly adminAccess: boolean;
  readonly appAccess: boolean;
  readonly permissions: readonly Permission[];
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

/** Everything that decides access, but for what is attached to single users. */
export interface AccessModel {
  readonly policies: ReadonlyMap<string, Policy>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly policiesOfRole: ReadonlyMap<string, readonly string[]>;
  readonly publicPolicies: readonly string[];
}

/** Reads the model with four statements, whatever its size. */
export async function loadAccessModel(store: Pick<Reader, 'all'>): Promise<AccessModel> {
  const [policies, permissions, roles, attachments] = await Promise.all([
    store.all('select id, name, ip_access, enforce_tfa, admin_access, app_access from directus_policies'),
    store.all(
      'select id, policy, collection, action, permissions, validation, presets, fields from directus_permissions order by id',
    ),
    store.all('select id, name, parent from directus_roles'),
    store.all('select role, policy from directus_access where "user" is null order by sort, id'),
  ]);
  const readable = permissions.flatMap((row) => permissionOf(row) ?? []);
  const byPolicy = Map.groupBy(readable, (permission) => permission.policy ?? '');
  return {
    policies: new Map(policies.map((row) => [String(row.id), policyOf(row, byPolicy.get(String(row.id)) ?? [])])),
    roles: new Map(
      roles.map((row) => [
        String(row.id),
        { id: String(row.id), name: String(row.name), parent: textOrNull(row.parent) },
      ]),
    ),
    policiesOfRole: groupPolicies(attachments.filter((row) => row.role !== null)),
    publicPolicies: attachments.filter((row) => row.role === null).map((row) => String(row.policy)),
  };
}

/** The policies attached to one user. */
export async function loadPoliciesOfUser(store: Store, user: string): Promise<readonly string[]> {
  const rows = await store.all(
    `select policy from directus_access where "user" = ${store.placeholder(1)} order by sort, id`,
    [user],
  );
  return rows.map((row) => String(row.policy));
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const isOn = (value: unknown): boolean => value === true || value === 1;

function groupPolicies(rows: readonly Row[]): Map<string, string[]> {
  const groups = Map.groupBy(rows, (row) => String(row.role));
  return new Map([...groups].map(([role, list]) => [role, list.map((row) => String(row.policy))]));
}

function policyOf(row: Row, permissions: readonly Permission[]): Policy {
  return {
    id: String(row.id),
    name: String(row.name),
    addresses: addressList(listOf(row.ip_access)),
    enforceTfa: isOn(row.enforce_tfa),
    adminAccess: isOn(row.admin_access),
    appAccess: isOn(row.app_access),
    permissions,
  };
}

/** null for one whose rule, validation or presets are no objects: what can't be understood opens nothing. */
function permissionOf(row: Row): Permission | null {
  const [rule, validation, presets] = [row.permissions, row.validation, row.presets].map(objectOf);
  if (rule === undefined || validation === undefined || presets === undefined) {
    process.emitWarning(`Permission ${row.id} holds something else than rules and opens nothing.`);
    return null;
  }
  return {
    id: Number(row.id),
    policy: textOrNull(row.policy),
    collection: String(row.collection),
    action: String(row.action) as Action,
    rule,
    validation,
    presets,
    fields: listOf(row.fields),
  };
}

/** A csv column; another server may have left JSON in it. */
function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== 'string' || value === '') return [];
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An object or null; undefined for everything else. */
function objectOf(value: unknown): FilterInput | null | undefined {
  if (value === null || value === undefined) return null;
  const parsed = typeof value === 'string' ? parsedOf(value) : value;
  if (parsed === null) return null;
  return typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as FilterInput) : undefined;
}

/** SQLite keeps JSON as text. */
function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
