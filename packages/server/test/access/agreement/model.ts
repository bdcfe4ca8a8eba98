import type { Json } from '../../../src/wire/index.ts';

export type { Json };

/** What a column holds, as far as the oracle tells values apart. */
export type Kind = 'integer' | 'string' | 'text' | 'boolean' | 'timestamp' | 'csv' | 'json' | 'uuid' | 'secret';

/** A column, a column that leads to another collection, or the list of rows that lead here. */
export type FieldModel =
  | {
      readonly kind: Kind;
      readonly to?: string;
      /** A key of one of several collections; the column `by` says of which. */
      readonly among?: { readonly by: string; readonly allowed: readonly string[] };
    }
  | { readonly kind: 'list'; readonly from: string; readonly by: string };

export type CollectionModel = Readonly<Record<string, FieldModel>>;

const column = (kind: Kind): FieldModel => ({ kind });
const leadsTo = (to: string, kind: Kind = 'integer'): FieldModel => ({ kind, to });
const listOf = (from: string, by: string): FieldModel => ({ kind: 'list', from, by });

/** The collections of every world. `directus_*` have more fields in the database; those are never asked for. */
export const MODEL: Readonly<Record<string, CollectionModel>> = {
  categories: {
    id: column('integer'),
    name: column('string'),
    rank: column('integer'),
    parent: leadsTo('categories'),
    children: listOf('categories', 'parent'),
    posts: listOf('posts', 'category'),
  },
  posts: {
    id: column('integer'),
    title: column('string'),
    body: column('text'),
    views: column('integer'),
    published: column('boolean'),
    opened: column('timestamp'),
    tags: column('csv'),
    extra: column('json'),
    secret: column('secret'),
    author: leadsTo('directus_users', 'uuid'),
    category: leadsTo('categories'),
    comments: listOf('comments', 'post'),
    blocks: listOf('blocks', 'post'),
  },
  comments: {
    id: column('uuid'),
    text: column('string'),
    score: column('integer'),
    badge: column('string'),
    post: leadsTo('posts'),
    author: leadsTo('directus_users', 'uuid'),
  },
  blocks: {
    id: column('integer'),
    label: column('string'),
    kind: column('string'),
    item: { kind: 'string', among: { by: 'kind', allowed: ['posts', 'categories'] } },
    post: leadsTo('posts'),
  },
  directus_users: {
    id: column('uuid'),
    first_name: column('string'),
    location: column('string'),
    role: leadsTo('directus_roles', 'uuid'),
    favourite: leadsTo('categories'),
    written: listOf('posts', 'author'),
  },
  directus_files: {
    id: column('uuid'),
    title: column('string'),
    uploaded_by: leadsTo('directus_users', 'uuid'),
  },
  directus_comments: {
    id: column('uuid'),
    comment: column('text'),
    collection: column('string'),
    item: column('string'),
    user_created: leadsTo('directus_users', 'uuid'),
  },
  directus_activity: {
    id: column('integer'),
    action: column('string'),
    collection: column('string'),
    item: column('string'),
    user: leadsTo('directus_users', 'uuid'),
    revisions: listOf('directus_revisions', 'activity'),
  },
  directus_revisions: {
    id: column('integer'),
    collection: column('string'),
    item: column('string'),
    activity: leadsTo('directus_activity'),
  },
  directus_roles: {
    id: column('uuid'),
    name: column('string'),
    parent: leadsTo('directus_roles', 'uuid'),
  },
};

export const COLLECTIONS: readonly string[] = Object.keys(MODEL);

/** Where it is noted who did what. */
export const RECORDS: ReadonlySet<string> = new Set(['directus_activity', 'directus_revisions']);

/** Columns of system collections that are never null. */
export const REQUIRED: ReadonlySet<string> = new Set([
  'directus_comments.comment',
  'directus_comments.collection',
  'directus_comments.item',
  'directus_activity.action',
  'directus_activity.collection',
  'directus_activity.item',
  'directus_revisions.collection',
  'directus_revisions.item',
  'directus_revisions.activity',
]);

export const fieldOf = (collection: string, name: string): FieldModel | undefined =>
  Object.hasOwn(MODEL[collection] ?? {}, name) ? MODEL[collection]?.[name] : undefined;

/** A row as the API shows it to somebody who may see everything; times as ISO texts, lists as arrays. */
export type Row = Readonly<Record<string, Json>>;

export type Payload = { [field: string]: Json };

export type Filter = { [key: string]: Json };

export type Action = 'create' | 'read' | 'update' | 'delete';

export interface PermissionRow {
  readonly collection: string;
  readonly action: Action;
  readonly rule: Filter | null;
  readonly fields: readonly string[] | null;
  readonly validation: Filter | null;
  readonly presets: Payload | null;
}

export interface PolicyRow {
  readonly id: string;
  readonly addresses: readonly string[] | null;
  readonly admin: boolean;
  readonly app: boolean;
  readonly permissions: readonly PermissionRow[];
}

export interface Attachment {
  readonly policy: string;
  readonly role: string | null;
  readonly user: string | null;
}

/** Everything that decides an answer, as plain data. */
export interface World {
  readonly rows: Readonly<Record<string, readonly Row[]>>;
  readonly policies: readonly PolicyRow[];
  readonly attachments: readonly Attachment[];
}

export interface CallerChoice {
  /** null: no token. */
  readonly user: string | null;
  readonly ip: string | null;
}

/** A query as it stands in the body of SEARCH. */
export interface RawQuery {
  readonly fields?: readonly string[];
  readonly filter?: Filter;
  readonly sort?: readonly string[];
  readonly limit?: number;
  readonly offset?: number;
  readonly page?: number;
  readonly search?: string;
  readonly meta?: readonly string[];
  readonly aggregate?: Readonly<Record<string, readonly string[]>>;
  readonly groupBy?: readonly string[];
  readonly alias?: Readonly<Record<string, string>>;
  readonly deep?: Deep;
}

export type Deep = { [key: string]: Json };

/** One question to ask of a world. */
export interface ReadCase {
  readonly caller: CallerChoice;
  readonly collection: string;
  readonly kind: 'list' | 'one' | 'keys';
  readonly keys: readonly (string | number)[];
  readonly query: RawQuery;
  /** Whether the query comes in a body or as the parameters of an address. */
  readonly via: 'body' | 'address';
}

/** One thing to do to a world. */
export interface WriteCase {
  readonly caller: CallerChoice;
  readonly collection: string;
  readonly kind:
    | 'create'
    | 'create many'
    | 'update'
    | 'update many'
    | 'update matching'
    | 'update each'
    | 'delete'
    | 'delete matching';
  /** Of the items to change or delete, unless a filter or the payloads say which. */
  readonly keys: readonly (string | number)[];
  readonly filter: Filter;
  readonly payloads: readonly Payload[];
  /** What the answer is to show. */
  readonly query: RawQuery;
}

export type Case = ReadCase | WriteCase;

export const isWrite = (one: Case): one is WriteCase => 'payloads' in one;

/** The moment at which every case is asked. */
export const NOW = Date.UTC(2024, 5, 15, 12, 0, 0);
