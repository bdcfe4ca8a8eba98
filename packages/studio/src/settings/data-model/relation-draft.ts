import type { Model } from '../../content/model.ts';
import type { RelationKind } from './field-kinds.ts';
import type { Step } from './making.ts';

export type OnDelete = 'SET NULL' | 'CASCADE' | 'NO ACTION';

/** A relation as the form holds it, before it is made. */
export interface RelationDraft {
  readonly kind: RelationKind;
  /** The field of this collection. */
  readonly name: string;
  /** The other collection; empty text until one is chosen. */
  readonly related: string;
  /** The field on the other side: where an o2m is stored, or where the others show this. Empty text for none. */
  readonly otherField: string;
  /** The collection between, of many-to-many. */
  readonly junction: string;
  readonly onDelete: OnDelete;
  readonly required: boolean;
  readonly image: boolean;
  /** The special that fills a user in, or empty text. */
  readonly automatic: string;
  readonly note: string;
}

export const emptyRelation = (kind: RelationKind): RelationDraft => ({
  kind,
  name: '',
  related: kind === 'file' ? 'directus_files' : kind === 'user' ? 'directus_users' : '',
  otherField: '',
  junction: '',
  onDelete: 'SET NULL',
  required: false,
  image: false,
  automatic: '',
  note: '',
});

const short = (collection: string): string => collection.replace(/^directus_/, '');

/** What the collection between is called when nobody says otherwise. */
export const junctionName = (collection: string, related: string): string => `${collection}_${short(related)}`;

/** The columns of the collection between: to this side and to the other one. */
export function junctionFields(collection: string, related: string): readonly [near: string, far: string] {
  const near = `${short(collection)}_id`;
  return [near, collection === related ? `related_${short(related)}_id` : `${short(related)}_id`];
}

const field = (collection: string, body: { readonly field: string } & Readonly<Record<string, unknown>>): Step => ({
  path: `/fields/${collection}`,
  body,
  undo: `/fields/${collection}/${body.field}`,
});

const relation = (
  body: { readonly collection: string; readonly field: string } & Readonly<Record<string, unknown>>,
): Step => ({
  path: '/relations',
  body,
  undo: `/relations/${body.collection}/${body.field}`,
});

/** The requests that make the relation, in order. */
export function relationSteps(model: Model, collection: string, draft: RelationDraft): readonly Step[] {
  if (draft.kind === 'o2m') return oneToMany(model, collection, draft);
  if (draft.kind === 'm2m') return manyToMany(model, collection, draft);
  return manyToOne(model, collection, draft);
}

/** A foreign key is of the type of the key that it refers to. */
const keyType = (model: Model, collection: string): string => {
  const type = model.primaryKey(collection)?.type ?? 'integer';
  return type === 'text' ? 'string' : type;
};

const alias = (name: string, special: 'o2m' | 'm2m', note = '') => ({
  field: name,
  type: 'alias',
  schema: null,
  meta: { special: [special], interface: `list-${special}`, note: note || null },
});

const INTERFACES = { m2o: 'select-dropdown-m2o', user: 'select-dropdown-m2o', file: 'file' } as const;

function manyToOne(model: Model, collection: string, draft: RelationDraft): Step[] {
  const { kind, name, related, otherField, onDelete, required, automatic, note } = draft;
  const special = [kind === 'file' ? 'file' : 'm2o', ...(automatic ? [automatic] : [])];
  const usual = INTERFACES[kind as keyof typeof INTERFACES];
  const meta = { special, interface: draft.image ? 'file-image' : usual, required, note: note || null };
  return [
    field(collection, {
      field: name,
      type: keyType(model, related),
      schema: {},
      meta: { ...meta, readonly: automatic !== '' },
    }),
    relation({
      collection,
      field: name,
      related_collection: related,
      schema: { on_delete: onDelete },
      meta: { one_field: otherField || null },
    }),
    ...(otherField ? [field(related, alias(otherField, 'o2m'))] : []),
  ];
}

function oneToMany(model: Model, collection: string, draft: RelationDraft): Step[] {
  const { name, related, otherField, onDelete, note } = draft;
  const meta = { special: ['m2o'], interface: 'select-dropdown-m2o' };
  return [
    field(related, { field: otherField, type: keyType(model, collection), schema: {}, meta }),
    relation({
      collection: related,
      field: otherField,
      related_collection: collection,
      schema: { on_delete: onDelete },
      meta: { one_field: name, one_deselect_action: onDelete === 'CASCADE' ? 'delete' : 'nullify' },
    }),
    field(collection, alias(name, 'o2m', note)),
  ];
}

function manyToMany(model: Model, collection: string, draft: RelationDraft): Step[] {
  const { name, related, otherField, junction, note } = draft;
  const [near, far] = junctionFields(collection, related);
  const column = (name: string, to: string) => ({
    field: name,
    type: keyType(model, to),
    schema: {},
    meta: { hidden: true },
  });
  const id = {
    field: 'id',
    type: 'integer',
    schema: { is_primary_key: true, has_auto_increment: true },
    meta: { hidden: true },
  };
  const between = { collection: junction, schema: { on_delete: 'CASCADE' } };
  return [
    {
      path: '/collections',
      body: {
        collection: junction,
        schema: {},
        meta: { hidden: true, icon: 'import_export' },
        fields: [id, column(near, collection), column(far, related)],
      },
      undo: `/collections/${junction}`,
    },
    relation({
      ...between,
      field: near,
      related_collection: collection,
      meta: { one_field: name, junction_field: far, one_deselect_action: 'delete' },
    }),
    relation({
      ...between,
      field: far,
      related_collection: related,
      meta: { one_field: otherField || null, junction_field: near, one_deselect_action: 'delete' },
    }),
    field(collection, alias(name, 'm2m', note)),
    ...(otherField ? [field(related, alias(otherField, 'm2m'))] : []),
  ];
}
