import { ApiError } from '../errors/index.ts';
import type { Collection } from '../schema/types.ts';
import { quote } from '../sql/index.ts';
import type { Store } from '../store/types.ts';
import type { Action } from '../wire/index.ts';
import type { Accountability } from './accountability.ts';
import type { AccessProfile, CollectionAccess } from './effective.ts';
import type { Access, AccessEngine } from './engine.ts';
import { closedPermissions, explainGrant } from './explain-grants.ts';
import { explainPolicies } from './explain-policies.ts';
import { Probes } from './explain-probes.ts';
import type {
  ExplainedCaller,
  ExplainedField,
  ExplainedPermission,
  ExplainedPolicy,
  Explanation,
  Question,
  Reason,
} from './explain-types.ts';
import { type Answer, answer, type ItemFacts, messageOf } from './explain-verdict.ts';
import type { AccessModel } from './model.ts';

export interface ExplainParts {
  readonly store: Store;
  readonly engine: AccessEngine;
}

export interface ExplainOptions {
  /** False for a user who may not sign in. */
  readonly active?: boolean;
  /** Looks at no item, not even at the one of a singleton. */
  readonly inGeneral?: boolean;
}

/**
 * Why a caller may or may not do something, from the decision that the engine compiled for them. Throws only what the
 * database throws.
 */
export async function explain(
  { store, engine }: ExplainParts,
  caller: Accountability,
  asked: Question,
  { active = true, inGeneral = false }: ExplainOptions = {},
): Promise<Explanation> {
  const access = await engine.access(caller);
  const model = await engine.model();
  const { profile } = access;
  const policies = await explainPolicies(store, model, access);
  const collection = profile.snapshot.collections.get(asked.collection);
  const question = collection && !inGeneral ? await aboutSingleton(store, collection, asked) : asked;
  const who = { caller: explainCaller(access, model), policies };
  const compiled = askedDirectly(profile, asked);
  if (!collection || !compiled) {
    const permissions = collection ? closedPermissions(model, access, collection, asked.action) : [];
    const found: Answer = ['denied', refusal(collection, permissions)];
    const notes = notesWithoutAccess(profile, question, collection);
    return { ...question, ...said(found, active, []), notes, ...who, permissions, fields: [] };
  }
  const { permissions, item } = await judge({ store, model, access, compiled, question, byKey: asked.item !== null });
  const givenBy = profile.admin ? administering(policies) : granting(permissions, question);
  return {
    ...question,
    ...said(answer(question, compiled, profile.admin, item), active, givenBy),
    notes: notesOf(profile, compiled, question),
    ...who,
    permissions,
    fields: explainFields(compiled, question, item),
  };
}

/** What can be asked for by name; more may come along with it. */
function askedDirectly(profile: AccessProfile, { collection, action }: Question): CollectionAccess | null {
  const compiled = profile.access(collection, action);
  if (!compiled || action !== 'read') return compiled;
  try {
    return profile.entry(collection);
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

function refusal(collection: Collection | undefined, permissions: readonly ExplainedPermission[]): Reason {
  if (!collection) return 'no-such-collection';
  if (collection.folder) return 'folder';
  return permissions.length > 0 ? 'no-rule-admits' : 'no-permission';
}

/** Nobody gets further than their credential. */
function said(
  found: Answer,
  active: boolean,
  givenBy: readonly string[],
): Pick<Explanation, 'verdict' | 'reason' | 'message'> {
  const [verdict, reason] = active ? found : (['denied', 'inactive-user'] as const);
  return { verdict, reason, message: messageOf(reason, givenBy) };
}

const administering = (policies: readonly ExplainedPolicy[]): string[] =>
  policies.filter((policy) => policy.applies && policy.adminAccess).map(({ name }) => name);

/** The permissions that open the way, as people call them. */
function granting(permissions: readonly ExplainedPermission[], { field }: Question): string[] {
  return permissions
    .filter(({ admits, fields }) => {
      const lists = field === null || fields.includes('*') || fields.includes(field);
      return lists && admits !== false;
    })
    .map(({ id, policy }) => (id === null ? 'app access' : `permission ${id} of ${policy?.name ?? 'no policy'}`));
}

function explainCaller({ accountability, profile, scope }: Access, model: AccessModel): ExplainedCaller {
  return {
    user: scope.caller.user,
    roles: scope.caller.roles.map((id) => ({ id, name: model.roles.get(id)?.name ?? id })),
    ip: 'ip' in accountability ? accountability.ip : null,
    admin: profile.admin,
    app: profile.app,
  };
}

/** A singleton is asked for without a key: its one item is meant, if it has one. */
async function aboutSingleton(store: Store, collection: Collection, question: Question): Promise<Question> {
  if (!collection.singleton || collection.folder || question.item !== null || question.action === 'create')
    return question;
  const [row] = await store.rows(`select ${quote(collection.primaryKey)} from ${quote(collection.name)} limit 1`);
  return row ? { ...question, item: String(row[0]) } : question;
}

interface Case {
  readonly store: Store;
  readonly model: AccessModel;
  readonly access: Access;
  readonly compiled: CollectionAccess;
  readonly question: Question;
  /** Whether the caller names the item. */
  readonly byKey: boolean;
}

/** Asks the database about the item: every part of every rule, and the decision as the engine would put it. */
async function judge(facts: Case): Promise<{ permissions: ExplainedPermission[]; item: ItemFacts }> {
  const { store, access, compiled, question, byKey } = facts;
  const probes = new Probes();
  const context = { snapshot: access.profile.snapshot, scope: access.scope, dialect: store.dialect, probes };
  const admitted = probes.holds(compiled.rows ?? { kind: 'always' });
  const conditions = [...compiled.fields].map(
    ([name, condition]) => [name, condition && probes.holds(condition)] as const,
  );
  const permissions = compiled.grants.map((grant) => explainGrant(facts, compiled.collection, context, grant));
  const named = question.item !== null && question.action !== 'create';
  const exists = named ? await probes.run(store, compiled.collection, question.item, access.scope) : null;
  const reached = admitted() ?? false;
  const fields = new Map(conditions.map(([name, condition]) => [name, reached && (condition?.() ?? true)]));
  return {
    permissions: permissions.map((explained) => explained()),
    item: { exists, byKey, admitted: reached, fields },
  };
}

function explainFields(compiled: CollectionAccess, { action, field }: Question, item: ItemFacts): ExplainedField[] {
  if (action === 'delete') return [];
  const { collection, grants } = compiled;
  const names = field === null ? [...collection.fields.keys()] : [field];
  return names.flatMap((name) => {
    const known = collection.fields.get(name);
    if (!known || (!known.column && !known.relation)) return [];
    const listing = grants.filter((grant) => grant.allFields || grant.fields.has(name));
    const allowed = isAllowed(name, compiled, item);
    return [{ name, allowed, listedBy: listing.map(({ permission }) => permission.id) }];
  });
}

function isAllowed(name: string, compiled: CollectionAccess, item: ItemFacts): boolean | null {
  const { action, collection, fields, rows } = compiled;
  if (!fields.has(name) || (action === 'update' && name === collection.primaryKey)) return false;
  if (item.exists !== null) return item.fields.get(name) ?? false;
  return rows === null && !fields.get(name) ? true : null;
}

const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete'];

function notesWithoutAccess(profile: AccessProfile, question: Question, collection: Collection | undefined): string[] {
  const system = `directus_${question.collection}`;
  if (!collection)
    return profile.snapshot.collections.has(system) ? [`The system collection is called ${system}.`] : [];
  const others = ACTIONS.filter((action) => profile.access(collection.name, action) !== null);
  return others.length > 0 ? [`Other actions are permitted on it: ${others.join(', ')}.`] : [];
}

function notesOf(
  profile: AccessProfile,
  { collection }: CollectionAccess,
  { action, item, field }: Question,
): string[] {
  const notes: string[] = [];
  if (collection.singleton && action === 'read') {
    notes.push('A singleton out of reach, or without an item, is answered with the defaults of the readable fields.');
  }
  if (collection.singleton && action === 'update' && item === null) {
    notes.push('The singleton has no item yet: its first update needs the right to create.');
  }
  if (action === 'create') {
    notes.push('Rules have to hold for the item as it will be, with its presets; validations too.');
  }
  const relation = field === null ? null : collection.fields.get(field)?.relation;
  if (relation && relation.kind !== 'm2a' && profile.access(relation.collection, 'read') === null) {
    notes.push(`The field leads to ${relation.collection}, of which nothing may be read.`);
  }
  return notes;
}
