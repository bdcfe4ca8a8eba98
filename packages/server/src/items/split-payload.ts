import { invalidPayload } from '../errors/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import type { Payload } from './hooks.ts';

/** A payload taken apart by what its values ask for. */
export interface SplitPayload {
  /** Columns of the item itself, bare foreign keys among them. */
  readonly own: Payload;
  /** Many-to-ones whose item is written along. */
  readonly one: readonly { field: Field; value: Payload }[];
  /** Lists of related items. */
  readonly many: readonly { field: Field; value: unknown }[];
  /** Many-to-anys whose item is written along. */
  readonly any: readonly { field: Field; value: Payload; collection: unknown }[];
}

export function splitPayload(collection: Collection, payload: Payload): SplitPayload {
  const own: Payload = {};
  const one: { field: Field; value: Payload }[] = [];
  const many: { field: Field; value: unknown }[] = [];
  const any: { field: Field; value: Payload; collection: unknown }[] = [];
  refuseForeignTargets(collection, payload);
  for (const [name, value] of Object.entries(payload)) {
    const field = collection.fields.get(name);
    if (!field || value === undefined) continue;
    const { relation } = field;
    const written = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (relation?.kind === 'o2m') many.push({ field, value });
    else if (relation?.kind === 'm2o' && written) one.push({ field, value: value as Payload });
    else if (relation?.kind === 'm2o' && Array.isArray(value))
      throw invalidPayload(`"${name}" leads to one item and takes no list.`);
    else if (relation?.kind === 'm2a' && written) {
      any.push({ field, value: value as Payload, collection: payload[relation.collectionField] });
    } else if (relation?.kind === 'm2a' && Array.isArray(value))
      throw invalidPayload(`"${name}" leads to one item and takes no list.`);
    // What the database computes comes back with items that were read; it is nobody's to write.
    else if (field.column && !field.column.generated) own[name] = value;
  }
  return { own, one, many, any };
}

/** A many-to-any leads only where its relation allows, whether or not an item is written along. */
function refuseForeignTargets(collection: Collection, payload: Payload): void {
  for (const { relation, name } of collection.fields.values()) {
    if (relation?.kind !== 'm2a') continue;
    const target = payload[relation.collectionField];
    if (target === undefined || target === null || relation.allowed.includes(String(target))) continue;
    throw invalidPayload(
      `"${relation.collectionField}" has to name one of the collections that "${name}" may lead to.`,
    );
  }
}
