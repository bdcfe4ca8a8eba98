import { invalidPayload } from '../../errors/index.ts';
import type { ModelChange } from '../ddl/change.ts';
import { createCollections, deleteCollection, updateCollection } from '../ddl/collections.ts';
import { deleteField } from '../ddl/delete-field.ts';
import { createField, updateField } from '../ddl/fields.ts';
import { createRelation, deleteRelation, relationAt, updateRelation } from '../ddl/relations.ts';
import { collectionChange, collectionInput } from '../input/collection.ts';
import { fieldInput } from '../input/field.ts';
import { relationChange, relationInput } from '../input/relation.ts';
import { named } from './named.ts';
import { type Patch, patchOf } from './patch.ts';
import type { Difference, FieldDiff, SnapshotDiff } from './types.ts';

interface Part {
  readonly collection: string;
  readonly field?: string;
  readonly diff: readonly Difference[];
}

const nameOf = ({ collection, field }: Part): string => (field === undefined ? collection : `${collection}.${field}`);
const gone = <T extends Part>(parts: readonly T[]): T[] =>
  parts.filter(({ diff }) => diff.some(({ kind }) => kind === 'D'));

/** The body of what is new, or null. */
function bodyOf({ diff }: Part): unknown {
  const found = diff.find((difference) => difference.kind === 'N');
  return found ? found.rhs : null;
}

const fresh = <T extends Part>(parts: readonly T[]): T[] => parts.filter((part) => bodyOf(part) !== null);

/** Parts that stay and change, with what is to be sent about them. */
function changed<T extends Part>(parts: readonly T[]): { part: T; patch: Patch }[] {
  return parts.flatMap((part) => {
    const patch = named(nameOf(part), () => patchOf(part.diff));
    return patch ? [{ part, patch }] : [];
  });
}

/**
 * Makes the changes of a difference in the order in which they can be made: what goes goes first, relations before the
 * fields that they need. Everything is checked as if it came by itself.
 */
export async function applyDiff(change: ModelChange, diff: SnapshotDiff): Promise<void> {
  for (const part of gone(diff.relations)) await dropRelation(change, part);
  for (const part of gone(diff.fields)) await dropField(change, part);
  for (const part of gone(diff.collections)) await dropCollection(change, part.collection);
  const made = new Set(fresh(diff.collections).map(({ collection }) => collection));
  await makeCollections(change, diff);
  for (const { part, patch } of changed(diff.collections)) {
    await named(nameOf(part), () => updateCollection(change, part.collection, collectionChange(patch)));
  }
  for (const part of fresh(diff.fields)) {
    if (made.has(part.collection)) continue;
    await named(nameOf(part), () => createField(change, part.collection, inputOf(part)));
  }
  for (const { part, patch } of changed(diff.fields)) {
    await named(nameOf(part), () => updateField(change, part.collection, part.field, fieldInput(patch)));
  }
  await releaseReverseSides(change, diff);
  for (const part of fresh(diff.relations)) {
    await named(nameOf(part), () => createRelation(change, relationInput(bodyOf(part))));
  }
  for (const { part, patch } of changed(diff.relations)) {
    await named(nameOf(part), () => updateRelation(change, part.collection, part.field, relationChange(patch)));
  }
}

/** A name on the other side may go from one relation to another. */
async function releaseReverseSides(change: ModelChange, diff: SnapshotDiff): Promise<void> {
  for (const { part, patch } of changed(diff.relations)) {
    const { meta } = relationChange(patch);
    if (meta?.one_field === undefined) continue;
    const released = { meta: { one_field: null } };
    await named(nameOf(part), () => updateRelation(change, part.collection, part.field, released));
  }
}

function inputOf(part: FieldDiff): ReturnType<typeof fieldInput> {
  const input = fieldInput(bodyOf(part));
  if (input.field !== part.field) throw invalidPayload('"field" of what is new has to be the name of the field.');
  return input;
}

async function makeCollections(change: ModelChange, diff: SnapshotDiff): Promise<void> {
  const fields = Map.groupBy(fresh(diff.fields), ({ collection }) => collection);
  const inputs = fresh(diff.collections).map((part) =>
    named(nameOf(part), () => {
      const own = (fields.get(part.collection) ?? []).map((field) => named(nameOf(field), () => inputOf(field)));
      const input = collectionInput(bodyOf(part));
      if (input.collection !== part.collection) throw invalidPayload('"collection" of what is new has to be its name.');
      return { ...input, fields: input.folder ? [] : own };
    }),
  );
  if (inputs.length > 0) await createCollections(change, inputs);
}

/** Nothing to do where the relation went with something else. */
async function dropRelation(change: ModelChange, { collection, field = '' }: Part): Promise<void> {
  const relation = relationAt(await change.snapshot(), collection, field);
  if (relation) await named(`${collection}.${field}`, () => deleteRelation(change, collection, field));
}

/** Its relation first, alone: the alias on the other side may be meant for another field. */
async function dropField(change: ModelChange, part: FieldDiff): Promise<void> {
  const { collection, field } = part;
  if (!(await change.snapshot()).collections.get(collection)?.fields.has(field)) return;
  await dropRelation(change, part);
  await named(nameOf(part), () => deleteField(change, collection, field));
}

async function dropCollection(change: ModelChange, name: string): Promise<void> {
  for (const { collection, field, meta } of (await change.snapshot()).relations) {
    if (collection === name && !meta?.system) await dropRelation(change, { collection, field, diff: [] });
  }
  await named(name, () => deleteCollection(change, name));
}
