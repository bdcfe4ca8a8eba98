import type { DialectName } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { columnTypeOf, fieldTypeOf, withCast } from '../column-types.ts';
import { aliasSpecial } from '../ddl/fields.ts';
import { decodeDefault, meansNow } from '../default-value.ts';
import { sameJson } from './canonical.ts';
import type { Difference, SnapshotField } from './types.ts';

type Column = Readonly<Record<string, Json>>;

/** The specials that a field of this type is stored with. */
export function storedSpecial(type: string, special: Json, dialect: DialectName): Json {
  const sent = Array.isArray(special) ? (special as string[]) : [];
  const stored = type === 'alias' ? aliasSpecial(sent) : withCast(type as FieldType, sent, dialect);
  return stored.length > 0 ? stored : null;
}

/** What of a field's column is other than the target says. What the target doesn't mention stays as it is. */
export function columnDifferences(
  before: SnapshotField,
  wanted: SnapshotField,
  joined: boolean,
  dialect: DialectName,
): Difference[] {
  const [is, shall] = [before.schema ?? {}, wanted.schema ?? {}];
  const found: Difference[] = [];
  const change = (path: string[], lhs: Json, rhs: Json) => found.push({ kind: 'E', path, lhs, rhs });
  const type = storedType(wanted, dialect);
  const retyped = type !== before.type;
  if (retyped) change(['type'], before.type, wanted.type);
  for (const key of comparedKeys(type, is, shall, joined)) {
    const [lhs, rhs] = [is[key] ?? null, shall[key] as Json];
    const equal = key === 'default_value' ? sameDefault(type, lhs, rhs, dialect) : sameJson(lhs, rhs);
    // A new type starts with its own size.
    if (!equal || (retyped && sizeKeys(type).includes(key))) change(['schema', key], lhs, rhs);
  }
  return found;
}

/** The type that a field is found with after it was made: SQLite has no decimals, for one. */
function storedType({ type, meta, schema }: SnapshotField, dialect: DialectName): FieldType {
  const sizes = { maxLength: numberOr(schema?.max_length), precision: null, scale: null };
  const column = columnTypeOf(type as FieldType, sizes, dialect);
  if (column === null) return type as FieldType;
  const special = storedSpecial(type, meta?.special ?? null, dialect);
  return fieldTypeOf({ type: column, maxLength: null }, (special ?? []) as string[], dialect);
}

const numberOr = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

const FLAGS = ['is_nullable', 'is_unique', 'is_indexed', 'is_primary_key', 'has_auto_increment'];

/** Keys of the column that the target mentions and that mean something for this type. */
function comparedKeys(type: FieldType, is: Column, shall: Column, joined: boolean): string[] {
  const keys = [...FLAGS, 'default_value', ...sizeKeys(type)];
  const isKey = is.is_primary_key === true;
  const unique = (shall.is_unique ?? is.is_unique) === true;
  return keys.filter((key) => {
    const value = shall[key];
    if (value === undefined) return false;
    // A default may be taken away; every other null says nothing.
    if (value === null && key !== 'default_value') return false;
    if (key === 'is_nullable' || key === 'is_unique') return !isKey;
    // Unique values and keys of both kinds have an index of their own.
    if (key === 'is_indexed') return !isKey && !unique && !(joined && value === false);
    return key !== 'default_value' || is.has_auto_increment !== true;
  });
}

function sizeKeys(type: FieldType): string[] {
  if (type === 'string' || type === 'hash') return ['max_length'];
  return type === 'decimal' ? ['numeric_precision', 'numeric_scale'] : [];
}

function sameDefault(type: FieldType, lhs: Json, rhs: Json, dialect: DialectName): boolean {
  if (meansNow(type, lhs) && meansNow(type, rhs)) return true;
  const plain = rhs !== null && typeof rhs === 'object' ? rhs : decodeDefault(type, rhs, dialect);
  return sameJson(lhs, plain);
}
