import { forbidden, invalidQuery } from '../../errors/index.ts';
import type { Collection, Field, Snapshot } from '../../schema/types.ts';
import { ALWAYS, allOf, anyOf, type Expression, type Predicate, type RelatedRows } from '../../sql/index.ts';
import type { FieldType, Json } from '../../wire/index.ts';
import { type FunctionCall, parseCall, shorten } from '../function-call.ts';
import { collectionOf, rowsOfOneToMany, type Sight, UNGUARDED } from '../related.ts';
import { type Divided, divide, isObject } from './divide.ts';
import { callExpression, columnOf, relatedRows } from './expressions.ts';
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
const FOLLOW = /^\$FOLLOW\(([^,()]+),([^,()]+)\)$/;

/**
 * A filter as a predicate about rows of a collection. Throws INVALID_QUERY for what is malformed and FORBIDDEN for what
 * may not be named or does not exist.
 */
export function compileFilter(input: Json, collection: Collection, context: FilterContext): Predicate {
  return new FilterCompiler(context).conjunction([input], collection, 0, 0);
}

class FilterCompiler {
  readonly #context: FilterContext;
  readonly #variables: VariableReader;
  #nodes = 0;

  constructor(context: FilterContext) {
    this.#context = context;
    this.#variables = context.guard ? harmlessVariable : everyVariable;
  }

  /** Filters that all have to hold. What they say of one relation without a quantifier, one related row has to meet. */
  conjunction(inputs: readonly Json[], collection: Collection, depth: number, nesting: number): Predicate {
    const conditions: Condition[] = [];
    const deepest = Math.max(...inputs.map((input) => this.#collect(input, nesting, conditions)));
    const parts = merged(conditions, collection).map(({ key, values }) =>
      key === '_or'
        ? allOf(values.map((value) => this.#alternatives(value, collection, depth, deepest)))
        : this.#key(key, values, collection, depth, deepest),
    );
    return allOf(parts);
  }

  /** Adds what a filter and its `_and`s demand; how deep they go. */
  #collect(input: Json, nesting: number, conditions: Condition[]): number {
    this.#nodes += 1;
    if (nesting > MAX_NESTING || this.#nodes > MAX_NODES)
      throw invalidQuery('The filter is nested too deeply or too long.');
    if (!isObject(input)) throw invalidQuery('A filter has to be an object.');
    let deepest = nesting;
    for (const [key, value] of Object.entries(input)) {
      if (key !== '_and') conditions.push({ key, values: [value] });
      else {
        for (const branch of branches(key, value))
          deepest = Math.max(deepest, this.#collect(branch, nesting + 1, conditions));
      }
    }
    return deepest;
  }

  #alternatives(value: Json, collection: Collection, depth: number, nesting: number): Predicate {
    const parts = branches('_or', value).map((branch) => this.conjunction([branch], collection, depth, nesting + 1));
    return parts.length === 0 ? ALWAYS : anyOf(parts);
  }

  #key(key: string, values: readonly Json[], collection: Collection, depth: number, nesting: number): Predicate {
    const follow = key.startsWith('$') ? FOLLOW.exec(key) : null;
    const [, from = '', by = ''] = follow ?? [];
    if (follow) return this.#follow(from.trim(), by.trim(), values, collection, depth, nesting);
    const call = parseCall(key);
    if (call) return allOf(values.map((value) => this.#call(call, value, collection)));
    const colon = key.indexOf(':');
    const name = colon < 0 ? key : key.slice(0, colon);
    if (colon < 0 && name.startsWith('_')) throw invalidQuery(`"${shorten(key)}" has to stand under a field.`);
    const field = collection.fields.get(name);
    if (!field || (!field.column && !field.relation)) throw forbidden();
    const visible = this.#visibility(collection, name);
    const scope = colon < 0 ? null : key.slice(colon + 1);
    return field.relation
      ? this.#relation(field, visible, scope, values, depth, nesting)
      : allOf(values.map((value) => this.#comparisons(columnOf(field, visible), field.type, field, value)));
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

  /** A relation: operators on its key (of a list, on those of its rows), conditions on what it leads to, or both. */
  #relation(
    field: Field,
    visible: Predicate | null,
    scope: string | null,
    values: readonly Json[],
    depth: number,
    nesting: number,
  ): Predicate {
    const related = this.#target(field, scope);
    const said = divide(values);
    const compare = ([key, value]: [string, Json]): Predicate =>
      this.#compare(columnOf(field, visible), field.type, field, key, value);
    if (!related) {
      if (said.some.length + said.none.length + said.path.length === 0) return allOf(said.operators.map(compare));
      throw invalidQuery(`"${field.name}" leads to several collections: name one, as in "${field.name}:collection".`);
    }
    // A path over a many-to-one that leads nowhere is a path of nulls; `_some` asks for a row.
    const orMissing = field.relation?.kind === 'm2o';
    const way: Way = { rows: () => this.#rows(field, visible, related), to: related, orMissing };
    if (!orMissing) return this.#along(way, said, depth, nesting);
    const ofKey = said.operators.map(compare);
    return allOf([...ofKey, this.#along(way, { ...said, operators: [] }, depth, nesting)]);
  }

  /** What is said of related rows: each quantifier looks for rows of its own, one row meets all the rest. */
  #along(way: Way, said: Divided, depth: number, nesting: number): Predicate {
    if (Object.values(said).every((list) => list.length === 0)) return ALWAYS;
    const { to, orMissing } = way;
    const exists = { kind: 'exists', negated: false, orMissing: false, rows: way.rows() } as const;
    const below = (inputs: readonly Json[]): Predicate => {
      if (depth + 1 > this.#context.maxDepth)
        throw invalidQuery(`The filter goes over more than ${this.#context.maxDepth} relations.`);
      return this.conjunction(inputs, to, depth + 1, nesting + 1);
    };
    const parts: Predicate[] = said.some.map((input) => ({ ...exists, where: below([input]) }));
    for (const input of said.none) parts.push({ ...exists, negated: true, where: below([input]) });
    const ofTheRow = said.path.length > 0 ? [below(said.path)] : [];
    for (const [key, value] of said.operators) {
      const { operator } = parseComparison(parseOperator(key), value, this.#variables);
      const missing = operator === 'null' || operator === 'empty';
      if (missing || operator === 'nnull' || operator === 'nempty')
        parts.push({ ...exists, negated: missing, where: ALWAYS });
      else ofTheRow.push(this.#keyComparison(to, key, value));
    }
    if (ofTheRow.length > 0) parts.push({ ...exists, orMissing, where: allOf(ofTheRow) });
    return allOf(parts);
  }

  #keyComparison(collection: Collection, operator: string, value: Json): Predicate {
    const key = collection.fields.get(collection.primaryKey) as Field;
    return this.#compare(columnOf(key, null), key.type, key, operator, value);
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

  #rows(field: Field, visible: Predicate | null, related: Collection): RelatedRows {
    return relatedRows(this.#context.snapshot, field, related, this.#sight(related, visible));
  }

  #sight(related: Collection, visible: Predicate | null): Sight {
    return this.#context.guard ? { guard: this.#context.guard.rows(related), visible } : UNGUARDED;
  }

  /** `$FOLLOW(books,author)`: the rows of another collection whose many-to-one leads here. */
  #follow(
    from: string,
    by: string,
    values: readonly Json[],
    collection: Collection,
    depth: number,
    nesting: number,
  ): Predicate {
    const other = this.#context.snapshot.collections.get(from);
    const field = other?.fields.get(by);
    if (!other || field?.relation?.kind !== 'm2o' || field.relation.collection !== collection.name) throw forbidden();
    const visible = this.#visibility(other, by);
    const guard = this.#context.guard ? this.#context.guard.rows(other) : null;
    const rows = rowsOfOneToMany(this.#context.snapshot, collection.name, field.relation.relation, {
      guard: visible ? allOf([visible, guard ?? ALWAYS]) : guard,
      visible: null,
    });
    if (!values.every(isObject)) throw invalidQuery('$FOLLOW takes a filter.');
    return this.#along({ rows: () => rows, to: other, orMissing: false }, divide(values), depth, nesting);
  }
}

/** What one row has to meet: the key of a filter, and what stands under it, in one or several places. */
interface Condition {
  readonly key: string;
  readonly values: readonly Json[];
}

/** Conditions about the same relation as one, where the first of them stands. */
function merged(conditions: readonly Condition[], collection: Collection): readonly Condition[] {
  if (conditions.length < 2) return conditions;
  const leads = (key: string): boolean =>
    key.startsWith('$') || (collection.fields.get(key.split(':', 1)[0] as string)?.relation ?? null) !== null;
  const groups = Map.groupBy(conditions, (condition) => (leads(condition.key) ? condition.key : condition));
  return [...groups.values()].map(([first, ...more]) => ({
    key: (first as Condition).key,
    values: [first as Condition, ...more].flatMap(({ values }) => values),
  }));
}

/** Where a relation leads. */
interface Way {
  /** Refuses where they may not be seen. */
  readonly rows: () => RelatedRows;
  readonly to: Collection;
  /** A way that leads nowhere leads to a row of nulls. */
  readonly orMissing: boolean;
}

function branches(key: string, value: Json): Json[] {
  if (Array.isArray(value)) return value;
  // What `_and[0]…` becomes beyond the array limit of an address.
  const numbered =
    value !== null && typeof value === 'object' && Object.keys(value).every((name) => /^\d+$/.test(name));
  if (numbered && Object.keys(value).length > 0) return Object.values(value);
  throw invalidQuery(`"${key}" takes a list of filters.`);
}
