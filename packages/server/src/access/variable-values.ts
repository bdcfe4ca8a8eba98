import type { Collection, Snapshot } from '../schema/types.ts';
import { columnOf, decoderFor, quote, StatementWriter } from '../sql/index.ts';
import { parseVariable } from '../sql/variable.ts';
import type { Store } from '../store/types.ts';
import type { FieldType, Json } from '../wire/index.ts';
import type { Permission } from './model.ts';
import { collectionOf } from './related.ts';
import { variableKey } from './scope.ts';

/** A variable that looks into the caller's own user or role. */
export interface PathVariable {
  readonly kind: 'user' | 'role';
  readonly path: readonly string[];
}

/** Every variable with a path in these permissions. */
export function pathVariables(permissions: readonly Permission[]): PathVariable[] {
  const found = new Map<string, PathVariable>();
  const visit = (value: Json): void => {
    if (typeof value === 'string') {
      const variable = parseVariable(value);
      if (variable && (variable.kind === 'user' || variable.kind === 'role') && variable.path.length > 0) {
        found.set(variableKey(variable.kind, variable.path), { kind: variable.kind, path: variable.path });
      }
    } else if (value !== null && typeof value === 'object') {
      for (const inner of Object.values(value)) visit(inner);
    }
  };
  for (const permission of permissions) {
    visit(permission.rule);
    visit(permission.validation);
    visit(permission.presets as Json);
  }
  return [...found.values()];
}

interface PathValue {
  /** SQL text for the value. */
  text: string;
  type: FieldType;
  list: boolean;
}

const NOTHING: PathValue = { text: 'null', type: 'unknown', list: false };

/** The values of variables with a path, in one statement. */
export async function loadVariableValues(
  store: Store,
  snapshot: Snapshot,
  variables: readonly PathVariable[],
  caller: { user: string | null; role: string | null },
): Promise<Map<string, Json>> {
  const writer = new StatementWriter(store.dialect);
  const values = variables.map((variable) => rootValue(writer, snapshot, variable, caller));
  const text = `select ${values.map((value) => value.text).join(', ')}`;
  const [row = []] = await store.rows(text, writer.parameters as readonly string[]);
  return new Map(
    variables.map((variable, i) => [
      variableKey(variable.kind, variable.path),
      decodeValue(values[i] ?? NOTHING, row[i], store.dialect),
    ]),
  );
}

function rootValue(
  writer: StatementWriter,
  snapshot: Snapshot,
  variable: PathVariable,
  caller: { user: string | null; role: string | null },
): PathValue {
  const collection = collectionOf(snapshot, variable.kind === 'user' ? 'directus_users' : 'directus_roles');
  const id = caller[variable.kind];
  if (id === null) return NOTHING;
  const alias = writer.alias();
  const value = valueAt(writer, snapshot, collection, alias, variable.path);
  if (value === NOTHING) return NOTHING;
  return {
    ...value,
    text: `(select ${value.text} from ${quote(collection.name)} ${alias} where ${columnOf(alias, 'id')} = ${writer.bind(id)})`,
  };
}

/** Secrets have no value, and neither has what does not exist. */
function valueAt(
  writer: StatementWriter,
  snapshot: Snapshot,
  collection: Collection,
  alias: string,
  path: readonly string[],
): PathValue {
  const [name = '', ...rest] = path;
  const field = collection.fields.get(name);
  if (!field || field.concealed || field.hashed) return NOTHING;
  const relation = field.relation;
  if (relation?.kind === 'm2o' && rest.length > 0) {
    const related = collectionOf(snapshot, relation.collection);
    const inner = writer.alias();
    const value = valueAt(writer, snapshot, related, inner, rest);
    const match = `${columnOf(inner, related.primaryKey)} = ${columnOf(alias, name)}`;
    return value === NOTHING
      ? NOTHING
      : { ...value, text: `(select ${value.text} from ${quote(related.name)} ${inner} where ${match})` };
  }
  if (relation?.kind === 'o2m') return listAt(writer, snapshot, collection, alias, relation, rest);
  if (rest.length > 0 || !field.column) return NOTHING;
  return { text: columnOf(alias, name), type: field.type, list: false };
}

function listAt(
  writer: StatementWriter,
  snapshot: Snapshot,
  collection: Collection,
  alias: string,
  relation: { collection: string; foreignField: string },
  rest: readonly string[],
): PathValue {
  const related = collectionOf(snapshot, relation.collection);
  const inner = writer.alias();
  const value = valueAt(writer, snapshot, related, inner, rest.length > 0 ? rest : [related.primaryKey]);
  if (value === NOTHING) return NOTHING;
  const match = `${columnOf(inner, relation.foreignField)} = ${columnOf(alias, collection.primaryKey)}`;
  const element = value.list && writer.dialect === 'sqlite' ? `json(${value.text})` : value.text;
  // No rows are an empty list, on PostgreSQL too: a list that excludes nothing, and not a value that is missing.
  const array =
    writer.dialect === 'sqlite' ? `json_group_array(${element})` : `coalesce(json_agg(${element}), '[]'::json)`;
  return {
    type: value.type,
    list: true,
    text: `(select ${array} from ${quote(related.name)} ${inner} where ${match})`,
  };
}

function decodeValue(value: PathValue, raw: unknown, dialect: 'sqlite' | 'postgres'): Json {
  if (raw === null || raw === undefined) return null;
  const decode = decoderFor(value.type, dialect);
  const one = (element: unknown): Json => (element === null || !decode ? (element as Json) : decode(element));
  if (!value.list) return one(raw);
  const parsed = (typeof raw === 'string' ? JSON.parse(raw) : raw) as unknown[];
  return parsed
    .flat(Number.POSITIVE_INFINITY)
    .filter((element) => element !== null)
    .map(one);
}
