import { holdsValues } from '../field-paths.ts';
import type { Field, Model } from '../model.ts';

export type Item = Readonly<Record<string, unknown>>;

const LIKELY = ['title', 'name', 'label', 'headline', 'subject', 'email', 'filename_download', 'slug'];

/** How an item is called in one line: the collection's own template, or its likeliest field. */
export function templateOf(model: Model, collection: string): string {
  const own = model.collection(collection)?.meta?.display_template;
  const fields = model.fields(collection).filter(isSpoken);
  const has = (name: string): boolean => fields.some(({ field }) => field === name);
  if (own && templatePaths(own).some((path) => has(path.split('.')[0] ?? ''))) return own;
  if (collection === 'directus_users' && has('first_name')) return '{{first_name}} {{last_name}}';
  const first = LIKELY.find(has) ?? fields.find(({ type }) => type === 'string')?.field;
  return `{{${first ?? model.primaryKey(collection)?.field ?? 'id'}}}`;
}

/** Fields that can stand in a line and that don't keep a secret. */
const isSpoken = (field: Field): boolean =>
  holdsValues(field) && field.type !== 'hash' && !(field.meta?.special ?? []).includes('conceal');

export const templatePaths = (template: string): readonly string[] =>
  [...template.matchAll(/\{\{\s*([\w.]+)\s*\}\}/g)].map(([, path = '']) => path);

/** The fields to ask for so that an item can be called by its name, with its key. */
export function nameFields(model: Model, collection: string): readonly string[] {
  const readable = (path: string): boolean => model.field(collection, path.split('.')[0] ?? '') !== undefined;
  const key = model.primaryKey(collection)?.field;
  return [...new Set([...(key ? [key] : []), ...templatePaths(templateOf(model, collection)).filter(readable)])];
}

/** The item in one line; its key where the template gives nothing. */
export function nameItem(model: Model, collection: string, item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item ?? '');
  const filled = templateOf(model, collection).replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, path: string) =>
    valuesAt(item, path).map(sayPlain).join(', '),
  );
  const key = model.primaryKey(collection)?.field ?? 'id';
  return filled.trim() || String((item as Item)[key] ?? '');
}

const sayPlain = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

/** What stands at a path of an item; several where it passes lists, none where there is nothing. */
export function valuesAt(item: unknown, path: string): readonly unknown[] {
  const below = path.split('.').reduce<readonly unknown[]>(
    (at, step) =>
      at.flatMap((one) => {
        const next = typeof one === 'object' && one !== null ? (one as Item)[step] : undefined;
        return Array.isArray(next) ? next : [next];
      }),
    [item],
  );
  return below.filter((one) => one !== undefined && one !== null);
}
