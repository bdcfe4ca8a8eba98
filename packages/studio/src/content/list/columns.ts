import { nameFields } from '../display/template.ts';
import { fieldTitle, holdsValues, pathGroups, resolvePath } from '../field-paths.ts';
import type { Field, Model } from '../model.ts';
import { type RelationEnd, relationEnd } from '../relations.ts';

/** A column of a list. */
export interface Column {
  readonly path: string;
  readonly label: string;
  readonly field: Field;
  /** Of the field at the end of the path; a file's is an m2o too. */
  readonly end: RelationEnd | null;
  readonly sortable: boolean;
}

/** The column of a path, or null for one that the person may not see (any more). */
export function columnOf(model: Model, collection: string, path: string, language: string): Column | null {
  const found = resolvePath(model, collection, path, language);
  if (!found) return null;
  const end = relationEnd(model, found.field.collection, found.field.field);
  if (!holdsValues(found.field) && !end) return null;
  const sortable = holdsValues(found.field) && !found.many && found.type !== 'json' && found.type !== 'hash';
  return { path, label: found.label, field: found.field, end, sortable };
}

const MOST = 6;
const LONG = ['json', 'text', 'hash', 'geometry', 'binary'];

/** The columns of a list that nobody has arranged yet. */
export function firstColumns(model: Model, collection: string): readonly string[] {
  const fields = model.fields(collection).filter(holdsValues);
  const shown = fields.filter(
    ({ type, meta, schema }) => !meta?.hidden && !LONG.includes(type) && !(schema?.is_primary_key && type === 'uuid'),
  );
  const names = shown.slice(0, MOST).map(({ field }) => field);
  return names.length > 0 ? names : fields.slice(0, 1).map(({ field }) => field);
}

/** Every column that can be chosen, own fields first. */
export function offeredColumns(
  model: Model,
  collection: string,
  language: string,
): readonly {
  readonly label: string;
  readonly columns: readonly { readonly path: string; readonly label: string }[];
}[] {
  const lists = model
    .fields(collection)
    .filter((field) => !holdsValues(field) && relationEnd(model, collection, field.field))
    .map((field) => ({ path: field.field, label: fieldTitle(field, language) }));
  return pathGroups(model, collection, language).map(({ label, paths }, index) => ({
    label,
    columns: index === 0 ? [...paths, ...lists] : paths,
  }));
}

/** The fields to ask for so that a column can be shown. */
export function requestedFields(model: Model, { path, end }: Column): readonly string[] {
  if (!end) return [path];
  if (end.kind === 'm2o') return nameFields(model, end.related).map((name) => `${path}.${name}`);
  const steps = path.split('.');
  return [[...steps.slice(0, -1), `count(${steps.at(-1)})`].join('.')];
}
