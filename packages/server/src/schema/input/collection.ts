import { invalidPayload } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import { COLLECTION_META } from '../meta.ts';
import { listOf, metaOf, objectOf, own } from './body.ts';
import { type FieldInput, fieldInput } from './field.ts';

export interface CollectionInput {
  /** As it was sent; checked where the collection is made. */
  readonly collection: unknown;
  readonly folder: boolean;
  readonly fields: readonly FieldInput[];
  /** null for a table that stays unmanaged. */
  readonly meta: Readonly<Record<string, Json>> | null;
}

/** The body of a collection that is to be made. Without `schema` it is a folder, unless it has fields. */
export function collectionInput(value: unknown): CollectionInput {
  const body = objectOf(value, 'A collection');
  const schema = own(body, 'schema');
  if (schema !== null && schema !== undefined) objectOf(schema, '"schema"');
  const sent = own(body, 'fields');
  const fields = sent === undefined || sent === null ? [] : listOf(sent, '"fields"').map(fieldInput);
  const meta = own(body, 'meta');
  const folder = schema === null || (schema === undefined && fields.length === 0);
  if (folder && fields.length > 0) throw invalidPayload('A collection with "schema": null has no fields of its own.');
  if (folder && meta === null) throw invalidPayload('A collection without "schema" needs "meta".');
  return {
    collection: own(body, 'collection'),
    folder,
    fields,
    meta: meta === null ? null : metaOf(meta ?? {}, COLLECTION_META),
  };
}

/** The keys of `meta` that a change of a collection sends. */
export function collectionChange(value: unknown): Record<string, Json> {
  const meta = own(objectOf(value, 'A collection'), 'meta');
  return meta === undefined ? {} : metaOf(meta, COLLECTION_META);
}
