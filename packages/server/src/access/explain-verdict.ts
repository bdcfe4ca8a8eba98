import type { CollectionAccess } from './effective.ts';
import type { Question, Reason, Verdict } from './explain-types.ts';

/** What the compiled decision says about the item. */
export interface ItemFacts {
  /** Whether there is such an item; null when none was asked about. */
  readonly exists: boolean | null;
  /** Whether the caller names it by its key; the one of a singleton needs no name. */
  readonly byKey: boolean;
  /** Whether it is in reach. */
  readonly admitted: boolean;
  /** Fields that may be named, and whether their value counts for the item. */
  readonly fields: ReadonlyMap<string, boolean>;
}

export type Answer = readonly [Verdict, Reason];

/** What the server answers to the action, in the order in which it decides. */
export function answer(question: Question, access: CollectionAccess, admin: boolean, item: ItemFacts): Answer {
  const refused = refusedAtOnce(question, access, item.byKey);
  if (refused) return ['denied', refused];
  return item.exists === null ? inGeneral(question, access, admin) : onItem(question, access, item, admin);
}

/** Refusals that depend on no item. */
function refusedAtOnce(
  { action, field }: Question,
  { collection, fields }: CollectionAccess,
  byKey: boolean,
): Reason | null {
  if (field !== null) {
    const known = collection.fields.get(field);
    if (!known || (!known.column && !known.relation)) return 'no-such-field';
    if (!fields.has(field)) return 'field-not-listed';
    if (action === 'update' && field === collection.primaryKey) return 'key-never-changes';
  }
  if (action === 'read' && fields.size === 0) return 'no-field';
  if (action === 'read' && byKey && !fields.has(collection.primaryKey)) return 'key-not-listed';
  if (action === 'update' && [...fields.keys()].every((name) => name === collection.primaryKey)) return 'no-field';
  return null;
}

function inGeneral({ field }: Question, access: CollectionAccess, admin: boolean): Answer {
  if (admin) return ['allowed', 'admin-access'];
  const condition = field === null ? null : access.fields.get(field);
  return access.rows === null && !condition ? ['allowed', 'permission'] : ['depends', 'rule'];
}

function onItem({ action, field }: Question, access: CollectionAccess, item: ItemFacts, admin: boolean): Answer {
  if (!item.exists) return ['denied', 'no-such-item'];
  if (!item.admitted) return ['denied', 'no-rule-admits'];
  const key = access.collection.primaryKey;
  if (action === 'read' && item.byKey && !item.fields.get(key)) return ['denied', 'key-out-of-reach'];
  if (field !== null && !item.fields.get(field)) return ['denied', 'field-out-of-reach'];
  const writable = [...item.fields].some(([name, counts]) => counts && name !== key);
  if (action === 'update' && !writable) return ['denied', 'no-field'];
  return ['allowed', admin ? 'admin-access' : 'permission'];
}

const MESSAGES: Readonly<Record<Reason, string>> = {
  'admin-access': 'Admin access asks no rule; it is given by the policy:',
  permission: 'Allowed by:',
  rule: 'It depends on the item: only those that a rule admits are in reach.',
  'inactive-user': 'The user is not active, so every credential of theirs is refused.',
  'no-such-collection': 'There is no such collection.',
  folder: 'The collection is a folder: it has no items.',
  'no-permission': 'No policy that applies has a permission for this action on this collection.',
  'no-such-field': 'The collection has no such field, or it is only there for forms.',
  'field-not-listed': 'No permission for this action lists the field.',
  'key-not-listed': 'No permission lists the primary key, so no item can be asked for by its key (lists work).',
  'key-out-of-reach':
    'The permissions that list the primary key do not admit this item, so it is not found by its key (lists have it).',
  'key-never-changes': 'A primary key never changes; one that is sent along is left out.',
  'no-field': 'No permission that counts here lists a field that the action could be about.',
  'no-such-item': 'There is no item with this key.',
  'no-rule-admits': 'The rule of no permission admits it.',
  'field-out-of-reach':
    'The permissions that admit this item do not list the field, and those that list it do not admit the item.',
  'validation-fails': 'The values of the payload break a validation.',
};

export const messageOf = (reason: Reason, givenBy: readonly string[]): string =>
  reason === 'permission' || reason === 'admin-access'
    ? `${MESSAGES[reason]} ${givenBy.join(', ')}.`
    : MESSAGES[reason];
