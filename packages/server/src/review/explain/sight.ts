import { type ExplainParts, explain } from '../../access/explain.ts';
import type { Access } from '../../access/index.ts';
import { collectionOf } from '../../access/index.ts';
import { touchedFields } from '../../access/touched.ts';
import { type PathVariable, pathVariables } from '../../access/variable-values.ts';
import { forbidden } from '../../errors/index.ts';
import type { Snapshot } from '../../schema/types.ts';
import type { Action } from '../../wire/index.ts';

/** What an explanation tells of: who may read all of it may ask for explanations. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  directus_policies: ['id', 'name', 'ip_access', 'admin_access', 'app_access'],
  directus_permissions: ['id', 'policy', 'collection', 'action', 'permissions', 'validation', 'presets', 'fields'],
  directus_access: ['id', 'role', 'user', 'policy'],
  directus_roles: ['id', 'name', 'parent'],
};

/**
 * Throws FORBIDDEN unless the caller is an administrator, or may read every policy, permission, attachment and role with
 * all the fields that an explanation tells of.
 */
export function requireReviewer({ profile }: Access): void {
  if (profile.admin) return;
  for (const [collection, fields] of Object.entries(TOLD)) {
    if (!readsInFull(profile, collection, fields)) throw forbidden();
  }
}

/** Whether these fields may be read of every item there is. */
export function readsInFull(profile: Access['profile'], collection: string, fields: readonly string[]): boolean {
  if (profile.admin) return true;
  const access = profile.access(collection, 'read');
  return access !== null && access.rows === null && fields.every((field) => access.fields.get(field) === null);
}

/** The fields that the caller may read of an item, or null when it is not there for the caller. */
export async function fieldsInSight(
  parts: ExplainParts,
  { accountability }: Access,
  collection: string,
  item: string | null,
): Promise<ReadonlySet<string> | null> {
  const own = await explain(parts, accountability, { action: 'read', collection, item, field: null });
  if (own.verdict !== 'allowed') return null;
  return new Set(own.fields.filter(({ allowed }) => allowed).map(({ name }) => name));
}

/**
 * Whether all that somebody's rules look at may be read: fields of the item as given, all other ones everywhere. Secrets
 * are read by nobody, so whether one meets a condition is not told either. What opens a share is more than its own rules.
 */
export function seesWhatRulesCompare(
  asker: Access,
  target: Access,
  question: { readonly collection: string; readonly action: Action },
  fieldsOfItem: ReadonlySet<string>,
): boolean {
  const compiled = target.profile.access(question.collection, question.action);
  if (!compiled) return true;
  if (target.accountability.kind === 'share') return false;
  const { snapshot } = target.profile;
  return compiled.grants
    .flatMap(({ rule }) => touchedFields(snapshot, compiled.collection, rule))
    .every(({ collection, field, own }) => {
      const known = snapshot.collections.get(collection)?.fields.get(field);
      if (!known || known.concealed || known.hashed) return false;
      return own ? fieldsOfItem.has(field) : readsInFull(asker.profile, collection, [field]);
    });
}

/** Whether the values of all variables that look into the user or the role may be read. */
export function seesVariables(asker: Access, target: Access): boolean {
  const { snapshot } = target.profile;
  return pathVariables(target.profile.permissions).every((variable) => seesPath(asker, snapshot, variable));
}

function seesPath(asker: Access, snapshot: Snapshot, { kind, path }: PathVariable): boolean {
  let collection = collectionOf(snapshot, kind === 'user' ? 'directus_users' : 'directus_roles');
  for (const name of path) {
    const field = collection.fields.get(name);
    if (!field) return true; // it has no value
    if (!readsInFull(asker.profile, collection.name, [name])) return false;
    const { relation } = field;
    if (relation?.kind !== 'm2o' && relation?.kind !== 'o2m') return true;
    if (relation.kind === 'o2m' && !readsInFull(asker.profile, relation.collection, [relation.foreignField])) {
      return false;
    }
    collection = collectionOf(snapshot, relation.collection);
  }
  return true;
}
