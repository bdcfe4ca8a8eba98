import type { Rights } from '../../session/permissions.ts';
import { holdsValues } from '../field-paths.ts';
import type { Field, Model } from '../model.ts';
import { relationEnd } from '../relations.ts';

/** Fields that a form of the collection shows. Those that may not be read are not in the model at all. */
export const shownFields = (model: Model, collection: string): readonly Field[] =>
  model
    .fields(collection)
    .filter((field) => !field.meta?.hidden)
    .filter((field) => holdsValues(field) || relationEnd(model, collection, field.field) !== null);

const AUTOMATIC = [
  'date-created',
  'date-updated',
  'user-created',
  'user-updated',
  'role-created',
  'role-updated',
] as const;

/** Whether the server fills the field by itself. */
export const isAutomatic = ({ schema, meta }: Field): boolean =>
  schema?.has_auto_increment === true ||
  (meta?.special ?? []).some((one) => (AUTOMATIC as readonly string[]).includes(one));

export type Mode = 'create' | 'update';

/** What people say of a file; the rest the server found out about its contents. */
const TOLD_OF_FILES = [
  'title',
  'description',
  'location',
  'tags',
  'folder',
  'filename_download',
  'focal_point_x',
  'focal_point_y',
];
const isFound = ({ collection, field }: Field): boolean =>
  collection === 'directus_files' && !TOLD_OF_FILES.includes(field);

/** Whether somebody may type into a field. The API has the last word. */
export function isEditable(rights: Rights, field: Field, mode: Mode): boolean {
  if (field.meta?.readonly || isAutomatic(field) || isFound(field) || field.type === 'binary') return false;
  if (mode === 'update' && field.schema?.is_primary_key) return false;
  if (mode === 'create' && field.schema?.is_primary_key && field.meta?.special?.includes('uuid')) return false;
  return rights.canField(mode, field.collection, field.field);
}

/** Whether a new item can't be without the field. */
export const isNeeded = ({ schema, meta }: Field): boolean =>
  meta?.required === true ||
  (schema !== null &&
    schema.is_nullable === false &&
    (schema.default_value === null || schema.default_value === undefined) &&
    !(meta?.special ?? []).includes('uuid'));

/** What a field of a new item holds before anybody typed. */
export function firstValue(rights: Rights, field: Field): unknown {
  const preset = rights.presets(field.collection)[field.field];
  return preset === undefined ? readDefault(field) : preset;
}

function readDefault({ schema, type }: Field): unknown {
  const value = schema?.default_value ?? null;
  // The database's own expressions are no values that could be shown.
  if (typeof value === 'string' && /\(|^CURRENT_|^now\b/i.test(value)) return null;
  if (type === 'boolean')
    return value === null ? null : value === true || value === 1 || value === '1' || value === 'true';
  if (type === 'json' && typeof value === 'string') return parsed(value);
  return value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
