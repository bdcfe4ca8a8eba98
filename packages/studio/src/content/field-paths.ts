import { type Field, type Model, titleOf } from './model.ts';
import { relationEnd } from './relations.ts';

/** A field that is reached from a collection, its own or one of a related collection. */
export interface FieldPath {
  /** `author.name`; through a junction `tags.tags_id.name`. */
  readonly path: string;
  readonly label: string;
  readonly field: Field;
  /** Type of the value, where a function makes it another one than the field's. */
  readonly type: string;
  /** Whether there may be many values: the way passes a list of items. */
  readonly many: boolean;
}

export interface PathGroup {
  /** Empty for the collection's own fields. */
  readonly label: string;
  readonly paths: readonly FieldPath[];
}

/** Fields that only arrange a form, and the passwords of the world, are nothing to look for. */
export const holdsValues = (field: Field): boolean =>
  field.type !== 'alias' && !(field.meta?.special ?? []).some((one) => one === 'no-data' || one === 'group');

export const fieldTitle = (field: Field, language: string): string =>
  titleOf(field.field, language, field.meta?.translations);

/** A collection's own fields, then those one relation away. */
export function pathGroups(model: Model, collection: string, language: string): readonly PathGroup[] {
  const own = model
    .fields(collection)
    .filter(holdsValues)
    .map((field) => pathOf(field, [], fieldTitle(field, language), false));
  const related = model.fields(collection).flatMap((field): PathGroup[] => {
    const end = relationEnd(model, collection, field.field);
    if (!end || end.kind === 'm2a') return [];
    const way = end.kind === 'm2m' ? [field.field, end.far] : [field.field];
    const title = fieldTitle(field, language);
    const paths = model
      .fields(end.related)
      .filter(holdsValues)
      .map((one) => pathOf(one, way, `${title} → ${fieldTitle(one, language)}`, end.kind !== 'm2o'));
    return paths.length > 0 ? [{ label: title, paths }] : [];
  });
  return [{ label: '', paths: own }, ...related];
}

const pathOf = (field: Field, way: readonly string[], label: string, many: boolean): FieldPath => ({
  path: [...way, field.field].join('.'),
  label,
  field,
  type: field.type,
  many,
});

/** The field at the end of a path, however long; null where there is none that the person may know. */
export function resolvePath(model: Model, collection: string, path: string, language: string): FieldPath | null {
  const steps = path.split('.');
  const titles: string[] = [];
  let at = collection;
  let many = false;
  for (const [index, step] of steps.entries()) {
    const called = /^(\w+)\((\w+)\)$/.exec(step);
    const field = model.field(at, called?.[2] ?? step);
    if (!field) return null;
    const end = relationEnd(model, at, field.field);
    const title = fieldTitle(field, language);
    titles.push(called ? `${called[1]}(${title})` : title);
    const type = called ? 'integer' : field.type;
    if (index === steps.length - 1) return { path, label: titles.join(' → '), field, type, many };
    if (!end || end.kind === 'm2a') return null;
    many ||= end.kind !== 'm2o';
    at = end.kind === 'm2m' ? end.junction : end.related;
  }
  return null;
}
