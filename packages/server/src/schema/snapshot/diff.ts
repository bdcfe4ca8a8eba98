import type { DialectName } from '../../sql/index.ts';
import type { Json } from '../../wire/index.ts';
import { COLLECTION_META, FIELD_META, type MetaKey, RELATION_META } from '../meta.ts';
import { SYSTEM_COLLECTIONS } from '../system.ts';
import { sameJson } from './canonical.ts';
import { columnDifferences, storedSpecial } from './diff-column.ts';
import { trackedPart } from './tracked.ts';
import type {
  CollectionDiff,
  Difference,
  FieldDiff,
  RelationDiff,
  SnapshotCollection,
  SnapshotDiff,
  SnapshotField,
  SnapshotFile,
  SnapshotRelation,
} from './types.ts';

export interface DiffOptions {
  readonly dialect: DialectName;
  /** Whether what the target lacks is to go. */
  readonly deletes: boolean;
}

/** What has to change for `current`, the whole model, to become `target`; null when nothing has to. Pure. */
export function diffFiles(current: SnapshotFile, target: SnapshotFile, options: DiffOptions): SnapshotDiff | null {
  const collections = diffCollections(current, target, options);
  const diff = {
    collections: [...collections.values()],
    fields: diffFields(current, target, collections, options),
    systemFields: [],
    relations: diffRelations(current, target, collections, options),
  };
  return diff.collections.length + diff.fields.length + diff.relations.length > 0 ? diff : null;
}

const json = (value: unknown): Json => value as Json;
const added = (rhs: unknown): Difference => ({ kind: 'N', rhs: json(rhs) });
const gone = (lhs: unknown): Difference => ({ kind: 'D', lhs: json(lhs) });
const placeOf = ({ collection, field }: { collection: string; field: string }): string => `${collection}\u0000${field}`;

function diffCollections(
  current: SnapshotFile,
  target: SnapshotFile,
  { deletes }: DiffOptions,
): Map<string, CollectionDiff> {
  const found = new Map<string, CollectionDiff>();
  const before = new Map(current.collections.map((one) => [one.collection, one]));
  for (const wanted of target.collections) {
    const diff = diffCollection(before.get(wanted.collection), wanted);
    if (diff.length > 0) found.set(wanted.collection, { collection: wanted.collection, diff });
  }
  if (!deletes || target.version === 2) return found;
  const kept = new Set(target.collections.map(({ collection }) => collection));
  for (const one of trackedPart(current).collections) {
    if (!kept.has(one.collection)) found.set(one.collection, { collection: one.collection, diff: [gone(one)] });
  }
  return found;
}

function diffCollection(before: SnapshotCollection | undefined, wanted: SnapshotCollection): Difference[] {
  if (!before) return [added(wanted)];
  if ((before.schema === null) !== (wanted.schema === null)) return [gone(before), added(wanted)];
  return metaDifferences(before.meta, wanted.meta, COLLECTION_META);
}

/** Values of `meta` that the target mentions and that are others now. */
function metaDifferences(
  before: Readonly<Record<string, Json>> | null,
  wanted: Readonly<Record<string, Json>> | null,
  keys: Readonly<Record<string, MetaKey>>,
): Difference[] {
  if (wanted === null) return [];
  if (before === null) return [{ kind: 'E', path: ['meta'], lhs: null, rhs: { ...wanted } }];
  return Object.keys(keys).flatMap((key): Difference[] => {
    const [lhs, rhs] = [before[key] ?? null, wanted[key]];
    return rhs === undefined || sameJson(lhs, rhs) ? [] : [{ kind: 'E', path: ['meta', key], lhs, rhs }];
  });
}

const holds = (one: CollectionDiff | undefined, kind: Difference['kind']): boolean =>
  one?.diff.some((difference) => difference.kind === kind) ?? false;

function diffFields(
  current: SnapshotFile,
  target: SnapshotFile,
  collections: ReadonlyMap<string, CollectionDiff>,
  options: DiffOptions,
): FieldDiff[] {
  const found: FieldDiff[] = [];
  const before = new Map(current.fields.map((one) => [placeOf(one), one]));
  const joined = new Set(target.relations.filter(({ schema }) => schema !== null).map(placeOf));
  const folders = new Set(
    target.collections.filter(({ schema }) => schema === null).map(({ collection }) => collection),
  );
  for (const wanted of target.fields) {
    if (folders.has(wanted.collection)) continue; // their forms are not ours
    const place = placeOf(wanted);
    const made = holds(collections.get(wanted.collection), 'N');
    const diff = diffField(made ? undefined : before.get(place), wanted, joined.has(place), options.dialect);
    if (diff.length > 0) found.push({ collection: wanted.collection, field: wanted.field, diff });
  }
  if (!options.deletes) return found;
  const kept = new Set(target.fields.map(placeOf));
  const stays = staying(target, collections);
  for (const one of trackedPart(current).fields) {
    if (one.meta === null || kept.has(placeOf(one)) || !stays(one.collection)) continue;
    found.push({ collection: one.collection, field: one.field, diff: [gone(one)] });
  }
  return found;
}

/** Collections that are before and after, and of which the target says everything. */
function staying(target: SnapshotFile, collections: ReadonlyMap<string, CollectionDiff>): (name: string) => boolean {
  const named = new Set(target.collections.map(({ collection }) => collection));
  return (name) =>
    SYSTEM_COLLECTIONS.has(name) ? target.version === 1 : named.has(name) && !holds(collections.get(name), 'D');
}

function diffField(
  before: SnapshotField | undefined,
  wanted: SnapshotField,
  joined: boolean,
  dialect: DialectName,
): Difference[] {
  if (!before) return [added(wanted)];
  if ((before.type === 'alias') !== (wanted.type === 'alias')) return [gone(before), added(wanted)];
  const columns = wanted.type === 'alias' ? [] : columnDifferences(before, wanted, joined, dialect);
  return [...columns, ...metaDifferences(before.meta, comparableMeta(wanted, dialect), FIELD_META)];
}

/** `meta` of a field as it would be stored: with the specials that its type needs, and no word about a missing sort. */
function comparableMeta(wanted: SnapshotField, dialect: DialectName): SnapshotField['meta'] {
  if (wanted.meta === null) return null;
  const { sort, special, ...rest } = wanted.meta;
  const meta: Record<string, Json> = { ...rest };
  if (typeof sort === 'number') meta.sort = sort;
  if (special !== undefined) meta.special = storedSpecial(wanted.type, special, dialect);
  return meta;
}

function diffRelations(
  current: SnapshotFile,
  target: SnapshotFile,
  collections: ReadonlyMap<string, CollectionDiff>,
  { deletes }: DiffOptions,
): RelationDiff[] {
  const found: RelationDiff[] = [];
  const entry = ({ collection, field, related_collection }: SnapshotRelation, diff: Difference[]): RelationDiff => ({
    collection,
    field,
    related_collection,
    diff,
  });
  const before = new Map(current.relations.map((one) => [placeOf(one), one]));
  for (const wanted of target.relations) {
    const made = holds(collections.get(wanted.collection), 'N');
    const diff = diffRelation(made ? undefined : before.get(placeOf(wanted)), wanted);
    if (diff.length > 0) found.push(entry(wanted, diff));
  }
  if (!deletes) return found;
  const kept = new Set(target.relations.map(placeOf));
  const stays = staying(target, collections);
  for (const one of trackedPart(current).relations) {
    if (one.meta !== null && !kept.has(placeOf(one)) && stays(one.collection)) found.push(entry(one, [gone(one)]));
  }
  return found;
}

function diffRelation(before: SnapshotRelation | undefined, wanted: SnapshotRelation): Difference[] {
  if (!before) return [added(wanted)];
  if (before.related_collection !== wanted.related_collection) return [gone(before), added(wanted)];
  return [
    ...keyDifferences(before.schema, wanted.schema),
    ...metaDifferences(before.meta, wanted.meta, relationKeys(wanted)),
  ];
}

function keyDifferences(before: SnapshotRelation['schema'], wanted: SnapshotRelation['schema']): Difference[] {
  if (before === null || wanted === null) {
    return before === wanted
      ? []
      : [{ kind: 'E', path: ['schema'], lhs: before && { ...before }, rhs: rulesOf(wanted) }];
  }
  return ['on_delete', 'on_update'].flatMap((key): Difference[] => {
    const [lhs, rhs] = [before[key] ?? null, wanted[key] ?? null];
    if (rhs === null || lhs === rhs || lhs === String(rhs).toUpperCase()) return [];
    return [{ kind: 'E', path: ['schema', key], lhs, rhs }];
  });
}

const rulesOf = (schema: SnapshotRelation['schema']): Json =>
  schema && { on_delete: schema.on_delete ?? null, on_update: schema.on_update ?? null };

/** The keys of one kind of relation mean nothing for the other. */
function relationKeys({ related_collection: related }: SnapshotRelation): Readonly<Record<string, MetaKey>> {
  const ofOthers = related === null ? ['one_field'] : ['one_collection_field', 'one_allowed_collections'];
  return Object.fromEntries(Object.entries(RELATION_META).filter(([key]) => !ofOthers.includes(key)));
}
