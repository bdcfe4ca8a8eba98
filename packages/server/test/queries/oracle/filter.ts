import {
  type CollectionModel,
  collectionOf,
  type Filter,
  isColumn,
  type Json,
  type Kind,
  type Row,
  type World,
} from '../model.ts';
import { fitted, order, partOf, resolved, textOf, UNFIT } from './values.ts';

const CALL = /^(\w+)\((.+)\)$/;
const FOLLOW = /^\$FOLLOW\((.+),(.+)\)$/;

export const isObject = (value: Json | undefined): value is Filter =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const rowsOf = (world: World, collection: string): readonly Row[] => world.rows[collection] ?? [];

/** Rows whose column leads to this one. */
export function members(world: World, from: string, by: string, key: Json): Row[] {
  return key === null ? [] : rowsOf(world, from).filter((row) => row[by] === key);
}

/** The row of a collection with this key; a many-to-any holds keys as text. */
export function rowAt(world: World, collection: string, key: Json, asText = false): Row | null {
  if (key === null) return null;
  const { key: name } = collectionOf(world, collection);
  const found = rowsOf(world, collection).find((row) => (asText ? String(row[name]) : row[name]) === key);
  return found ?? null;
}

/** The row a many-to-any leads to, if it is of this collection. */
export function rowIn(
  world: World,
  collection: CollectionModel,
  row: Row | null,
  field: string,
  scope: string,
): Row | null {
  const column = collection.fields[field];
  if (!row || !isColumn(column) || !column.any || row[column.any.by] !== scope) return null;
  return rowAt(world, scope, row[field] ?? null, true);
}

/** `year(opened)`, `count(list)`, `count(document)`; null for no row. */
export function called(world: World, collection: CollectionModel, row: Row | null, call: string): Json {
  const [, name = '', field = ''] = CALL.exec(call) ?? [];
  const model = collection.fields[field];
  if (row === null || !model) return null;
  if (!isColumn(model)) return members(world, model.from, model.by, row[collection.key] ?? null).length;
  const value = row[field] ?? null;
  if (value === null) return null;
  if (name === 'count') return Array.isArray(value) ? value.length : 0;
  return partOf(name, String(value));
}

/** Whether a row meets a filter. No row is a row in which everything is null. */
export function holds(world: World, collection: CollectionModel, row: Row | null, filter: Filter): boolean {
  return meetsAll(world, collection, row, [filter]);
}

/** Filters that hold together. What they say of one relation without a quantifier is about one and the same row. */
function meetsAll(world: World, collection: CollectionModel, row: Row | null, filters: readonly Filter[]): boolean {
  const all = filters.flatMap(dissolved);
  const ways = Map.groupBy(
    all.filter(([key]) => isWay(collection, key)),
    ([key]) => key,
  );
  return (
    all.every(([key, value]) => isWay(collection, key) || meets(world, collection, row, key, value)) &&
    [...ways].every(([key, entries]) =>
      leads(
        world,
        collection,
        row,
        key,
        entries.map(([, value]) => value),
      ),
    )
  );
}

const dissolved = (filter: Filter): [string, Json][] =>
  Object.entries(filter).flatMap(([key, value]): [string, Json][] =>
    key === '_and' ? (value as Filter[]).flatMap(dissolved) : [[key, value]],
  );

function isWay(collection: CollectionModel, key: string): boolean {
  if (FOLLOW.test(key)) return true;
  const field = collection.fields[key.split(':')[0] as string];
  return field !== undefined && (!isColumn(field) || field.to !== undefined || field.any !== undefined);
}

function meets(world: World, collection: CollectionModel, row: Row | null, key: string, value: Json): boolean {
  if (key === '_or') {
    const parts = value as Filter[];
    return parts.length === 0 || parts.some((part) => holds(world, collection, row, part));
  }
  if (CALL.test(key)) return compares('integer', called(world, collection, row, key), value);
  return compares(collection.fields[key]?.kind as Kind, row?.[key] ?? null, value);
}

/** Every operator on one value; a plain value stands for `_eq`. */
function compares(kind: Kind, value: Json, operators: Json): boolean {
  if (!isObject(operators)) return compare(kind, value, '_eq', operators);
  return Object.entries(operators).every(([key, operand]) => {
    const branches = operand as Json[];
    if (key === '_and') return branches.every((branch) => compares(kind, value, branch));
    if (key === '_or') return branches.length === 0 || branches.some((branch) => compares(kind, value, branch));
    return compare(kind, value, key, operand);
  });
}

/** What is asked of the rows as a whole, and not of one of them. */
const isAboutAll = (operator: string, operand: Json): boolean =>
  ['_some', '_none', '_null', '_nnull', '_empty', '_nempty'].includes(operator) ||
  (operand === null && (operator === '_eq' || operator === '_neq'));
const isOperator = (key: string): boolean => key.startsWith('_') && key !== '_and' && key !== '_or';

/** What is said of a relation, all of it together. */
function leads(
  world: World,
  collection: CollectionModel,
  row: Row | null,
  key: string,
  said: readonly Json[],
): boolean {
  const entries = said.flatMap((value) => Object.entries(isObject(value) ? value : { _eq: value }));
  const [name = '', scope] = key.split(':');
  const field = collection.fields[name];
  const paths = entries.filter(([inner]) => !isOperator(inner)).map(([inner, value]) => ({ [inner]: value }));
  if (isColumn(field) && scope === undefined) {
    const operators = entries.filter(([inner]) => isOperator(inner) && inner !== '_some' && inner !== '_none');
    if (!operators.every(([operator, operand]) => compare(field.kind, row?.[name] ?? null, operator, operand)))
      return false;
    if (!field.to) return true;
    const to = collectionOf(world, field.to);
    const found = rowAt(world, field.to, row?.[name] ?? null);
    const isSuch = (filter: Json): boolean => found !== null && holds(world, to, found, filter as Filter);
    return (
      entries.every(([inner, filter]) => inner !== '_some' || isSuch(filter)) &&
      entries.every(([inner, filter]) => inner !== '_none' || !isSuch(filter)) &&
      meetsAll(world, to, found, paths)
    );
  }
  const { to, rows } = behind(world, collection, row, key);
  const some = (filter: Json): boolean => rows.some((one) => holds(world, to, one, filter as Filter));
  const kind = to.fields[to.key]?.kind as Kind;
  const keys = entries.filter(([inner, operand]) => isOperator(inner) && !isAboutAll(inner, operand));
  const isMet = (one: Row): boolean =>
    keys.every(([operator, operand]) => compare(kind, one[to.key] ?? null, operator, operand)) &&
    meetsAll(world, to, one, paths);
  return (
    entries.every(([inner, operand]) => {
      if (inner === '_some') return some(operand);
      if (inner === '_none') return !some(operand);
      if (!isOperator(inner) || !isAboutAll(inner, operand)) return true;
      const forNone = inner === '_null' || inner === '_empty' || inner === '_eq';
      return (rows.length === 0) === (forNone !== isOff(operand));
    }) &&
    (keys.length + paths.length === 0 || rows.some(isMet))
  );
}

/** The rows behind a list, `$FOLLOW` or the scope of a many-to-any. */
function behind(
  world: World,
  collection: CollectionModel,
  row: Row | null,
  key: string,
): { to: CollectionModel; rows: Row[] } {
  const follow = FOLLOW.exec(key);
  const own = row?.[collection.key] ?? null;
  if (follow)
    return {
      to: collectionOf(world, follow[1] as string),
      rows: members(world, follow[1] as string, follow[2] as string, own),
    };
  const [name = '', scope] = key.split(':');
  const field = collection.fields[name];
  if (field && !isColumn(field))
    return { to: collectionOf(world, field.from), rows: members(world, field.from, field.by, own) };
  const found = rowIn(world, collection, row, name, scope as string);
  return { to: collectionOf(world, scope as string), rows: found ? [found] : [] };
}

const isOff = (operand: Json): boolean => operand === false || operand === 'false';

const isEmpty = (value: Json): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

/** One operator on one value. A value that is null is met by `_null` and `_empty` only. */
function compare(kind: Kind, value: Json, operator: string, operand: Json): boolean {
  if (operator === '_null' || operator === '_nnull')
    return (value === null) === ((operator === '_null') !== isOff(operand));
  if (operator === '_empty' || operator === '_nempty')
    return isEmpty(value) === ((operator === '_empty') !== isOff(operand));
  if (operand === null && (operator === '_eq' || operator === '_neq')) return (value === null) === (operator === '_eq');
  if (value === null) return false;
  const list = Array.isArray(operand) ? operand : typeof operand === 'string' ? operand.split(',') : [operand];
  if (operator === '_in' || operator === '_nin') return isIn(kind, value, list, operator === '_nin');
  if (operator === '_between' || operator === '_nbetween') {
    const [low = UNFIT, high = UNFIT] = list.map((bound) => fitted(kind, resolved(bound)));
    if (low === UNFIT || high === UNFIT) return false;
    return (order(kind, low, value) <= 0 && order(kind, value, high) <= 0) === (operator === '_between');
  }
  const right = resolved(Array.isArray(operand) ? (operand[0] as Json) : operand);
  return right !== null && comparesTo(kind, value, operator, right);
}

/** What the column can't hold is no part of the list; nothing is known to be missing from a list with a null. */
function isIn(kind: Kind, value: Json, operand: readonly Json[], negated: boolean): boolean {
  const list = operand.map((one) => (one === null ? null : fitted(kind, resolved(one)))).filter((one) => one !== UNFIT);
  const found = list.some((one) => one !== null && order(kind, one, value) === 0);
  return negated ? list.length > 0 && !list.includes(null) && !found : found;
}

function comparesTo(kind: Kind, value: Json, operator: string, right: Json): boolean {
  const match = /^_(n?)(i?)(contains|starts_with|ends_with)$/.exec(operator);
  if (match) {
    const [, negated, folded, place] = match;
    // No text has a NUL byte, and none is compared with one.
    if (String(right).includes('\0')) return false;
    const fold = (text: string): string => (folded ? lower(text) : text);
    const [whole, part] = [fold(textOf(kind, value)), fold(String(right))];
    const found =
      place === 'contains'
        ? whole.includes(part)
        : place === 'starts_with'
          ? whole.startsWith(part)
          : whole.endsWith(part);
    return found !== (negated === 'n');
  }
  const fit = fitted(kind, right);
  if (fit === UNFIT) return false;
  const difference = order(kind, value, fit);
  switch (operator) {
    case '_eq':
      return difference === 0;
    case '_neq':
      return difference !== 0;
    case '_lt':
      return difference < 0;
    case '_lte':
      return difference <= 0;
    case '_gt':
      return difference > 0;
    case '_gte':
      return difference >= 0;
  }
  throw new Error(`the oracle knows no ${operator} on ${kind}`);
}

/** Lower case, letter by letter. */
export const lower = (text: string): string => [...text].map((letter) => letter.toLowerCase()).join('');
