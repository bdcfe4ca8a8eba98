/** A token of SQL text at the outermost level: a word, a quoted name, a number, a text, a sign, or a whole bracket. */
export interface Token {
  readonly text: string;
  /** Upper case for bare words, null for everything else. */
  readonly word: string | null;
  /** The name it stands for, where it is one. */
  readonly name: string | null;
  readonly start: number;
  readonly end: number;
}

const BARE = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/uy;
const NUMBER = /\d[\w.]*/y;
const SPACE = /(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/y;

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '`': '`', "'": "'", '[': ']' };

/** Tokens of a piece of a CREATE TABLE statement as SQLite keeps it: its own, well-formed text. */
export function tokens(sql: string): Token[] {
  const found: Token[] = [];
  let at = skipSpace(sql, 0);
  while (at < sql.length) {
    const end = endOf(sql, at);
    found.push(token(sql, at, end));
    at = skipSpace(sql, end);
  }
  return found;
}

function match(pattern: RegExp, sql: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : at;
}

const skipSpace = (sql: string, at: number): number => match(SPACE, sql, at);

function endOf(sql: string, at: number): number {
  const first = sql[at] as string;
  if (first === '(') return closingBracket(sql, at);
  if (CLOSING[first]) return closingQuote(sql, at, CLOSING[first]);
  return Math.max(match(BARE, sql, at), match(NUMBER, sql, at), at + 1);
}

/** Behind the quote that ends the name or text; a doubled quote is part of it. */
function closingQuote(sql: string, at: number, quote: string): number {
  for (let i = at + 1; i < sql.length; i++) {
    if (sql[i] !== quote) continue;
    if (quote !== ']' && sql[i + 1] === quote) i++;
    else return i + 1;
  }
  throw new Error('Unfinished name in a table definition.');
}

function closingBracket(sql: string, at: number): number {
  let i = skipSpace(sql, at + 1);
  while (i < sql.length) {
    if (sql[i] === ')') return i + 1;
    i = skipSpace(sql, endOf(sql, i));
  }
  throw new Error('Unfinished bracket in a table definition.');
}

function token(sql: string, start: number, end: number): Token {
  const text = sql.slice(start, end);
  const bare = match(BARE, sql, start) === end;
  return { text, word: bare ? text.toUpperCase() : null, name: bare ? text : quotedName(text), start, end };
}

function quotedName(text: string): string | null {
  const quote = text[0] as string;
  const closing = CLOSING[quote];
  if (!closing) return null;
  const inner = text.slice(1, -1);
  return quote === '[' ? inner : inner.replaceAll(quote + quote, quote);
}
