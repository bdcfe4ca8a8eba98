import { keyPredicate } from '../query/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import {
  bindings,
  type DialectName,
  decoderFor,
  emitPredicate,
  type Predicate,
  quote,
  type Scope,
  StatementWriter,
} from '../sql/index.ts';
import type { Reader } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Key, Payload } from './hooks.ts';

/** `select … from table where key in (keys) and conditions`: the few reads that a write makes of stored rows. */
export async function selectByKeys(
  reader: Reader,
  dialect: DialectName,
  collection: Collection,
  keys: readonly Key[],
  scope: Scope & { withInputs(inputs: readonly Json[]): Scope },
  parts: { columns: (writer: StatementWriter, alias: string) => string[]; where: Predicate | null; lock?: boolean },
): Promise<unknown[][]> {
  const writer = new StatementWriter(dialect);
  const alias = writer.alias();
  const columns = parts.columns(writer, alias);
  const conditions = [emitPredicate(writer, alias, keyPredicate(collection, 'several'))];
  if (parts.where) conditions.push(emitPredicate(writer, alias, parts.where));
  const lock = parts.lock && dialect === 'postgres' ? ' for update' : '';
  const text = `select ${columns.join(', ')} from ${quote(collection.name)} ${alias} where ${conditions.join(' and ')}${lock}`;
  return reader.rows(text, bindings(writer.finish(text), scope.withInputs([keys as Json])));
}

/** Stored fields of a collection in wire form; secrets as stars. */
export const storedFields = (collection: Collection): Field[] =>
  [...collection.fields.values()].filter((field) => field.column);

export function storedColumns(fields: readonly Field[], dialect: DialectName, alias: string): string[] {
  return fields.map((field) => {
    const column = `${alias}.${quote(field.name)}`;
    if (field.concealed || field.hashed) return `case when ${column} is null then null else 1 end`;
    if (dialect === 'postgres' && field.type === 'unknown') return `to_jsonb(${column})`;
    return dialect === 'sqlite' && field.type === 'bigInteger' ? `cast(${column} as text)` : column;
  });
}

export function storedItem(fields: readonly Field[], values: readonly unknown[], dialect: DialectName): Payload {
  const item: Payload = {};
  fields.forEach((field, i) => {
    const raw = values[i];
    const decode = decoderFor(field.type, dialect);
    if (raw === null || raw === undefined) item[field.name] = null;
    else if (field.concealed || field.hashed) item[field.name] = '**********';
    else item[field.name] = decode ? decode(raw) : (raw as Json);
  });
  return item;
}

/** An item as it is stored, whoever asks; secrets as stars. null when there is none. */
export async function readStored(
  reader: Reader,
  dialect: DialectName,
  collection: Collection,
  key: Key,
  scope: Scope & { withInputs(inputs: readonly Json[]): Scope },
  lock = false,
): Promise<Payload | null> {
  const fields = storedFields(collection);
  const [row] = await selectByKeys(reader, dialect, collection, [key], scope, {
    columns: (_, alias) => storedColumns(fields, dialect, alias),
    where: null,
    lock,
  });
  return row ? storedItem(fields, row, dialect) : null;
}

/** A payload as it may be kept in a revision: secrets as stars. */
export function concealed(collection: Collection, payload: Payload): Payload {
  const shown: Payload = {};
  for (const [name, value] of Object.entries(payload)) {
    const field = collection.fields.get(name);
    const secret = field?.concealed || field?.hashed;
    shown[name] = secret && value !== null && value !== undefined ? '**********' : value;
  }
  return shown;
}
