import type { Item } from '../../display/template.ts';
import type { Model } from '../../model.ts';
import { type RelationEnd, relationEnd } from '../../relations.ts';
import type { Edits } from '../draft.ts';

export type Key = string | number;

/** What a form says of one related item: another one, changes in it, or both; without a key a new one. */
export interface RelatedOne {
  readonly kind: 'one';
  readonly key: Key | null;
  /** To call it by its name. */
  readonly item: Item;
  readonly values: Edits;
}

export interface AddedOne extends RelatedOne {
  readonly id: number;
  readonly collection: string;
}

export interface ChangedOne {
  /** The key of the related item, or of the junction's row. */
  readonly row: Key;
  readonly collection: string;
  readonly key: Key;
  readonly values: Edits;
}

/** What a form says of a list of related items. */
export interface RelatedMany {
  readonly kind: 'many';
  readonly added: readonly AddedOne[];
  readonly changed: readonly ChangedOne[];
  readonly removed: readonly Key[];
}

export const NO_CHANGES: RelatedMany = { kind: 'many', added: [], changed: [], removed: [] };

const kindOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { kind?: unknown }).kind : undefined;

/** Only fields with a relation hold these. */
export const isOne = (value: unknown): value is RelatedOne => kindOf(value) === 'one';
export const isMany = (value: unknown): value is RelatedMany => kindOf(value) === 'many';

/** The edits of a form as the API takes them: nested items to be made, changed and let go. */
export function payloadOf(model: Model, collection: string, edits: Edits): Item {
  return Object.fromEntries(
    Object.entries(edits).flatMap(([name, value]): [string, unknown][] => {
      const end = relationEnd(model, collection, name);
      if (!end || value === null || typeof value !== 'object') return [[name, value]];
      if (end.kind === 'm2o') return isOne(value) ? [[name, one(model, end.related, value)]] : [];
      return isMany(value) ? [[name, many(model, end, value)]] : [];
    }),
  );
}

function one(model: Model, collection: string, { key, values }: Pick<RelatedOne, 'key' | 'values'>): unknown {
  const payload = payloadOf(model, collection, values);
  if (key === null) return payload;
  return Object.keys(payload).length === 0 ? key : { [keyFieldOf(model, collection)]: key, ...payload };
}

export const keyFieldOf = (model: Model, collection: string): string => model.primaryKey(collection)?.field ?? 'id';

function many(model: Model, end: Exclude<RelationEnd, { kind: 'm2o' }>, { added, changed, removed }: RelatedMany) {
  if (end.kind === 'o2m') {
    const key = keyFieldOf(model, end.related);
    const existing = added.filter((each) => each.key !== null);
    return {
      create: added.filter((each) => each.key === null).map(({ values }) => payloadOf(model, end.related, values)),
      update: [...existing, ...changed].map((each) => ({
        [key]: each.key,
        ...payloadOf(model, end.related, each.values),
      })),
      delete: removed,
    };
  }
  const row = keyFieldOf(model, end.junction);
  const named = (collection: string): Item => (end.kind === 'm2a' ? { [end.kindField]: collection } : {});
  return {
    create: added.map((each) => ({ ...named(each.collection), [end.far]: one(model, each.collection, each) })),
    update: changed.map((each) => ({
      [row]: each.row,
      ...named(each.collection),
      [end.far]: one(model, each.collection, each),
    })),
    delete: removed,
  };
}
