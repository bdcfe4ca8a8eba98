import type { CollectionAccess } from '../access/index.ts';
import type { Collection, Field } from '../schema/types.ts';
import {
  allOf,
  type DialectName,
  type Expression,
  emitPredicate,
  type Predicate,
  quote,
  type Statement,
  StatementWriter,
} from '../sql/index.ts';

/**
 * Rows as JSON, so that they can be asked about once they are gone; without secrets. The keys are `$1`, a list. Only
 * PostgreSQL writes rows as it reads them; for SQLite there is `rowText`.
 */
export function rowsAsJson({ name, primaryKey, fields }: Collection): string {
  const secrets = [...fields.values()].filter((field) => field.column && isSecret(field));
  const without = secrets.map((field) => ` - '${field.name.replaceAll("'", "''")}'`).join('');
  return `select jsonb_agg(to_jsonb(t)${without})::text from ${quote(name)} t
    where t.${quote(primaryKey)}::text = any($1::text[])`;
}

const isSecret = (field: Field): boolean => field.concealed || field.hashed;

const plainFields = ({ fields }: Collection): Field[] =>
  [...fields.values()].filter((field) => field.column && !isSecret(field));

/** The same for SQLite: rows of the columns without secrets, of which `rowText` makes JSON. */
export function plainRows(collection: Collection): string {
  const columns = plainFields(collection).map((field) => {
    // As text, so that no digit is lost on the way.
    const isLong = field.type === 'bigInteger' && declaredOf(field).includes('int');
    return isLong ? `cast(${quote(field.name)} as text)` : quote(field.name);
  });
  const keys = `(select value from json_each(?))`;
  return `select ${columns.join(', ')} from ${quote(collection.name)} where ${quote(collection.primaryKey)} in ${keys}`;
}

export const rowText = (collection: Collection, rows: readonly unknown[][]): string => {
  const names = plainFields(collection).map(({ name }) => name);
  return JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, plain(row[i])]))));
};

/** What JSON has no word for is taken for absent: then nobody could see it. */
const plain = (value: unknown): unknown => (value instanceof Uint8Array ? null : value);

/**
 * The keys of those rows of a former time that a reader could see by present rights and, where it is given, the filter of
 * a query; null when all. The rows, as JSON text, are `inputs[0]`.
 */
export function goneInSight(
  access: CollectionAccess,
  dialect: DialectName,
  filter: Predicate | null = null,
): Statement | 'all' | 'none' {
  const { collection, rows, fields } = access;
  const keyVisible = fields.get(collection.primaryKey);
  if (keyVisible === undefined) return 'none';
  const rule = allOf([rows, keyVisible, filter].filter((part) => part !== null));
  if (rule.kind === 'always') return 'all';
  if (countsOnAbsence(rule)) return 'none';
  const writer = new StatementWriter(dialect);
  const given = writer.bind((scope) => String(scope.inputs[0]));
  const alias = writer.alias();
  const where = emitPredicate(writer, alias, rule);
  const column = `${alias}.${quote(collection.primaryKey)}`;
  const key = dialect === 'postgres' ? `${column}::text` : `cast(${column} as text)`;
  return writer.finish(`select ${key} from ${formerRows(collection, dialect, given)} ${alias} where ${where}`);
}

function formerRows(collection: Collection, dialect: DialectName, given: string): string {
  if (dialect === 'postgres') return `jsonb_populate_recordset(null::${quote(collection.name)}, ${given}::jsonb)`;
  const columns = plainFields(collection).map((field) => {
    const value = `json_extract(value, '$."${field.name.replaceAll("'", "''")}"')`;
    return `${likeColumn(value, field)} as ${quote(field.name)}`;
  });
  return `(select ${columns.join(', ')} from json_each(${given}))`;
}

const declaredOf = ({ column }: Field): string => column?.dataType.toLowerCase() ?? '';
const NUMBERS: ReadonlySet<string> = new Set(['integer', 'bigInteger', 'decimal', 'float', 'boolean']);

/** How SQLite compares a column follows from its declared type (https://sqlite.org/datatype3.html §3.1). */
function likeColumn(value: string, field: Field): string {
  const declared = declaredOf(field);
  if (declared.includes('int')) return `cast(${value} as integer)`;
  if (/char|clob|text/.test(declared)) return `cast(${value} as text)`;
  if (/real|floa|doub/.test(declared)) return `cast(${value} as real)`;
  return NUMBERS.has(field.type) ? `cast(${value} as numeric)` : value;
}

const counts = (left: Expression): boolean => left.kind === 'count' || (left.kind === 'related' && counts(left.of));

/** What belonged to a row may have gone with it, and then nothing says any more that it was there. */
function countsOnAbsence(rule: Predicate): boolean {
  switch (rule.kind) {
    case 'and':
    case 'or':
    case 'found':
      return rule.parts.some(countsOnAbsence);
    case 'exists':
      return (
        rule.negated || countsOnAbsence(rule.where) || (rule.rows.guard !== null && countsOnAbsence(rule.rows.guard))
      );
    case 'compare':
      return counts(rule.left);
    case 'cases':
      return rule.branches.some(({ where }) => countsOnAbsence(where));
    case 'unindexed':
      return countsOnAbsence(rule.of);
    default:
      return false;
  }
}
