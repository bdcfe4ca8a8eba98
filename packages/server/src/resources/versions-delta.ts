import type { AccessProfile } from '../access/index.ts';
import { forbidden, invalidPayload } from '../errors/index.ts';
import type { Payload } from '../items/index.ts';
import { CONCEALED } from '../query/index.ts';
import type { Collection, Field } from '../schema/types.ts';

const MAX_NESTING = 20;

/**
 * Checks what a version is to hold, nested items included: every field has to be one that the caller may write there, and
 * none a secret, since a version keeps its values as they were sent. Throws FORBIDDEN and INVALID_PAYLOAD.
 */
export function checkDelta(profile: AccessProfile, collection: Collection, payload: Payload, depth = 0): void {
  if (depth > MAX_NESTING) throw invalidPayload('The payload is nested too deeply.');
  for (const [name, value] of Object.entries(payload)) {
    const field = collection.fields.get(name);
    if (!field) continue;
    if ((field.concealed || field.hashed) && value !== null && value !== CONCEALED)
      throw invalidPayload(`"${name}" is a secret and can't be kept in a version.`);
    const target = targetOf(field, payload);
    if (target === null) continue;
    for (const nested of nestedOf(field, value)) checkNested(profile, target, nested, depth + 1);
  }
}

/** The collection that a field leads to. */
function targetOf({ relation }: Field, payload: Payload): string | null {
  if (!relation) return null;
  if (relation.kind !== 'm2a') return relation.collection;
  const named = payload[relation.collectionField];
  return typeof named === 'string' && relation.allowed.includes(named) ? named : null;
}

const isObject = (value: unknown): value is Payload =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Items that are written along. */
function nestedOf(field: Field, value: unknown): Payload[] {
  if (field.relation?.kind !== 'o2m') return isObject(value) ? [value] : [];
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return [value.create, value.update].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

function checkNested(profile: AccessProfile, name: string, payload: Payload, depth: number): void {
  const collection = profile.snapshot.collections.get(name);
  if (!collection) throw forbidden();
  const key = payload[collection.primaryKey];
  const action = key === undefined || key === null ? 'create' : 'update';
  if (action === 'update' && Object.keys(payload).length === 1) return; // only named, not written
  const access = profile.access(name, action) ?? profile.require(name, 'create');
  for (const field of Object.keys(payload)) {
    const isKey = field === collection.primaryKey && action === 'update';
    if (!profile.admin && !isKey && !access.fields.has(field)) throw forbidden();
  }
  checkDelta(profile, collection, payload, depth);
}
