import {
  type Decoder,
  decoderFor,
  emitComparable,
  emitExpression,
  emitPredicate,
  matchRows,
  type Predicate,
  quote,
  type StatementWriter,
} from '../sql/index.ts';
import type { FieldType } from '../wire/index.ts';
import type { OrderTerm } from './list.ts';
import type { SelectedOutput, Selection } from './selection.ts';
import type { Output, Shape } from './shape.ts';

/** PostgreSQL takes at most 100 arguments. */
const MAX_ARGUMENTS = 90;

type Nesting = 'row' | 'json';

/** The select list for a selection over the row under `alias`, and the shape of what comes back. */
export function emitSelection(
  writer: StatementWriter,
  alias: string,
  selection: Selection,
  nesting: Nesting,
): { columns: string[]; shape: Shape } {
  const columns: string[] = [];
  const outputs: Output[] = [];
  for (const output of selection.outputs) {
    const { text, output: shaped } = emitOutput(writer, alias, output, nesting);
    columns.push(text);
    outputs.push(shaped);
  }
  const chunk = nesting === 'json' && columns.length > MAX_ARGUMENTS ? MAX_ARGUMENTS : null;
  return { columns, shape: { outputs, chunk } };
}

function emitOutput(
  writer: StatementWriter,
  alias: string,
  selected: SelectedOutput,
  nesting: Nesting,
): { text: string; output: Output } {
  const { key } = selected;
  switch (selected.kind) {
    case 'value':
      return emitValue(writer, alias, selected, nesting);
    case 'one': {
      const { text, shape } = emitOne(writer, alias, selected, selected.where);
      return { text: nested(writer, text, nesting), output: { kind: 'one', key, shape } };
    }
    case 'many':
      return emitMany(writer, alias, selected, nesting);
    case 'any': {
      const branches = selected.branches.map((branch) => emitOne(writer, alias, branch, branch.where));
      const texts = branches.map(({ text }) => nested(writer, text, 'json'));
      const text = branches.length === 0 ? 'null' : jsonArray(writer, texts);
      const output: Output = { kind: 'any', key, branches: branches.map(({ shape }) => shape), decode: null };
      return { text: nested(writer, text, nesting), output };
    }
  }
}

function emitValue(
  writer: StatementWriter,
  alias: string,
  selected: SelectedOutput & { kind: 'value' },
  nesting: Nesting,
): { text: string; output: Output } {
  const { key, field } = selected;
  const text = emitExpression(writer, alias, selected.expression);
  // A secret does not even leave the database.
  if (field?.concealed)
    return { text: `case when ${text} is null then null else 1 end`, output: { kind: 'concealed', key } };
  const type = field?.type ?? (selected.expression.kind === 'json' ? 'json' : 'integer');
  return { text: exact(writer, text, type, nesting), output: { kind: 'value', key, decode: decoderOf(writer, type) } };
}

const decoderOf = (writer: StatementWriter, type: FieldType): Decoder | null => decoderFor(type, writer.dialect);

/** Numbers that a JSON number or a double might change travel as text, binary content in JSON as digits. */
function exact(writer: StatementWriter, text: string, type: FieldType, nesting: Nesting): string {
  if (writer.dialect === 'sqlite') {
    if (type === 'bigInteger') return `cast(${text} as text)`;
    if (type === 'binary' && nesting === 'json') return `hex(${text})`;
    if (type === 'unknown' && nesting === 'json')
      return `case typeof(${text}) when 'blob' then hex(${text}) else ${text} end`;
    return text;
  }
  // Arrays as lists, and of every other type the text that PostgreSQL has for it.
  if (type === 'unknown') return `to_jsonb(${text})`;
  return nesting === 'json' && (type === 'bigInteger' || type === 'decimal') ? `(${text})::text` : text;
}

/** JSON inside JSON has to be marked as such on SQLite, or it arrives as a string. */
const nested = (writer: StatementWriter, text: string, nesting: Nesting): string =>
  nesting === 'json' && writer.dialect === 'sqlite' ? `json(${text})` : text;

function jsonArray(writer: StatementWriter, columns: readonly string[]): string {
  const name = writer.dialect === 'sqlite' ? 'json_array' : 'json_build_array';
  if (columns.length <= MAX_ARGUMENTS) return `${name}(${columns.join(', ')})`;
  const chunks: string[] = [];
  for (let i = 0; i < columns.length; i += MAX_ARGUMENTS)
    chunks.push(`${name}(${columns.slice(i, i + MAX_ARGUMENTS).join(', ')})`);
  return `${name}(${chunks.join(', ')})`;
}

function emitOne(
  writer: StatementWriter,
  alias: string,
  selected: { rows: Parameters<typeof matchRows>[3]; selection: Selection },
  where: Predicate | null,
): { text: string; shape: Shape } {
  const inner = writer.alias();
  const { columns, shape } = emitSelection(writer, inner, selected.selection, 'json');
  const from = matchRows(writer, alias, inner, selected.rows);
  const condition = where ? ` and ${emitPredicate(writer, inner, where)}` : '';
  return { text: `(select ${jsonArray(writer, columns)} from ${from}${condition} limit 1)`, shape };
}

function emitMany(
  writer: StatementWriter,
  alias: string,
  selected: SelectedOutput & { kind: 'many' },
  nesting: Nesting,
): { text: string; output: Output } {
  const visible = selected.visible ? emitPredicate(writer, alias, selected.visible) : null;
  const inner = writer.alias();
  const rows = writer.alias();
  const { columns, shape } = emitSelection(writer, inner, selected.selection, 'json');
  const from = matchRows(writer, alias, inner, selected.rows);
  const where = selected.list.where ? ` and ${emitPredicate(writer, inner, selected.list.where)}` : '';
  const order = emitOrder(writer, inner, selected.list.order);
  const bounds = emitBounds(writer, selected.list);
  const names = columns.map((_, i) => `c${i}`);
  const list = columns.length > 0 ? columns.map((text, i) => `${text} as ${names[i]}`).join(', ') : '1';
  const elements = names.map((name, i) =>
    isJson(shape.outputs[i]) ? nested(writer, `${rows}.${name}`, 'json') : `${rows}.${name}`,
  );
  const element = selected.keys ? (elements[0] as string) : jsonArray(writer, elements);
  const page = `(select ${list} from ${from}${where}${order}${bounds}) ${rows}`;
  const array =
    writer.dialect === 'sqlite'
      ? `(select json_group_array(${element}) from ${page})`
      : `(select coalesce(json_agg(${element}), '[]') from ${page})`;
  const shown = visible ? `case when ${visible} then ${array} end` : array;
  const key = selected.key;
  const output: Output = selected.keys
    ? { kind: 'keys', key, decode: (shape.outputs[0] as Output & { kind: 'value' }).decode }
    : { kind: 'many', key, shape };
  return { text: nested(writer, shown, nesting), output };
}

const isJson = (output: Output | undefined): boolean =>
  output?.kind === 'one' || output?.kind === 'many' || output?.kind === 'keys' || output?.kind === 'any';

/** Null sorts lowest on both dialects. */
export function emitOrder(writer: StatementWriter, alias: string, order: readonly OrderTerm[]): string {
  if (order.length === 0) return '';
  const terms = order.map((term) => {
    const text = emitComparable(writer, alias, term.expression);
    const nulls = writer.dialect === 'postgres' && term.nullable ? ` nulls ${term.descending ? 'last' : 'first'}` : '';
    return `${text}${term.descending ? ' desc' : ''}${nulls}`;
  });
  return ` order by ${terms.join(', ')}`;
}

export function emitBounds(writer: StatementWriter, list: { limit: number | null; offset: number }): string {
  const offset = (): string => (list.offset > 0 ? ` offset ${writer.bind(list.offset)}` : '');
  if (list.limit !== null) return ` limit ${writer.bind(list.limit)}${notLookedAt(writer)}${offset()}`;
  if (list.offset === 0) return '';
  return writer.dialect === 'sqlite' ? ` limit -1${offset()}` : offset();
}

/**
 * SQLite looks at the value of a bare parameter there while it plans, and then plans anew for every run: up to ten times
 * the work of a nested list.
 */
const notLookedAt = (writer: StatementWriter): string => (writer.dialect === 'sqlite' ? ' + 0' : '');

/** Rows of a collection: where they come from and which of them count. */
export function emitSource(
  writer: StatementWriter,
  table: string,
  alias: string,
  conditions: readonly (Predicate | null)[],
): string {
  const texts = conditions.flatMap((condition) => (condition ? [emitPredicate(writer, alias, condition)] : []));
  return `${quote(table)} ${alias}${texts.length > 0 ? ` where ${texts.join(' and ')}` : ''}`;
}
