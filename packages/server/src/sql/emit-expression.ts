import type { FieldType } from '../wire/index.ts';
import { emitPredicate } from './emit-predicate.ts';
import { columnOf, quote } from './identifier.ts';
import type { ColumnExpression, DatePart, Expression, JsonStep, RelatedRows } from './predicate.ts';
import { SPEND } from './spend.ts';
import type { StatementWriter } from './statement.ts';
import { SERVER_IS_UTC, WALL_TIME } from './wall-time.ts';

/** An expression about the row under `alias`. A value that is hidden from the caller is null. */
export function emitExpression(writer: StatementWriter, alias: string, expression: Expression): string {
  switch (expression.kind) {
    case 'column':
      return emitColumn(writer, alias, expression);
    case 'part':
      return emitPart(writer, alias, expression.part, expression.of);
    case 'elements':
      return emitElements(writer, alias, expression.of);
    case 'json':
      return emitJson(writer, alias, expression.of, expression.path);
    case 'count': {
      const shown = (): string => emitCount(writer, alias, expression.rows);
      return expression.visible
        ? `case when ${emitPredicate(writer, alias, expression.visible)} then ${shown()} end`
        : shown();
    }
    case 'related': {
      const inner = writer.alias();
      // The select list stands before the match in the text, so it is emitted first.
      const value = emitExpression(writer, inner, expression.of);
      return `(select ${value} from ${matchRows(writer, alias, inner, expression.rows)} limit 1)`;
    }
  }
}

/**
 * As `emitExpression`, for values that are ordered, grouped or told apart: json as its text, because PostgreSQL can't
 * compare it otherwise, and SQLite takes what looks like a number for one.
 */
export function emitComparable(writer: StatementWriter, alias: string, expression: Expression): string {
  const text = emitExpression(writer, alias, expression);
  const type = typeOf(expression);
  if (writer.dialect === 'sqlite') return type === 'json' ? `cast(${text} as text)` : text;
  // Of the types that we don't know, some have an order and some have none.
  return type === 'json' || type === 'unknown' ? `${text}::text` : text;
}

/** The type of the column that an expression is, here or behind many-to-ones. */
function typeOf(expression: Expression): FieldType | null {
  if (expression.kind === 'related') return typeOf(expression.of);
  return expression.kind === 'column' ? expression.type : null;
}

function emitColumn(writer: StatementWriter, alias: string, expression: ColumnExpression): string {
  const column = columnOf(alias, expression.column);
  const shown = (): string =>
    expression.timeAsText && writer.dialect === 'sqlite'
      ? `(case typeof(${column}) when 'text' then cast(unixepoch(${column}, 'subsec') * 1000 as integer) else ${column} end)`
      : column;
  if (!expression.visible) return shown();
  return `(case when ${emitPredicate(writer, alias, expression.visible)} then ${shown()} end)`;
}

/** `table alias where match and guard`: everything after FROM that ties related rows to the outer row. */
export function matchRows(writer: StatementWriter, outer: string, inner: string, rows: RelatedRows): string {
  const key = columnOf(inner, rows.column);
  const own = columnOf(outer, rows.outerColumn);
  const conditions = [
    `${rows.keyAsText ? `cast(${key} as text)` : key} = ${rows.outerAsText ? `cast(${own} as text)` : own}`,
  ];
  if (rows.discriminator) {
    conditions.push(`${columnOf(outer, rows.discriminator.outerColumn)} = ${writer.bind(rows.discriminator.value)}`);
  }
  if (rows.counted && writer.dialect === 'sqlite') conditions.push(`${SPEND}()`);
  if (rows.visible) conditions.push(emitPredicate(writer, outer, rows.visible));
  if (rows.guard) conditions.push(emitPredicate(writer, inner, rows.guard));
  return `${quote(rows.table)} ${inner} where ${conditions.join(' and ')}`;
}

function emitCount(writer: StatementWriter, alias: string, rows: RelatedRows): string {
  const inner = writer.alias();
  return `(select count(*) from ${matchRows(writer, alias, inner, rows)})`;
}

/** How many elements a list in a json column has; 0 for JSON that is no list, and for text that is no JSON. */
function emitElements(writer: StatementWriter, alias: string, of: ColumnExpression): string {
  const column = (): string => emitColumn(writer, alias, of);
  const isList = writer.dialect === 'sqlite' ? `json_valid(${column()})` : `json_typeof(${column()}::json) = 'array'`;
  const length = `json_array_length(${column()}${writer.dialect === 'sqlite' ? '' : '::json'})`;
  return `(case when ${isList} then ${length} when ${column()} is not null then 0 end)`;
}

/** A part of a JSON value, as JSON; the path is a parameter. Text that is no JSON has no parts. */
function emitJson(writer: StatementWriter, alias: string, of: ColumnExpression, path: readonly JsonStep[]): string {
  if (writer.dialect === 'postgres') {
    const column = emitColumn(writer, alias, of);
    // With a number only lists have an element, with a text only objects.
    const steps = path.map((step) => ` -> ${writer.bind(step)}::${typeof step === 'number' ? 'int' : 'text'}`);
    return `(${column}${steps.join('')})`;
  }
  const valid = emitColumn(writer, alias, of);
  const column = emitColumn(writer, alias, of);
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`));
  // As plain text, so that it arrives the same from the top of an answer and from inside of one.
  return `case when json_valid(${valid}) then (${column} -> ${writer.bind(`$${steps.join('')}`)}) || '' end`;
}

/** Formats of strftime. Weekday counts from Sunday = 0. */
const SQLITE_FORMAT: Record<DatePart, string> = {
  year: '%Y',
  month: '%m',
  week: '%V',
  day: '%d',
  weekday: '%w',
  hour: '%H',
  minute: '%M',
  second: '%S',
};
const POSTGRES_PART: Record<DatePart, string> = {
  year: 'year',
  month: 'month',
  week: 'week',
  day: 'day',
  weekday: 'dow',
  hour: 'hour',
  minute: 'minute',
  second: 'second',
};

function emitPart(writer: StatementWriter, alias: string, part: DatePart, of: ColumnExpression): string {
  const column = emitColumn(writer, alias, of);
  if (writer.dialect === 'postgres') return `floor(extract(${POSTGRES_PART[part]} from ${column}))::int`;
  if (of.type === 'time') return `cast(strftime('${SQLITE_FORMAT[part]}', ${column}) as integer)`;
  // dateTime and date are stored as the wall time of the server's zone.
  const shown = of.type === 'timestamp' || SERVER_IS_UTC ? column : `${WALL_TIME}(${column})`;
  return `cast(strftime('${SQLITE_FORMAT[part]}', ${shown} / 1000.0, 'unixepoch') as integer)`;
}
