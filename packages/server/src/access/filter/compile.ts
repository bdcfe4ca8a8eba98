import { forbidden, invalidQuery } from '../../errors/index.ts';
import type { Collection, Field, Snapshot } from '../../schema/types.ts';
import {
  ALWAYS,
  allOf,
  anyOf,
  type ColumnExpression,
  type Expression,
  type Predicate,
  type RelatedRows,
} from '../../sql/index.ts';
import type { FieldType, FilterInput, Json } from '../../wire/index.ts';
import { checkCall, type FunctionCall, parseCall, shorten } from '../function-call.ts';
import { collectionOf, rowsOfManyToAny, rowsOfManyToOne, rowsOfOneToMany, type Sight, UNGUARDED } from '../related.ts';
import {
  checkOperator,
  everyVariable,
  harmlessVariable,
  parseComparison,
  parseOperator,
  type VariableReader,
} from './operators.ts';

/** What a caller may see of a collection while its filter is compiled. Refuses with FORBIDDEN. */
export interface Guard {
  /** The field may be named; where its value counts as null for some rows, the condition under which it does not. */
  field(collection: Collection, name: string): Predicate | null;
  /** Whether `field` would let the name pass. */
  readable(collection: Collection, name: string): boolean;
  /** Rows that may be seen; null when all may. */
  rows(collection: Collection): Predicate | null;
}

export interface FilterContext {
  readonly snapshot: Snapshot;
  /** null for rules of permissions, which may look at everything. */
  readonly guard: Guard | null;
  /** Longest path over relations. */
  readonly maxDepth: number;
}

const MAX_NESTING = 100;
const MAX_NODES = 5000;
const FOLLOW = /^\$FOLLOW\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)$/;

/**
 * A filter as a predicate about rows of a collection. Throws INVALID_QUERY for what is malformed and FORBIDDEN for what
 * may not be named or does not exist.
 */
export function compileFilter(input: Json, collection: Collection, context: FilterContext): Predicate {
  return new FilterCompiler(context).collection(input, collection, 0, 0);
}

class FilterCompiler {
  readonly #context: FilterContext;
  readonly #variables: VariableReader;
  #nodes = 0;

  constructor(context: FilterContext) {
    this.#context = context;
    this.#variables = context.guard ? harmlessVariable : everyVariable;
  }

  collection(input: Json, collection: Collection, depth: number, nesting: number): Predicate {
    this.#nodes += 1;
    if (nesting > MAX_NESTING || this.#nodes > MAX_NODES)
      throw invalidQuery('The filter is nested too deeply or too long.');
    if (input === null || typeof input !== 'object' || Array.isArray(input))
      throw invalidQuery('A filter has to be an object.');
    const parts: Predicate[] = [];
    for (const [key, value] of Object.entries(input)) {
      if (key === '_and' || key === '_or') {
        const inner = branches(key, value).map((branch) => this.collection(branch, collection, depth, nesting + 1));
        if (inner.length > 0) parts.push(key === '_and' ? allOf(inner) : anyOf(inner));
      } else parts.push(this.#key(key, value, collection, depth, nesting));
    }
    return allOf(parts);
  }

  #key(key: string, value: Json, collection: Collection, depth: number, nesting: number): Predicate {
    const follow = key.startsWith('$') ? FOLLOW.exec(key) : null;
    if (follow) return this.#follow(follow[1] ?? '', follow[2] ?? '', value, collection, depth, nesting);
    const call = parseCall(key);
    if (call) return this.#call(call, value, collection);
    const colon = key.indexOf(':');
    const name = colon < 0 ? key : key.slice(0, colon);
    if (colon < 0 && name.startsWith('_')) throw invalidQuery(`"${shorten(key)}" has to stand under a field.`);
    const field = collection.fields.get(name);
    if (!field || (!field.column && !field.relation)) throw forbidden();
    const visible = this.#visibility(collection, name);
    const scope = colon < 0 ? null : key.slice(colon + 1);
    return field.relation
      ? this.#relation(field, visible, scope, value, depth, nesting)
      : this.#comparisons(columnOf(field, visible), field.type, field, value);
  }

  /** Whether the field may be named at all, and for which rows its value counts. */
  #visibility(collection: Collection, name: string): Predicate | null {
    return this.#context.guard ? this.#context.guard.field(collection, name) : null;
  }

  #call(call: FunctionCall, value: Json, collection: Collection): Predicate {
    const field = collection.fields.get(call.field);
    if (!field) throw forbidden();
    if (call.name === 'json') throw invalidQuery('json() can stand in "fields" only.');
    const visible = this.#visibility(collection, call.field);
    const left = callExpression(call, field, visible, (related) => this.#sight(related, null), this.#context.snapshot);
    return this.#comparisons(left, 'integer', null, value);
  }

  #comparisons(left: Expression, type: FieldType, field: Field | null, value: Json): Predicate {
    if (value === null || typeof value !== 'object') return this.#compare(left, type, field, '_eq', value);
    if (Array.isArray(value)) throw invalidQuery('A filter on a field takes operators, not a list.');
    const parts = Object.entries(value).map(([key, operand]) => {
      if (key === '_and' || key === '_or') {
        const inner = branches(key, operand).map((branch) => this.#comparisons(left, type, field, branch));
        return inner.length === 0 ? ALWAYS : key === '_and' ? allOf(inner) : anyOf(inner);
      }
      if (!key.startsWith('_')) throw forbidden();
      return this.#compare(left, type, field, key, operand);
    });
    return allOf(parts);
  }

  #compare(left: Expression, type: FieldType, field: Field | null, key: string, value: Json): Predicate {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw invalidQuery('The filter is too long.');
    const operator = parseOperator(key);
    checkOperator(operator, type, field);
    const { operator: meant, right } = parseComparison(operator, value, this.#variables);
    return { kind: 'compare', left, type, operator: meant, right, closed: this.#context.guard === null };
  }

  /** A relation: operators on its key, conditions on what it leads to, or both. */
  #relation(
    field: Field,
    visible: Predicate | null,
    scope: string | null,
    value: Json,
    depth: number,
    nesting: number,
  ): Predicate {
    const related = this.#target(field, scope);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    const entries = isObject ? Object.entries(value) : [['_eq', value] as [string, Json]];
    const parts: Predicate[] = [];
    const onRelated: FilterInput = {};
    for (const [key, inner] of entries) {
      if (key === '_some' || key === '_none') {
        parts.push(this.#exists(field, visible, related, inner, key, depth, nesting));
      } else if (key.startsWith('_') && key !== '_and' && key !== '_or') {
        parts.push(this.#keyComparison(field, visible, related, key, inner));
      } else onRelated[key] = inner;
    }
    if (Object.keys(onRelated).length > 0) {
      parts.push(this.#exists(field, visible, related, onRelated, null, depth, nesting));
    }
    return allOf(parts);
  }

  /** The collection a relational field leads to; null for a many-to-any without a scope. */
  #target(field: Field, scope: string | null): Collection | null {
    const relation = field.relation;
    if (relation?.kind !== 'm2a') {
      if (!relation || scope !== null) throw forbidden();
      return collectionOf(this.#context.snapshot, relation.collection);
    }
    if (scope === null) return null;
    if (!relation.allowed.includes(scope)) throw forbidden();
    const target = this.#context.snapshot.collections.get(scope);
    if (!target) throw forbidden();
    return target;
  }

  /** `author: {_eq: …}`: the foreign key itself, or for a one-to-many the keys of its rows. */
  #keyComparison(
    field: Field,
    visible: Predicate | null,
    related: Collection | null,
    key: string,
    value: Json,
  ): Predicate {
    const relation = field.relation;
    if (relation?.kind !== 'o2m') return this.#compare(columnOf(field, visible), field.type, field, key, value);
    const operator = parseOperator(key);
    const rows = this.#rows(field, visible, related as Collection);
    const { operator: meant } = parseComparison(operator, value, this.#variables);
    if (meant === 'null' || meant === 'empty' || meant === 'nnull' || meant === 'nempty') {
      return { kind: 'exists', negated: meant === 'null' || meant === 'empty', orMissing: false, rows, where: ALWAYS };
    }
    const keyField = (related as Collection).fields.get((related as Collection).primaryKey) as Field;
    const where = this.#compare(columnOf(keyField, null), keyField.type, keyField, key, value);
    return { kind: 'exists', negated: false, orMissing: false, rows, where };
  }

  #exists(
    field: Field,
    visible: Predicate | null,
    related: Collection | null,
    input: Json,
    quantifier: '_some' | '_none' | null,
    depth: number,
    nesting: number,
  ): Predicate {
    if (!related)
      throw invalidQuery(`"${field.name}" leads to several collections: name one, as in "${field.name}:collection".`);
    if (depth + 1 > this.#context.maxDepth)
      throw invalidQuery(`The filter goes over more than ${this.#context.maxDepth} relations.`);
    const rows = this.#rows(field, visible, related);
    const where = this.collection(input, related, depth + 1, nesting + 1);
    // A path over a many-to-one that leads nowhere is a path of nulls; `_some` asks for a row.
    const orMissing = quantifier === null && field.relation?.kind === 'm2o';
    return { kind: 'exists', negated: quantifier === '_none', orMissing, rows, where };
  }

  #rows(field: Field, visible: Predicate | null, related: Collection): RelatedRows {
    return relatedRows(this.#context.snapshot, field, related, this.#sight(related, visible));
  }

  #sight(related: Collection, visible: Predicate | null): Sight {
    return this.#context.guard ? { guard: this.#context.guard.rows(related), visible } : UNGUARDED;
  }

  /** `$FOLLOW(books,author)`: the rows of another collection whose many-to-one leads here. */
  #follow(from: string, by: string, value: Json, collection: Collection, depth: number, nesting: number): Predicate {
    const other = this.#context.snapshot.collections.get(from);
    const field = other?.fields.get(by);
    if (!other || field?.relation?.kind !== 'm2o' || field.relation.collection !== collection.name) throw forbidden();
    if (depth + 1 > this.#context.maxDepth)
      throw invalidQuery(`The filter goes over more than ${this.#context.maxDepth} relations.`);
    const visible = this.#visibility(other, by);
    const guard = this.#context.guard ? this.#context.guard.rows(other) : null;
    const rows = rowsOfOneToMany(this.#context.snapshot, collection.name, field.relation.relation, {
      guard: visible ? allOf([visible, guard ?? ALWAYS]) : guard,
      visible: null,
    });
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    if (!isObject) throw invalidQuery('$FOLLOW takes a filter.');
    const { _none: none, _some: some, ...rest } = value;
    const parts: Predicate[] = [];
    const exists = (input: Json, negated: boolean): Predicate => ({
      kind: 'exists',
      negated,
      orMissing: false,
      rows,
      where: this.collection(input, other, depth + 1, nesting + 1),
    });
    if (none !== undefined) parts.push(exists(none, true));
    if (some !== undefined) parts.push(exists(some, false));
    if (Object.keys(rest).length > 0) parts.push(exists(rest, false));
    return allOf(parts);
  }
}

function branches(key: string, value: Json): Json[] {
  if (Array.isArray(value)) return value;
  // What `_and[0]…` becomes beyond the array limit of an address.
  const numbered =
    value !== null && typeof value === 'object' && Object.keys(value).every((name) => /^\d+$/.test(name));
  if (numbered && Object.keys(value).length > 0) return Object.values(value);
  throw invalidQuery(`"${key}" takes a list of filters.`);
}

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
