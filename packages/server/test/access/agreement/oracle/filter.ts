import { type FieldModel, type Filter, fieldOf, type Json, type Kind, type Row } from '../model.ts';
import { meets } from './compare.ts';
import { rowAt, rowsOf, type Scope } from './scope.ts';
import type { Viewer } from './viewer.ts';

/** Who looks: null for a rule of a permission, which sees everything. */
export interface Eyes {
  readonly scope: Scope;
  readonly viewer: Viewer | null;
}

export type Refusal = 'FORBIDDEN' | 'INVALID_QUERY';

const isObject = (value: Json | undefined): value is Filter =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** `{}` means everything, wherever it stands. */
const isNothing = (value: Json): boolean => isObject(value) && Object.keys(value).length === 0;

const CALL = /^(\w+)\((\w+)\)$/;
/** `item:posts` */
const SCOPED = /^(\w+):(\w+)$/;
const FOLLOW = /^\$FOLLOW\((\w+),(\w+)\)$/;

/** A field's value for who looks: null where it is hidden, and on no row at all. */
export function seen(eyes: Eyes, collection: string, row: Row | null, field: string): Json {
  if (row === null || (eyes.viewer && !eyes.viewer.maySee(collection, row, field))) return null;
  return row[field] ?? null;
}

/** The row a many-to-one leads to; one that may not be read is not there. */
export function target(eyes: Eyes, collection: string, row: Row | null, field: string): Row | null {
  const to = (fieldOf(collection, field) as { to: string }).to;
  const found = rowAt(eyes.scope.world, to, seen(eyes, collection, row, field));
  return found && (!eyes.viewer || eyes.viewer.mayReadRow(to, found)) ? found : null;
}

/** The row of one collection that a many-to-any leads to. */
export function targetIn(eyes: Eyes, collection: string, row: Row | null, field: string, scope: string): Row | null {
  const model = fieldOf(collection, field);
  const by = model && 'among' in model ? model.among?.by : undefined;
  const key = seen(eyes, collection, row, field);
  if (row === null || by === undefined || row[by] !== scope || key === null) return null;
  const found = rowsOf(eyes.scope.world, scope).find((other) => String(other.id) === key);
  return found && (!eyes.viewer || eyes.viewer.mayReadRow(scope, found)) ? found : null;
}

/** The rows of a one-to-many that may be read; null when the list itself is hidden. */
export function members(eyes: Eyes, collection: string, row: Row | null, field: string): Row[] | null {
  const model = fieldOf(collection, field);
  if (model?.kind !== 'list') throw new Error(`${collection}.${field} is no list`);
  if (row === null || (eyes.viewer && !eyes.viewer.maySee(collection, row, field))) return null;
  return rowsOf(eyes.scope.world, model.from).filter(
    (other) => other[model.by] === row.id && (!eyes.viewer || eyes.viewer.mayReadRow(model.from, other)),
  );
}

/** `year(opened)`, `count(comments)`, `count(extra)`; null of what is hidden. */
export function called(eyes: Eyes, collection: string, row: Row | null, call: string): Json {
  const [, name, field = ''] = CALL.exec(call) ?? [];
  if (fieldOf(collection, field)?.kind === 'list') return members(eyes, collection, row, field)?.length ?? null;
  const value = seen(eyes, collection, row, field);
  if (value === null) return null;
  if (name === 'count') return Array.isArray(value) ? value.length : 0;
  const at = new Date(String(value));
  return name === 'year' ? at.getUTCFullYear() : at.getUTCMonth() + 1;
}

const dissolved = (filter: Filter): [string, Json][] =>
  Object.entries(filter).flatMap(([key, value]) =>
    key === '_and' ? (value as Filter[]).flatMap(dissolved) : [[key, value] as [string, Json]],
  );

/**
 * What has to hold of a row, its `_and`s dissolved. What is said of a relation in several places without a quantifier has
 * to hold of one and the same row behind it: its fields under `_and`, its key under `_keys`.
 */
function conditions(filter: Filter, collection: string): [string, Json][] {
  const apart: [string, Json][] = [];
  const together = new Map<string, { _and: Filter[]; _keys: Filter[] }>();
  for (const [key, value] of dissolved(filter)) {
    const field = fieldOf(collection, key);
    const isList = FOLLOW.test(key) || field?.kind === 'list';
    if (!isObject(value) || !(isList || (field && 'to' in field && field.to !== undefined))) {
      apart.push([key, value]);
      continue;
    }
    for (const [name, inner] of Object.entries(value)) {
      if (isOperator(name) && (!isList || name === '_some' || name === '_none')) {
        apart.push([key, { [name]: inner }]);
        continue;
      }
      const said = together.get(key) ?? { _and: [], _keys: [] };
      said[isOperator(name) ? '_keys' : '_and'].push({ [name]: inner });
      together.set(key, said);
    }
  }
  const joined = [...together].map(([key, { _and, _keys }]): [string, Json] => [
    key,
    { ...(_and.length > 0 && { _and }), ...(_keys.length > 0 && { _keys }) },
  ]);
  return [...apart, ...joined];
}

/** Whether a row meets a filter. No row is a row in which everything is null. */
export function holds(filter: Filter, collection: string, row: Row | null, eyes: Eyes): boolean {
  return conditions(filter, collection).every(([key, value]) => {
    if (key === '_or') {
      const parts = value as Filter[];
      return parts.length === 0 || parts.some((part) => holds(part, collection, row, eyes));
    }
    const follow = FOLLOW.exec(key);
    if (follow) return followed(follow[1] ?? '', follow[2] ?? '', value as Filter, row, eyes);
    const scoped = SCOPED.exec(key);
    if (scoped) {
      if (isNothing(value)) return true;
      const found = targetIn(eyes, collection, row, scoped[1] ?? '', scoped[2] ?? '');
      return found !== null && holds(value as Filter, scoped[2] ?? '', found, eyes);
    }
    if (CALL.test(key)) return all(called(eyes, collection, row, key), 'integer', value, eyes);
    const field = fieldOf(collection, key);
    if (field?.kind === 'list')
      return ofList(field.from, members(eyes, collection, row, key) ?? [], value as Filter, eyes);
    if (field?.to) return ofRelation(collection, row, key, field as { kind: Kind; to: string }, value, eyes);
    return all(seen(eyes, collection, row, key), field?.kind as Kind, value, eyes);
  });
}

/** Every operator on one value; a plain value stands for `_eq`. */
function all(value: Json, kind: Kind, operators: Json, eyes: Eyes): boolean {
  const written = isObject(operators) ? operators : { _eq: operators };
  return Object.entries(written).every(([operator, operand]) =>
    meets(value, kind, operator, operand, eyes.scope, eyes.viewer !== null),
  );
}

const isOperator = (key: string): boolean => key.startsWith('_') && key !== '_and' && key !== '_or';

/** What a filter says of the key of a relation, and what it says of the rows behind it: of the quantifiers and besides. */
function divided(value: Json): {
  operators: Filter;
  some?: Filter;
  none?: Filter;
  path: Filter | null;
  inner: Filter[];
} {
  const { _some, _none, ...rest } = isObject(value) ? value : { _eq: value };
  const entries = Object.entries(rest);
  const behind = entries.filter(([key]) => !isOperator(key));
  const [some, none] = [_some, _none].map((filter) => (isObject(filter) ? filter : undefined));
  const path = behind.length > 0 ? Object.fromEntries(behind) : null;
  return {
    operators: Object.fromEntries(entries.filter(([key]) => isOperator(key))),
    some,
    none,
    path,
    inner: [some, none, path].filter((filter) => filter !== undefined && filter !== null),
  };
}

function ofRelation(
  collection: string,
  row: Row | null,
  name: string,
  field: { kind: Kind; to: string },
  value: Json,
  eyes: Eyes,
): boolean {
  const { operators, some, none, path } = divided(value);
  const found = target(eyes, collection, row, name);
  const isSuch = (filter: Filter): boolean => found !== null && holds(filter, field.to, found, eyes);
  return (
    all(seen(eyes, collection, row, name), field.kind, operators, eyes) &&
    (!some || isSuch(some)) &&
    (!none || !isSuch(none)) &&
    (!path || holds(path, field.to, found, eyes))
  );
}

function ofList(from: string, rows: readonly Row[], value: Filter, eyes: Eyes): boolean {
  const { operators, some, none, path } = divided(value);
  const any = (filter: Filter): boolean => rows.some((row) => holds(filter, from, row, eyes));
  const kind = fieldOf(from, 'id')?.kind as Kind;
  const keys = (operators._keys ?? []) as Filter[];
  const hasKey = (row: Row): boolean => keys.every((operator) => all(row.id ?? null, kind, operator, eyes));
  return (
    (!some || any(some)) &&
    (!none || !any(none)) &&
    ((!path && !operators._keys) || rows.some((row) => hasKey(row) && (!path || holds(path, from, row, eyes))))
  );
}

/** The rows elsewhere whose many-to-one leads to this row, as far as that may be seen. */
function followed(from: string, by: string, value: Filter, row: Row | null, eyes: Eyes): boolean {
  const rows =
    row === null
      ? []
      : rowsOf(eyes.scope.world, from).filter(
          (other) => seen(eyes, from, other, by) === row.id && (!eyes.viewer || eyes.viewer.mayReadRow(from, other)),
        );
  return ofList(from, rows, value, eyes);
}

/** Why a filter is refused, whatever the rows are. `viewer` is null for a rule. */
export function refusals(filter: Filter, collection: string, viewer: Viewer | null): Refusal[] {
  const found: Refusal[] = [];
  const name = (owner: string, field: string): boolean => {
    const may = viewer ? viewer.mayName(owner, field) : fieldOf(owner, field) !== undefined;
    if (!may) found.push('FORBIDDEN');
    return may;
  };
  const enter = (to: string, inner: Filter): void => {
    if (viewer && !viewer.mayRead(to)) found.push('FORBIDDEN');
    else found.push(...refusals(inner, to, viewer));
  };
  for (const [key, value] of Object.entries(filter)) {
    if (key === '_and' || key === '_or') {
      for (const part of value as Filter[]) found.push(...refusals(part, collection, viewer));
      continue;
    }
    const follow = FOLLOW.exec(key);
    const call = CALL.exec(key);
    const scoped = SCOPED.exec(key);
    if (scoped) {
      if (name(collection, scoped[1] ?? '') && !isNothing(value)) enter(scoped[2] ?? '', value as Filter);
      continue;
    }
    const [owner, field] = follow ? [follow[1] ?? '', follow[2] ?? ''] : [collection, call?.[2] ?? key];
    if (!name(owner, field)) continue;
    const model = fieldOf(owner, field) as FieldModel;
    const list = follow ? owner : model.kind === 'list' ? model.from : null;
    const to = list ?? ('to' in model ? model.to : undefined);
    if (list !== null) enter(list, {});
    const { operators, inner } =
      to && !call ? divided(value) : { operators: isObject(value) ? value : { _eq: value }, inner: [] };
    if (to && !call) for (const part of inner) enter(to, part);
    for (const [operator, right] of Object.entries(operators)) found.push(...misfits(model.kind, operator, right));
  }
  return found;
}

function misfits(kind: string | undefined, operator: string, right: Json): Refusal[] {
  const fits =
    (kind !== 'secret' || operator === '_null' || operator === '_nnull') &&
    (!operator.endsWith('in') || !Array.isArray(right) || right.length > 0) &&
    (!operator.endsWith('between') || (Array.isArray(right) && right.length === 2 && !right.includes(null)));
  return fits ? [] : ['INVALID_QUERY'];
}

/** Whether a rule can be understood. */
export const checkRule = (rule: Filter, collection: string): boolean => refusals(rule, collection, null).length === 0;
