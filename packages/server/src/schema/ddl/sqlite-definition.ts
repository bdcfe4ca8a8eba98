import { quote } from '../../sql/index.ts';
import { type Token, tokens } from './sqlite-tokens.ts';

export type ConstraintKind =
  | 'primary'
  | 'not-null'
  | 'unique'
  | 'check'
  | 'default'
  | 'collate'
  | 'references'
  | 'generated';

/** A part of a column's definition behind its type, as it is written. */
export interface ColumnConstraint {
  readonly kind: ConstraintKind;
  /** The table that a foreign key leads to. */
  readonly references: string | null;
  readonly text: string;
}

export interface ColumnDefinition {
  readonly name: string;
  type: string;
  constraints: ColumnConstraint[];
}

export interface TableConstraint {
  readonly kind: 'primary' | 'unique' | 'check' | 'foreign';
  /** The table's own columns in it; for a check, every name in it. */
  readonly columns: readonly string[];
  /** The table that a foreign key leads to. */
  readonly references: string | null;
  readonly text: string;
}

/** A CREATE TABLE statement taken apart, so that one column can change and everything else stays as it was written. */
export interface TableDefinition {
  columns: ColumnDefinition[];
  constraints: TableConstraint[];
  /** What stands behind the bracket: WITHOUT ROWID, STRICT. */
  readonly tail: string;
}

export function parseTable(sql: string): TableDefinition {
  const all = tokens(sql);
  const bracket = all.findIndex(({ text }) => text.startsWith('('));
  const body = all[bracket];
  if (!body) throw new Error('The table was not made by CREATE TABLE with columns.');
  const definition: TableDefinition = { columns: [], constraints: [], tail: sql.slice(body.end).trim() };
  const inner = body.text.slice(1, -1);
  for (const item of items(tokens(inner))) {
    if (definition.columns.length === 0 || !isTableConstraint(item)) {
      definition.columns.push(columnDefinition(item, inner));
    } else {
      for (const single of apart(item)) definition.constraints.push(tableConstraint(single, inner));
    }
  }
  return definition;
}

export function renderTable(name: string, definition: TableDefinition): string {
  const columns = definition.columns.map(({ name, type, constraints }) =>
    [quote(name), type, ...constraints.map(({ text }) => text)].filter(Boolean).join(' '),
  );
  const parts = [...columns, ...definition.constraints.map(({ text }) => text)];
  return `CREATE TABLE ${quote(name)} (\n  ${parts.join(',\n  ')}\n) ${definition.tail}`.trimEnd();
}

function items(list: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of list) {
    if (token.text === ',') groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.filter((group) => group.length > 0);
}

const TABLE_CONSTRAINTS = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);

const isTableConstraint = (item: readonly Token[]): boolean => TABLE_CONSTRAINTS.has(item[0]?.word ?? '');

/** SQLite lets the commas between table constraints be left out. */
function apart(item: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  for (const [i, token] of item.entries()) {
    const named = wordAt(item, i - 2) === 'CONSTRAINT';
    if (TABLE_CONSTRAINTS.has(token.word ?? '') && !named) groups.push([]);
    groups.at(-1)?.push(token);
  }
  return groups;
}

const KIND_BY_WORD: Readonly<Record<string, TableConstraint['kind']>> = {
  PRIMARY: 'primary',
  UNIQUE: 'unique',
  CHECK: 'check',
  FOREIGN: 'foreign',
};

function tableConstraint(item: readonly Token[], sql: string): TableConstraint {
  const start = item[0]?.word === 'CONSTRAINT' ? 2 : 0;
  const kind = KIND_BY_WORD[item[start]?.word ?? ''];
  const bracket = item.find((token, i) => i > start && token.text.startsWith('('));
  if (!kind || !bracket) throw new Error('Unknown constraint in a table definition.');
  return { kind, columns: namesIn(bracket, kind === 'check'), references: referenced(item), text: textOf(item, sql) };
}

/** Names inside a bracket: the columns of a key (the first name of each part), or every name of an expression. */
function namesIn(bracket: Token, everywhere: boolean): string[] {
  const inner = tokens(bracket.text.slice(1, -1));
  if (!everywhere) return items(inner).flatMap((part) => part[0]?.name ?? []);
  return inner.flatMap((token) => (token.text.startsWith('(') ? namesIn(token, true) : (token.name ?? [])));
}

function referenced(item: readonly Token[]): string | null {
  const at = item.findIndex(({ word }) => word === 'REFERENCES');
  return at < 0 ? null : (item[at + 1]?.name ?? null);
}

const textOf = (item: readonly Token[], sql: string): string => sql.slice(item[0]?.start ?? 0, item.at(-1)?.end ?? 0);

function columnDefinition(item: readonly Token[], sql: string): ColumnDefinition {
  const name = item[0]?.name;
  if (!name) throw new Error('A column without a name in a table definition.');
  let at = 1;
  while (at < item.length && !startsConstraint(item, at)) at++;
  const type = textOf(item.slice(1, at), sql);
  const constraints: ColumnConstraint[] = [];
  while (at < item.length) {
    const [kind, end] = columnConstraint(item, at);
    const part = item.slice(at, end);
    constraints.push({ kind, references: referenced(part), text: textOf(part, sql) });
    at = end;
  }
  return { name, type, constraints };
}

const COLUMN_CONSTRAINTS: Readonly<Record<string, ConstraintKind>> = {
  PRIMARY: 'primary',
  NOT: 'not-null',
  NULL: 'not-null',
  UNIQUE: 'unique',
  CHECK: 'check',
  DEFAULT: 'default',
  COLLATE: 'collate',
  REFERENCES: 'references',
  GENERATED: 'generated',
  AS: 'generated',
};

const wordAt = (item: readonly Token[], at: number): string => item[at]?.word ?? '';

const startsConstraint = (item: readonly Token[], at: number): boolean =>
  wordAt(item, at) === 'CONSTRAINT' || COLUMN_CONSTRAINTS[wordAt(item, at)] !== undefined;

/** The kind of the constraint that begins at a token, and where it ends. */
function columnConstraint(item: readonly Token[], at: number): [ConstraintKind, number] {
  const start = wordAt(item, at) === 'CONSTRAINT' ? at + 2 : at;
  const kind = COLUMN_CONSTRAINTS[wordAt(item, start)];
  if (!kind) throw new Error('Unknown constraint in a column definition.');
  if (kind === 'references') return [kind, endOfReferences(item, start + 1)];
  let end = start + 1;
  // The words that continue a constraint and would start another one elsewhere.
  if (kind === 'not-null' && wordAt(item, start) === 'NOT') end++;
  if (kind === 'default') end += /^[+-]$/.test(item[end]?.text ?? '') ? 2 : 1;
  if (kind === 'generated') end = item.findIndex((token, i) => i >= start && token.text.startsWith('(')) + 1;
  while (end < item.length && !startsConstraint(item, end)) end++;
  return [kind, end];
}

/** `REFERENCES t (c) ON DELETE SET NULL NOT DEFERRABLE`: NULL and NOT don't start a constraint of the column here. */
function endOfReferences(item: readonly Token[], from: number): number {
  let at = from + 1;
  while (at < item.length) {
    const [word, next] = [wordAt(item, at), wordAt(item, at + 1)];
    if (word === 'ON') at += wordAt(item, at + 2) === 'SET' || wordAt(item, at + 2) === 'NO' ? 4 : 3;
    else if (word === 'NOT' && next === 'DEFERRABLE') at += 2;
    else if (startsConstraint(item, at)) return at;
    else at++;
  }
  return at;
}
