import { invalidQuery } from '../errors/index.ts';
import { nestsDeeperThan } from '../kernel/json-nesting.ts';
import type { Json } from '../wire/index.ts';
import {
  AGGREGATES,
  type AggregateName,
  type DeepQuery,
  EMPTY_QUERY,
  EXPORT_FORMATS,
  type ExportFormat,
  type MetaName,
  NO_DEEP,
  type Query,
} from './types.ts';

type Raw = Readonly<Record<string, unknown>>;

const MAX_PATHS = 1000;
const MAX_DEEP = 20;
/** Levels of lists and objects in a parameter that is JSON. */
const MAX_NESTING = 200;
/** Characters of a search. */
const MAX_SEARCH = 5000;

/**
 * A query from parsed parameters or from the `query` of a SEARCH body. Throws INVALID_QUERY naming the parameter.
 * Parameters that are unknown, such as `access_token`, are left alone.
 */
export function parseQuery(raw: Raw, maxRows: number | null): Query {
  return {
    ...EMPTY_QUERY,
    fields: fieldsOf(raw.fields),
    filter: filterOf(raw.filter, 'filter'),
    sort: pathsOf(raw.sort, 'sort'),
    limit: limitOf(raw.limit, maxRows),
    offset: offsetOf(raw.offset),
    page: pageOf(raw.page),
    search: searchOf(raw.search),
    meta: metaOf(raw.meta),
    aggregate: aggregateOf(raw.aggregate),
    groupBy: pathsOf(raw.groupBy ?? raw.group, 'groupBy'),
    deep: deepOf(raw.deep, maxRows),
    alias: aliasOf(raw.alias),
    export: exportOf(raw.export),
    version: typeof raw.version === 'string' && raw.version !== '' ? raw.version : null,
    backlink: raw.backlink !== 'false' && raw.backlink !== false,
    kept: null,
  };
}

/** A list, a text with commas, or an object that `a[]=` became beyond the array limit. */
function texts(value: unknown, name: string): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return splitPaths(value);
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap((part) => texts(part, name));
  if (typeof value === 'object') return Object.values(value).flatMap((part) => texts(part, name));
  throw invalidQuery(`"${name}" has to be a list of texts.`);
}

/** Commas inside parentheses belong to a function call. */
function splitPaths(text: string): string[] {
  if (!text.includes('(')) return text.split(',');
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (c === ',' && depth <= 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

function pathsOf(value: unknown, name: string): string[] {
  const paths = texts(value, name)
    .map((path) => path.trim())
    .filter((path) => path !== '');
  if (paths.length > MAX_PATHS) throw invalidQuery(`"${name}" takes at most ${MAX_PATHS} entries.`);
  return [...new Set(paths)];
}

function fieldsOf(value: unknown): string[] | null {
  const fields = pathsOf(value, 'fields');
  return fields.length === 0 ? null : fields;
}

function jsonOf(value: unknown, name: string): unknown {
  if (typeof value !== 'string') return value;
  if (nestsDeeperThan(value, MAX_NESTING))
    throw invalidQuery(`"${name}" is nested more than ${MAX_NESTING} levels deep.`);
  try {
    return JSON.parse(value);
  } catch {
    throw invalidQuery(`"${name}" is no valid JSON.`);
  }
}

function filterOf(value: unknown, name: string): Json {
  if (value === undefined || value === null || value === '') return null;
  const filter = jsonOf(value, name);
  if (filter === null) return null;
  if (typeof filter !== 'object' || Array.isArray(filter)) throw invalidQuery(`"${name}" has to be an object.`);
  return filter as Json;
}

function wholeNumber(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw invalidQuery(`"${name}" has to be a whole number.`);
  return number;
}

function limitOf(value: unknown, maxRows: number | null): number | null {
  if (value === undefined || value === null || value === '') return null;
  const limit = wholeNumber(value, 'limit');
  if (limit < -1) throw invalidQuery('"limit" has to be -1 or more.');
  if (maxRows !== null && limit > maxRows) throw invalidQuery(`"limit" can be ${maxRows} at most.`);
  return limit;
}

function offsetOf(value: unknown): number {
  if (value === undefined || value === null || value === '') return 0;
  const offset = wholeNumber(value, 'offset');
  if (offset < 0) throw invalidQuery('"offset" has to be 0 or more.');
  return offset;
}

function pageOf(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  const page = wholeNumber(value, 'page');
  if (page < 0) throw invalidQuery('"page" has to be 0 or more.');
  return Math.max(1, page);
}

function searchOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw invalidQuery('"search" has to be a text.');
  const text = String(value);
  if (text.length > MAX_SEARCH) throw invalidQuery(`"search" can have ${MAX_SEARCH} characters at most.`);
  return text;
}

const META_NAMES: readonly MetaName[] = ['total_count', 'filter_count'];

function metaOf(value: unknown): readonly MetaName[] {
  const names = pathsOf(value, 'meta');
  const unknown = names.find((name) => name !== '*' && !META_NAMES.includes(name as MetaName));
  if (unknown !== undefined) throw invalidQuery('"meta" takes total_count, filter_count or *.');
  return names.includes('*') ? META_NAMES : META_NAMES.filter((name) => names.includes(name));
}

function aggregateOf(value: unknown): { name: AggregateName; field: string }[] {
  const parsed = jsonOf(value === '' ? undefined : value, 'aggregate');
  if (parsed === undefined || parsed === null) return [];
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw invalidQuery('"aggregate" has to be an object.');
  return Object.entries(parsed).flatMap(([name, fields]) => {
    if (!AGGREGATES.includes(name as AggregateName)) throw invalidQuery(`"aggregate" takes ${AGGREGATES.join(', ')}.`);
    return pathsOf(fields, 'aggregate').map((field) => ({ name: name as AggregateName, field }));
  });
}

function exportOf(value: unknown): ExportFormat | null {
  if (value === undefined || value === null || value === '') return null;
  if (!EXPORT_FORMATS.includes(value as ExportFormat))
    throw invalidQuery(`"export" takes ${EXPORT_FORMATS.join(', ')}.`);
  return value as ExportFormat;
}

function aliasOf(value: unknown): Map<string, string> {
  const parsed = jsonOf(value === '' ? undefined : value, 'alias');
  if (parsed === undefined || parsed === null) return new Map();
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw invalidQuery('"alias" has to be an object.');
  const alias = new Map<string, string>();
  for (const [key, target] of Object.entries(parsed)) {
    if (typeof target !== 'string' || key.includes('.') || target.includes('.') || key === '__proto__') {
      throw invalidQuery('"alias" takes names without dots.');
    }
    alias.set(key, target);
  }
  return alias;
}

/** Deep queries that can't be read are no queries, as the API has it. */
function deepOf(value: unknown, maxRows: number | null): DeepQuery {
  if (value === undefined || value === null || value === '') return NO_DEEP;
  let parsed: unknown = value;
  if (typeof value === 'string') {
    if (nestsDeeperThan(value, MAX_NESTING)) return NO_DEEP;
    try {
      parsed = JSON.parse(value);
    } catch {
      return NO_DEEP;
    }
  }
  return deepLevel(parsed, maxRows, 0);
}

function deepLevel(value: unknown, maxRows: number | null, depth: number): DeepQuery {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return NO_DEEP;
  if (depth > MAX_DEEP) throw invalidQuery('"deep" is nested too deeply.');
  const raw: Record<string, unknown> = Object.create(null);
  const of = new Map<string, DeepQuery>();
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('_')) raw[key.slice(1)] = inner;
    else of.set(key, deepLevel(inner, maxRows, depth + 1));
  }
  const { filter, sort, limit, offset, page, search, alias } = parseQuery(raw, maxRows);
  return { own: { filter, sort, limit, offset, page, search, alias }, of };
}
