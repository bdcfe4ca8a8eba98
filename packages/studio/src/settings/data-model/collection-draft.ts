import type { Step } from './making.ts';

/** A collection as the form holds it, before it is made. */
export interface CollectionDraft {
  readonly name: string;
  readonly key: 'integer' | 'uuid';
  readonly status: boolean;
  readonly sort: boolean;
  readonly created: boolean;
  readonly updated: boolean;
  readonly singleton: boolean;
  readonly note: string;
}

export const EMPTY_COLLECTION: CollectionDraft = {
  name: '',
  key: 'integer',
  status: false,
  sort: false,
  created: false,
  updated: false,
  singleton: false,
  note: '',
};

const KEYS = {
  integer: {
    field: 'id',
    type: 'integer',
    schema: { is_primary_key: true, has_auto_increment: true },
    meta: { hidden: true, readonly: true, interface: 'input' },
  },
  uuid: {
    field: 'id',
    type: 'uuid',
    schema: { is_primary_key: true },
    meta: { hidden: true, readonly: true, interface: 'input', special: ['uuid'] },
  },
} as const;

const STATUS = {
  field: 'status',
  type: 'string',
  schema: { is_nullable: false, default_value: 'draft' },
  meta: {
    interface: 'select-dropdown',
    width: 'full',
    options: {
      choices: [
        { text: 'Draft', value: 'draft' },
        { text: 'Published', value: 'published' },
        { text: 'Archived', value: 'archived' },
      ],
    },
  },
};

const SORT = { field: 'sort', type: 'integer', schema: {}, meta: { interface: 'input', hidden: true } };

/** When something happened, filled in by itself. */
const moment = (field: string, special: string) => ({
  field,
  type: 'timestamp',
  schema: {},
  meta: { special: [special], interface: 'datetime', readonly: true, hidden: true, width: 'half' },
});

/** Who did it. */
const person = (field: string, special: string) => ({
  field,
  type: 'uuid',
  schema: {},
  meta: { special: [special], interface: 'select-dropdown-m2o', readonly: true, hidden: true, width: 'half' },
});

function collectionBody(draft: CollectionDraft) {
  return {
    collection: draft.name,
    schema: {},
    meta: {
      singleton: draft.singleton,
      note: draft.note || null,
      ...(draft.status ? { archive_field: 'status', archive_value: 'archived', unarchive_value: 'draft' } : {}),
      ...(draft.sort ? { sort_field: 'sort' } : {}),
    },
    fields: [
      KEYS[draft.key],
      ...(draft.status ? [STATUS] : []),
      ...(draft.sort ? [SORT] : []),
      ...(draft.created ? [person('user_created', 'user-created'), moment('date_created', 'date-created')] : []),
      ...(draft.updated ? [person('user_updated', 'user-updated'), moment('date_updated', 'date-updated')] : []),
    ],
  };
}

/** The requests that make the collection, and the relations to the users who made and changed items. */
export function collectionSteps(draft: CollectionDraft): readonly Step[] {
  const persons = [...(draft.created ? ['user_created'] : []), ...(draft.updated ? ['user_updated'] : [])];
  const { name } = draft;
  return [
    { path: '/collections', body: collectionBody(draft), undo: `/collections/${name}` },
    ...persons.map((field) => ({
      path: '/relations',
      body: {
        collection: name,
        field,
        related_collection: 'directus_users',
        schema: { on_delete: 'SET NULL' },
        meta: { one_field: null },
      },
      undo: `/relations/${name}/${field}`,
    })),
  ];
}
