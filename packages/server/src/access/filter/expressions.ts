import { forbidden } from '../../errors/index.ts';
import type { Collection, Field, Snapshot } from '../../schema/types.ts';
import type { ColumnExpression, Expression, Predicate, RelatedRows } from '../../sql/index.ts';
import { checkCall, type FunctionCall } from '../function-call.ts';
import { collectionOf, rowsOfManyToAny, rowsOfManyToOne, rowsOfOneToMany, type Sight } from '../related.ts';

/** A field's own column. */
export function columnOf(field: Field, visible: Predicate | null): ColumnExpression {
  const instant = field.type === 'timestamp' || field.type === 'dateTime' || field.type === 'date';
  return {
    kind: 'column',
    column: field.name,
    type: field.type,
    visible,
    timeAsText: instant && (field.column?.defaultIsExpression ?? false),
  };
}

/** The rows a relational field leads to in one collection. */
export function relatedRows(snapshot: Snapshot, field: Field, related: Collection, sight: Sight): RelatedRows {
  const relation = field.relation;
  if (!relation) throw new Error(`${field.name} is no relation`);
  if (relation.kind === 'm2o') return rowsOfManyToOne(snapshot, relation.relation, related.name, sight);
  if (relation.kind === 'o2m') return rowsOfOneToMany(snapshot, field.collection, relation.relation, sight);
  return rowsOfManyToAny(snapshot, relation, related.name, sight);
}

/** A function call as an expression; `sightOf` says which related rows count. */
export function callExpression(
  call: FunctionCall,
  field: Field,
  visible: Predicate | null,
  sightOf: (related: Collection) => Sight,
  snapshot: Snapshot,
): Expression {
  if (field.concealed || field.hashed) throw forbidden();
  checkCall(call, field);
  if (call.name === 'json') return { kind: 'json', of: columnOf(field, visible), path: call.path };
  if (call.name !== 'count') return { kind: 'part', part: call.name, of: columnOf(field, visible) };
  if (field.relation?.kind !== 'o2m') return { kind: 'elements', of: columnOf(field, visible) };
  const related = collectionOf(snapshot, field.relation.collection);
  const rows = relatedRows(snapshot, field, related, { ...sightOf(related), visible: null });
  return { kind: 'count', rows, visible };
}
