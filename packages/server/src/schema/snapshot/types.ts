import type { Json } from '../../wire/index.ts';

/** Version of the Directus API that snapshots speak of; files of the same major version are understood. */
export const API_VERSION = '11.17.4';

/** A collection of a snapshot. Without `schema` it is a folder. */
export interface SnapshotCollection {
  readonly collection: string;
  /** Missing keys and null say nothing. */
  readonly meta: Readonly<Record<string, Json>> | null;
  readonly schema: Readonly<Record<string, Json>> | null;
}

export interface SnapshotField {
  readonly collection: string;
  readonly field: string;
  readonly type: string;
  readonly meta: Readonly<Record<string, Json>> | null;
  readonly schema: Readonly<Record<string, Json>> | null;
}

export interface SnapshotRelation {
  readonly collection: string;
  readonly field: string;
  readonly related_collection: string | null;
  readonly meta: Readonly<Record<string, Json>> | null;
  readonly schema: Readonly<Record<string, Json>> | null;
}

/** The data model as a document that can be kept beside the code of a project and applied elsewhere. */
export interface SnapshotFile {
  /** 1 for the whole model, 2 for some of its collections. */
  readonly version: 1 | 2;
  readonly directus: string;
  /** `sqlite` or `postgres` for files of ours. */
  readonly vendor: string;
  readonly collections: readonly SnapshotCollection[];
  readonly fields: readonly SnapshotField[];
  /** Fields of system collections that a project may change by itself: none here. */
  readonly systemFields: readonly Json[];
  readonly relations: readonly SnapshotRelation[];
}

/** One difference: something new, something that goes, or one value that changes. */
export type Difference =
  | { readonly kind: 'N'; readonly rhs: Json }
  | { readonly kind: 'D'; readonly lhs: Json }
  | { readonly kind: 'E'; readonly path: readonly string[]; readonly lhs: Json; readonly rhs: Json };

export interface CollectionDiff {
  readonly collection: string;
  readonly diff: readonly Difference[];
}

export interface FieldDiff extends CollectionDiff {
  readonly field: string;
}

export interface RelationDiff extends FieldDiff {
  readonly related_collection: string | null;
}

/** What has to happen for one model to become another. */
export interface SnapshotDiff {
  readonly collections: readonly CollectionDiff[];
  readonly fields: readonly FieldDiff[];
  readonly systemFields: readonly Json[];
  readonly relations: readonly RelationDiff[];
}
