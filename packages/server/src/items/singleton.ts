import type { Access } from '../access/index.ts';
import type { Item, Query } from '../query/index.ts';
import type { Field } from '../schema/types.ts';
import { shapeDefault } from './defaults.ts';

/** What a singleton without a row answers: a null key and the defaults that the caller may see. */
export function emptySingleton(access: Access, collection: string, query: Query): Item {
  const allowed = access.profile.require(collection, 'read');
  const wanted = query.fields?.includes('*') ? null : query.fields;
  const item: Item = {};
  for (const field of allowed.collection.fields.values()) {
    if (!field.column || (wanted && !wanted.includes(field.name))) continue;
    // That there is none yet is no secret.
    if (field.name === allowed.collection.primaryKey) item[field.name] = null;
    else if (allowed.fields.has(field.name) && hasDefault(field)) item[field.name] = shapeDefault(field);
  }
  return item;
}

const hasDefault = (field: Field): boolean =>
  field.column !== null && field.column.defaultValue !== null && !field.column.defaultIsExpression;
