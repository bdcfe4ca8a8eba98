import type { Collection, Snapshot } from '../schema/types.ts';
import {
  ALWAYS,
  type ColumnExpression,
  columnOf,
  type DialectName,
  decoderFor,
  type Expression,
  emitExpression,
  holdsForNulls,
  type NowShift,
  type Operand,
  type Predicate,
  type RelatedRows,
  type Scope,
  spelledOut,
  type Variable,
} from '../sql/index.ts';
import type { Json } from '../wire/index.ts';
import type { Probed, Probes } from './explain-probes.ts';
import type { ExplainedComparison, RuleNode } from './explain-types.ts';
import { collectionOf } from './related.ts';

export interface RuleContext {
  readonly snapshot: Snapshot;
  readonly scope: Scope;
  readonly dialect: DialectName;
  readonly probes: Probes;
}

/** Where in a rule a part stands: the relations on the way from the item to the rows it is about. */
interface Place {
  readonly collection: Collection;
  readonly chain: readonly RelatedRows[];
  /** Every relation on the way leads to one row at most. */
  readonly toOne: boolean;
  /** A way that leads nowhere counts as a row of nulls. */
  readonly orMissing: boolean;
}

type Comparison = Predicate & { kind: 'compare' };
type Exists = Predicate & { kind: 'exists' };

/** The tree of a compiled rule. Call what it returns once the probes have run. */
export function explainRule(context: RuleContext, collection: Collection, rule: Predicate): () => RuleNode {
  return new RuleReader(context).read(rule, { collection, chain: [], toOne: true, orMissing: true });
}

class RuleReader {
  readonly #context: RuleContext;

  constructor(context: RuleContext) {
    this.#context = context;
  }

  read(predicate: Predicate, place: Place): () => RuleNode {
    const judged = this.#judge(predicate, place);
    switch (predicate.kind) {
      case 'always':
        return () => ({ kind: 'everything', ...judged() });
      case 'never':
        return () => ({ kind: 'nothing', why: 'it holds for no item.', ...judged() });
      case 'and':
      case 'or': {
        const parts = predicate.parts.map((part) => this.read(part, place));
        const kind = predicate.kind === 'and' ? 'all' : 'any';
        return () => ({ kind, ...judged(), parts: parts.map((part) => part()) });
      }
      case 'compare':
        return this.#comparison(predicate, place, judged);
      case 'exists':
        return this.#relation(predicate, place, judged);
      case 'cases':
        return this.read(spelledOut(predicate), place);
      case 'found':
        return this.read({ kind: 'or', parts: predicate.parts }, place);
      case 'unindexed':
        return this.read(predicate.of, place);
    }
  }

  #judge(predicate: Predicate, place: Place): () => { holds: boolean | null; rows?: number } {
    const { probes } = this.#context;
    const matching = probes.count(place.chain, predicate);
    if (place.toOne) {
      const there = place.chain.length > 0 && place.orMissing ? probes.count(place.chain, ALWAYS) : () => 1;
      const ofNulls = holdsForNulls(predicate);
      return () => {
        const count = matching();
        if (count === undefined) return { holds: null };
        return { holds: there() === 0 ? ofNulls : count > 0 };
      };
    }
    return () => {
      const count = matching();
      return count === undefined ? { holds: null } : { holds: count > 0, rows: count };
    };
  }

  #comparison(comparison: Comparison, place: Place, judged: () => { holds: boolean | null }): () => RuleNode {
    const { scope, snapshot } = this.#context;
    const { operator, right } = comparison;
    const unary = operator === 'null' || operator === 'nnull' || operator === 'empty' || operator === 'nempty';
    const facts = {
      kind: 'comparison',
      field: expressionName(comparison.left, place.collection, snapshot),
      operator: `_${operator}`,
      written: unary ? true : writtenOperand(right),
      value: unary ? true : resolvedOperand(right, scope),
    } as const;
    const stored = place.toOne ? this.#stored(comparison.left, place) : () => undefined;
    return (): ExplainedComparison => {
      const value = stored();
      return { ...facts, ...judged(), ...(value === undefined ? {} : { stored: value }) };
    };
  }

  #stored(left: Expression, place: Place): Probed<Json> {
    const { probes, dialect, snapshot } = this.#context;
    if (looksAtSecret(left, place.collection, snapshot)) {
      return probes.value(
        place.chain,
        (writer, alias) => `case when ${emitExpression(writer, alias, left)} is null then 0 else 1 end`,
        (raw) => (Number(raw) === 1 ? '**********' : null),
      );
    }
    const decode = left.kind === 'column' ? decoderFor(left.type, dialect) : decoderFor('integer', dialect);
    return probes.value(
      place.chain,
      (writer, alias) =>
        left.kind === 'column' ? exactColumn(left, dialect, alias) : emitExpression(writer, alias, left),
      (raw) => (raw === null || raw === undefined ? null : shortened(decode ? decode(raw) : (raw as Json))),
    );
  }

  #relation(exists: Exists, place: Place, judged: () => { holds: boolean | null }): () => RuleNode {
    const { probes, snapshot } = this.#context;
    const { rows, where, negated, orMissing } = exists;
    const related = collectionOf(snapshot, rows.table);
    const chain = [...place.chain, rows];
    const inner: Place = {
      collection: related,
      chain,
      toOne: place.toOne && rows.column === related.primaryKey,
      orMissing: place.orMissing && orMissing,
    };
    const there = probes.count(chain, ALWAYS);
    const matching = probes.count(chain, where);
    const tree = this.read(where, inner);
    const field = relationName(rows, place.collection);
    return () => {
      const count = there();
      return {
        kind: 'relation',
        field,
        collection: related.name,
        quantifier: negated ? 'none' : 'some',
        ...judged(),
        ...(count === undefined ? {} : { related: count, matching: matching() ?? 0 }),
        where: tree(),
      };
    };
  }
}

/** Whether a value comes from a field that is never shown, be it a part of it or one of a related item. */
function looksAtSecret(left: Expression, collection: Collection, snapshot: Snapshot): boolean {
  if (left.kind === 'related') return looksAtSecret(left.of, collectionOf(snapshot, left.rows.table), snapshot);
  if (left.kind === 'count') return false;
  const field = collection.fields.get(left.kind === 'column' ? left.column : left.of.column);
  return !field || field.concealed || field.hashed;
}

/** SQLite's driver would round large integers. */
function exactColumn({ column, type }: ColumnExpression, dialect: DialectName, alias: string): string {
  const text = columnOf(alias, column);
  return dialect === 'sqlite' && type === 'bigInteger' ? `cast(${text} as text)` : text;
}

const LONGEST = 500;

/** An explanation is no way to download documents. */
function shortened(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : value;
}

function expressionName(expression: Expression, collection: Collection, snapshot: Snapshot): string {
  switch (expression.kind) {
    case 'column':
      return expression.column;
    case 'part':
      return `${expression.part}(${expression.of.column})`;
    case 'elements':
      return `count(${expression.of.column})`;
    case 'json':
      return `json(${expression.of.column}, ${expression.path.join('.')})`;
    case 'count':
      return `count(${relationName(expression.rows, collection)})`;
    case 'related':
      return `${relationName(expression.rows, collection)}.${expressionName(expression.of, collectionOf(snapshot, expression.rows.table), snapshot)}`;
  }
}

/** The relational field that leads from a collection to these rows. */
function relationName(rows: RelatedRows, collection: Collection): string {
  if (rows.discriminator) return `${rows.outerColumn}:${rows.table}`;
  for (const { name, relation } of collection.fields.values()) {
    if (relation?.kind === 'm2o' && name === rows.outerColumn && relation.collection === rows.table) return name;
    if (relation?.kind === 'o2m' && relation.collection === rows.table && relation.foreignField === rows.column) {
      return name;
    }
  }
  return `$FOLLOW(${rows.table},${rows.column})`;
}

function writtenOperand(operand: Operand): Json {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'list') return operand.elements.map(writtenOperand);
  return operand.kind === 'variable' ? writtenVariable(operand.variable) : null;
}

function resolvedOperand(operand: Operand, scope: Scope): Json {
  if (operand.kind === 'literal') return operand.value;
  if (operand.kind === 'list') return operand.elements.map((element) => resolvedOperand(element, scope));
  return operand.kind === 'variable' ? scope.variable(operand.variable) : null;
}

function writtenVariable(variable: Variable): string {
  switch (variable.kind) {
    case 'user':
    case 'role':
      return [`$CURRENT_${variable.kind.toUpperCase()}`, ...variable.path].join('.');
    case 'roles':
      return '$CURRENT_ROLES';
    case 'policies':
      return '$CURRENT_POLICIES';
    case 'now':
      return variable.shift ? `$NOW(${writtenShift(variable.shift)})` : '$NOW';
  }
}

const writtenShift = ({ amount, unit }: NowShift): string => `${amount < 0 ? '' : '+'}${amount} ${unit}s`;
