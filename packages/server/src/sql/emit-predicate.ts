import type { FieldType } from '../wire/index.ts';
import { emitExpression, matchRows } from './emit-expression.ts';
import {
  likeParameter,
  listParameter,
  orderParameter,
  postgresArrayType,
  scalarParameter,
  textParameter,
  UNFIT,
} from './emit-operand.ts';
import { FOLD, needsFold } from './fold.ts';
import { columnOf, quote } from './identifier.ts';
import { ALWAYS, holdsForNulls, type Predicate, type TextOperator } from './predicate.ts';
import type { Parameter, StatementWriter } from './statement.ts';
import { wholeComparison } from './whole-numbers.ts';

type Comparison = Predicate & { kind: 'compare' };
type Cases = Predicate & { kind: 'cases' };

const FALSE = '1 = 0';

/** A predicate about the row under `alias`, as SQL text that can stand in WHERE or CASE. */
export function emitPredicate(writer: StatementWriter, alias: string, predicate: Predicate): string {
  switch (predicate.kind) {
    case 'always':
      return '1 = 1';
    case 'never':
      return FALSE;
    case 'and':
    case 'or':
      return balanced(
        predicate.parts.map((part) => emitPredicate(writer, alias, part)),
        ` ${predicate.kind} `,
      );
    case 'exists':
      return emitExists(writer, alias, predicate);
    case 'compare':
      return emitComparison(writer, alias, predicate);
    case 'cases':
      return emitCases(writer, alias, predicate);
    case 'found':
      return emitFound(writer, alias, predicate);
    case 'unindexed':
      return `(${emitPredicate(writer, alias, predicate.of)}) is true`;
  }
}

function emitFound(
  writer: StatementWriter,
  alias: string,
  { table, key, parts }: Predicate & { kind: 'found' },
): string {
  const found = parts.map((part) => {
    const inner = writer.alias();
    return `select ${columnOf(inner, key)} from ${quote(table)} ${inner} where ${emitPredicate(writer, inner, part)}`;
  });
  return `${columnOf(alias, key)} in (${found.join(' union all ')})`;
}

/** The list comes first: it can be found by an index, and spares most rows the rest. */
function emitCases(writer: StatementWriter, alias: string, { left, type, branches }: Cases): string {
  const right = { kind: 'literal', value: branches.map(({ value }) => value) } as const;
  const listed = { kind: 'compare', left, type, operator: 'in', right, closed: true } as const;
  const texts = [emitComparison(writer, alias, listed), ' and case ', emitExpression(writer, alias, left)];
  for (const { value, where } of branches) {
    const parameter = scalarParameter({ kind: 'literal', value }, type, writer.dialect);
    if (parameter === UNFIT) continue;
    texts.push(` when ${bindAs(writer, parameter, type)}`, ` then ${emitPredicate(writer, alias, where)}`);
  }
  return `(${texts.join('')} else ${FALSE} end)`;
}

/** Joined in a tree of groups: SQLite takes a thousand levels of an expression, and a plain row of so many terms is one each. */
function balanced(texts: readonly string[], operator: string): string {
  if (texts.length <= MAX_ROW) return `(${texts.join(operator)})`;
  const groups = Array.from({ length: MAX_ROW }, (_, i) => {
    const [from, to] = [i, i + 1].map((edge) => Math.round((edge * texts.length) / MAX_ROW));
    return balanced(texts.slice(from, to), operator);
  });
  return `(${groups.join(operator)})`;
}

const MAX_ROW = 100;

function emitExists(writer: StatementWriter, alias: string, predicate: Predicate & { kind: 'exists' }): string {
  const { rows, where, negated, orMissing } = predicate;
  const found = `exists (${selectOne(writer, alias, predicate)})`;
  if (negated) return `not ${found}`;
  if (!orMissing || !holdsForNulls(where)) return found;
  const none = { kind: 'exists', negated: true, orMissing: false, rows, where: ALWAYS } as const;
  return `(${found} or ${emitExists(writer, alias, none)})`;
}

function selectOne(writer: StatementWriter, alias: string, { rows, where }: Predicate & { kind: 'exists' }): string {
  const inner = writer.alias();
  const head = `select 1 from ${matchRows(writer, alias, inner, rows)}`;
  return where.kind === 'always' ? head : `${head} and ${emitPredicate(writer, inner, where)}`;
}

function emitComparison(writer: StatementWriter, alias: string, asked: Comparison): string {
  const left = (): string => emitExpression(writer, alias, asked.left);
  const comparison = wholeComparison(asked);
  if (comparison === 'nothing') return FALSE;
  if (comparison === 'values') return `${left()} is not null`;
  const { operator } = comparison;
  switch (operator) {
    case 'null':
      return `${left()} is null`;
    case 'nnull':
      return `${left()} is not null`;
    case 'empty':
      return `(${left()} is null or ${textOf(writer, left(), comparison.type)} ${emptyTexts(comparison.type)})`;
    case 'nempty':
      return `${textOf(writer, left(), comparison.type)} not ${emptyTexts(comparison.type)}`;
    case 'in':
    case 'nin':
      return emitList(writer, left, comparison);
    case 'between':
    case 'nbetween':
      return emitBetween(writer, left, comparison);
    case 'eq':
    case 'neq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return emitOrder(writer, left, comparison);
    default:
      return emitText(writer, left, comparison, operator);
  }
}

const emptyTexts = (type: FieldType): string => (type === 'json' ? `in ('', '""', '[]', '{}', 'null')` : "in ('')");

const SYMBOL = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;

function emitOrder(writer: StatementWriter, left: () => string, comparison: Comparison): string {
  const { operator, right, type } = comparison;
  const equality = operator === 'eq' || operator === 'neq';
  const parameter = (equality ? scalarParameter : orderParameter)(right, type, writer.dialect);
  if (parameter === UNFIT) return FALSE;
  const side = equality ? comparable(writer, left(), type) : ordered(writer, left(), type);
  const compared = `${side} ${SYMBOL[operator as keyof typeof SYMBOL]} ${bindAs(writer, parameter, type)}`;
  if (operator !== 'neq' || comparison.closed || right.kind !== 'variable') return compared;
  // A caller's own `_neq` with a variable that has no value asks for rows that have one.
  return `(${compared} or (${left()} is not null and ${isNull(writer, parameter)}))`;
}

const isNull = (writer: StatementWriter, parameter: Parameter): string =>
  `${writer.bind(parameter)}${writer.dialect === 'postgres' ? '::text' : ''} is null`;

function emitList(writer: StatementWriter, left: () => string, { operator, right, type }: Comparison): string {
  const side = comparable(writer, left(), type);
  const placeholder = writer.bind(listParameter(right, type, writer.dialect));
  const not = operator === 'nin';
  if (writer.dialect === 'sqlite')
    return `${side} ${not ? 'not ' : ''}in (select value from json_each(${placeholder}))`;
  const list = `${placeholder}::${postgresArrayType(type)}`;
  return not ? `${side} <> all(${list})` : `${side} = any(${list})`;
}

/** PostgreSQL would take a parameter for as narrow as its column, and refuse what the column can't hold. */
const bindAs = (writer: StatementWriter, parameter: Parameter, type: FieldType): string => {
  const isWhole = type === 'integer' || type === 'bigInteger';
  return `${writer.bind(parameter)}${writer.dialect === 'postgres' && isWhole ? '::bigint' : ''}`;
};

function emitBetween(writer: StatementWriter, left: () => string, { operator, right, type }: Comparison): string {
  const [from, to] = right.kind === 'list' ? right.elements : [];
  const low = from ? orderParameter(from, type, writer.dialect) : UNFIT;
  const high = to ? orderParameter(to, type, writer.dialect) : UNFIT;
  if (low === UNFIT || high === UNFIT) return FALSE;
  const side = ordered(writer, left(), type);
  return `${side} ${operator === 'nbetween' ? 'not ' : ''}between ${bindAs(writer, low, type)} and ${bindAs(writer, high, type)}`;
}

/** What a text operator looks for and where; without `i` case counts, on both dialects. */
function emitText(writer: StatementWriter, left: () => string, comparison: Comparison, operator: TextOperator): string {
  const negated = operator.startsWith('n');
  const name = negated ? operator.slice(1) : operator;
  const folded = name.startsWith('i');
  const where = folded ? name.slice(1) : name;
  if (folded) return emitFolded(writer, left, comparison, where, negated);
  const parameter = textParameter(comparison.right);
  if (parameter === UNFIT) return FALSE;
  const side = (): string => textOf(writer, left(), comparison.type);
  if (where === 'contains') {
    const position = writer.dialect === 'sqlite' ? 'instr' : 'strpos';
    return `${position}(${side()}, ${writer.bind(parameter)}) ${negated ? '= 0' : '> 0'}`;
  }
  return emitEdge(writer, side, parameter, where, negated);
}

/** Starts or ends with, by cutting as many characters as the operand has. */
function emitEdge(
  writer: StatementWriter,
  side: () => string,
  parameter: Parameter,
  where: string,
  negated: boolean,
): string {
  const text = (): string =>
    writer.dialect === 'postgres' ? `${writer.bind(parameter)}::text` : writer.bind(parameter);
  if (writer.dialect === 'postgres') {
    const cut = where === 'starts_with' ? `left(${side()}, length(${text()}))` : `right(${side()}, length(${text()}))`;
    return `${cut} ${negated ? '<>' : '='} ${text()}`;
  }
  // substr(x, -0) is the whole text, so an empty operand is matched by length.
  const cut =
    where === 'starts_with'
      ? `substr(${side()}, 1, length(${text()}))`
      : `substr(${side()}, length(${side()}) - length(${text()}) + 1)`;
  return `${cut} ${negated ? '<>' : '='} ${text()}`;
}

function emitFolded(
  writer: StatementWriter,
  left: () => string,
  comparison: Comparison,
  where: string,
  negated: boolean,
): string {
  const parameter = likeParameter(
    comparison.right,
    where === 'starts_with' ? '' : '%',
    where === 'ends_with' ? '' : '%',
  );
  if (parameter === UNFIT) return FALSE;
  const side = textOf(writer, left(), comparison.type);
  const not = negated ? 'not ' : '';
  if (writer.dialect === 'postgres') return `${side} ${not}ilike ${writer.bind(parameter)} escape '\\'`;
  const { right } = comparison;
  if (right.kind === 'literal' && !needsFold(String(right.value)))
    return `${side} ${not}like ${writer.bind(parameter)} escape '\\'`;
  return `${FOLD}(${side}) ${not}like ${FOLD}(${writer.bind(parameter)}) escape '\\'`;
}

/** PostgreSQL has no operators for its json, nor for every type that we don't know. */
const ordered = (writer: StatementWriter, side: string, type: FieldType): string =>
  type === 'json' || type === 'unknown' ? textOf(writer, side, type) : side;

/** What can be equal to a parameter: in a column without a type of SQLite, 1 and '1' are the same. */
const comparable = (writer: StatementWriter, side: string, type: FieldType): string =>
  type === 'unknown' && writer.dialect === 'sqlite' ? `cast(${side} as text)` : ordered(writer, side, type);

/** PostgreSQL has text functions for text only. */
function textOf(writer: StatementWriter, side: string, type: FieldType): string {
  if (writer.dialect === 'sqlite' || type === 'text') return side;
  return `${side}::text`;
}
