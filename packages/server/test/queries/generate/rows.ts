import type { Random } from '../../access/agreement/random.ts';
import {
  type CollectionModel,
  type Column,
  collectionOf,
  columnsOf,
  type Json,
  type Kind,
  NOW,
  type Row,
  type World,
} from '../model.ts';

const NULLS = 0.25;
const DAY = 86_400_000;

const uuid = (n: number): string => `0f8fad5b-d9cb-469f-a165-7086728${String(90_000 + n)}`;

/** Few values of each kind, so that many are equal, and those at which databases differ. */
const VALUES: Readonly<Record<Kind, readonly Json[]>> = {
  string: [
    '',
    'a',
    'A',
    'b',
    'ab',
    'aB%',
    'a_b',
    '100%',
    'x\\y',
    "it's",
    'ä',
    'Ä',
    '日本',
    '😀',
    ' pad ',
    '10',
    '9',
    'null',
    '"q"',
  ],
  text: ['', 'a', 'A', 'b', 'Ab', 'a\nb', 'straße', 'STRASSE', '%', '_', '\\', "''", '$NOW', 'Ää', '10', '{"a":1}'],
  integer: [-2_147_483_648, -1, 0, 1, 2, 3, 3, 7, 10, 2_147_483_647],
  bigInteger: [-5, 0, 1, 10, 9_007_199_254_740_991, '9007199254740993', '-9007199254740993', '9223372036854775807', 7],
  float: [0, 0.1, 0.2, -0.5, 1, 1.5, 10, 1e21, 1e-7, 0.30000000000000004, 123_456_789.123],
  decimal: [0, 0.1, 0.2, 1, 10, 12.5, 12.50001, -3.25, 99_999.99999],
  boolean: [true, false],
  date: [
    '0001-01-01',
    '1900-02-28',
    '1969-12-31',
    '1970-01-01',
    '2000-02-29',
    '2024-06-15',
    '2024-12-30',
    '2021-01-03',
    '9999-12-31',
  ],
  time: ['00:00:00', '09:05:07', '12:34:56', '23:59:59'],
  dateTime: [
    '0001-01-01T00:00:00',
    '1969-12-31T23:59:59',
    '2000-02-29T12:34:56',
    '2024-06-15T12:00:00',
    '2024-12-30T00:00:01',
    '9999-12-31T23:59:59',
  ],
  timestamp: [
    '1969-12-31T23:59:59.999Z',
    '2000-02-29T12:34:56.001Z',
    ...[0, 1, -DAY, DAY, -400 * DAY].map((shift) => new Date(NOW + shift).toISOString()),
    '9999-12-31T23:59:59.999Z',
    '2023-01-01T00:00:00.000Z',
  ],
  json: [
    [],
    {},
    [1, 2, 3],
    ['a'],
    { a: 1, b: { c: [1, { d: 'x' }] } },
    'text',
    'ä',
    true,
    5,
    -1.5,
    { a: null },
    [[1], null],
    '',
  ],
  csv: [[], ['a'], ['a', 'b'], ['ä', 'B%'], ['10', '9']],
  uuid: [uuid(1), uuid(2), uuid(3), uuid(4)],
};

const STRING_KEYS = ['a', 'B', 'b', 'ä', '10', '9', 'x y', "o'k", '%', '_', 'a,b', 'Z'];

export const valuesOf = (kind: Kind): readonly Json[] => VALUES[kind];

/** Rows with many nulls and equal values. */
export function makeRows(random: Random, collections: readonly CollectionModel[]): World['rows'] {
  const keys = new Map<string, readonly Json[]>();
  for (const collection of collections) keys.set(collection.name, makeKeys(random, collection, keys));
  const rows = collections.map((collection): [string, Row[]] => [
    collection.name,
    (keys.get(collection.name) ?? []).map((key) => makeRow(random, collection, key, keys)),
  ]);
  return Object.fromEntries(rows);
}

function makeKeys(random: Random, collection: CollectionModel, made: ReadonlyMap<string, readonly Json[]>): Json[] {
  const { key, fields } = collection;
  const mustLead = columnsOf(collection).flatMap(([, { to, nullable }]) => (to && !nullable ? [to] : []));
  if (mustLead.some((to) => made.get(to)?.length === 0)) return [];
  const count = random.chance(0.06) ? 0 : random.between(3, 9);
  switch (fields[key]?.kind) {
    case 'string':
      return random.sample(STRING_KEYS, count);
    case 'uuid':
      return random.sample(random.list(12, uuid), count);
    default:
      return random.sample([1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 100], count);
  }
}

function makeRow(
  random: Random,
  collection: CollectionModel,
  key: Json,
  keys: ReadonlyMap<string, readonly Json[]>,
): Row {
  const row: Record<string, Json> = {};
  for (const [name, column] of columnsOf(collection)) {
    if (name === collection.key) row[name] = key;
    else if (column.any) continue;
    else if (column.nullable && random.chance(NULLS)) row[name] = null;
    else row[name] = valueFor(random, column, keys);
  }
  for (const [name, { any }] of columnsOf(collection)) {
    if (!any) continue;
    const scope = random.pick(any.allowed);
    const target = keys.get(scope) ?? [];
    row[any.by] = random.chance(0.1) ? null : scope;
    row[name] = random.chance(0.1)
      ? null
      : random.chance(0.1) || target.length === 0
        ? 'nowhere'
        : String(random.pick(target));
  }
  return row;
}

function valueFor(random: Random, { kind, to, constrained }: Column, keys: ReadonlyMap<string, readonly Json[]>): Json {
  if (to === undefined) return random.pick(VALUES[kind]);
  const target = keys.get(to) ?? [];
  // Without a constraint a key may lead nowhere.
  if (!constrained && random.chance(0.15))
    return kind === 'integer' || kind === 'bigInteger' ? 999 : kind === 'uuid' ? uuid(99) : 'nowhere';
  return target.length === 0 ? null : random.pick(target);
}

/** How the value of a field is sent. */
export type Speller = (collection: string, field: string, value: Json) => Json;

/** Other ways to send values, which are stored as the same. */
export function speller(random: Random, world: World): Speller {
  return (collection, field, value) => {
    const kind = collectionOf(world, collection).fields[field]?.kind;
    if (value === null || random.chance(0.7)) return value;
    switch (kind) {
      case 'integer':
      case 'bigInteger':
        return String(value);
      case 'csv':
        return (value as string[]).join(',');
      case 'boolean':
        return random.pick([String(value), Number(value)]);
      case 'uuid':
        return String(value).toUpperCase();
      case 'dateTime':
        return random.pick([String(value).replace('T', ' '), `${value}Z`]);
      case 'timestamp':
        return String(value).startsWith('9999') ? value : shiftedZone(String(value));
      case 'json':
        return typeof value === 'object' ? JSON.stringify(value) : value;
      default:
        return value;
    }
  };
}

/** The same moment, told at two hours east. */
const shiftedZone = (value: string): string =>
  new Date(Date.parse(value) + 7_200_000).toISOString().replace('Z', '+02:00');
