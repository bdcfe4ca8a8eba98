import type { CollectionAccess } from '../access/index.ts';
import type { Collection } from '../schema/types.ts';
import {
  allOf,
  type Expression,
  emitPredicate,
  type Predicate,
  quote,
  type Statement,
  StatementWriter,
} from '../sql/index.ts';

/**
 * Rows as PostgreSQL writes them in JSON, so that they can be asked about once they are gone; without secrets. The keys
 * are `$1`, a list.
 */
export function rowsAsJson({ name, primaryKey, fields }: Collection): string {
  const secrets = [...fields.values()].filter((field) => field.column && (field.concealed || field.hashed));
  const without = secrets.map((field) => ` - '${field.name.replaceAll("'", "''")}'`).join('');
  return `select jsonb_agg(to_jsonb(t)${without})::text from ${quote(name)} t
    where t.${quote(primaryKey)}::text = any($1::text[])`;
}

/** The keys of those gone rows that a reader could see; null when all. The rows, as JSON text, are `inputs[0]`. */
export function goneInSight(access: CollectionAccess): Statement | 'all' | 'none' {
  const { collection, rows, fields } = access;
  const keyVisible = fields.get(collection.primaryKey);
  if (keyVisible === undefined) return 'none';
  const rule = allOf([rows, keyVisible].filter((part) => part !== null));
  if (rule.kind === 'always') return 'all';
  if (countsOnAbsence(rule)) return 'none';
  const writer = new StatementWriter('postgres');
  const given = writer.bind((scope) => String(scope.inputs[0]));
  const alias = writer.alias();
  const source = `jsonb_populate_recordset(null::${quote(collection.name)}, ${given}::jsonb) ${alias}`;
  const where = emitPredicate(writer, alias, rule);
  return writer.finish(`select ${alias}.${quote(collection.primaryKey)}::text from ${source} where ${where}`);
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
