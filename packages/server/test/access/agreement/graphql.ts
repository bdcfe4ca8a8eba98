import type { FastifyInstance } from 'fastify';
import { createServer, type Project } from '../../../src/app.ts';
import type { Got } from './database.ts';
import { sayWrite } from './graphql-writes.ts';
import {
  type Case,
  type Deep,
  type FieldModel,
  type Filter,
  fieldOf,
  type Json,
  type RawQuery,
  type ReadCase,
  type World,
  type WriteCase,
} from './model.ts';
import { tokenOf } from './tokens.ts';

const CALL = /^(\w+)\((\w+)\)$/;
const SUMS: ReadonlySet<string> = new Set(['sum', 'avg', 'min', 'max', 'sumDistinct']);

type Tree = Map<string, Tree>;
interface Said {
  readonly text: string;
  /** An answer of GraphQL as one of the other API. */
  readonly read: (answer: Record<string, Json>) => Json;
}

/** The part of a case that GraphQL has words for, to be asked of the oracle too; null where nothing is left. */
export function sayable(one: ReadCase): ReadCase | null {
  if (one.kind === 'keys') return null;
  const { meta: _, alias, filter, deep, ...rest } = one.query;
  const query: RawQuery = {
    ...rest,
    ...(filter && { filter: sayableFilter(one.collection, filter) }),
    ...(deep && { deep: sayableDeep(one.collection, deep) }),
  };
  if (query.aggregate || query.groupBy) return { ...one, query: sayableGroups(one.collection, query) };
  const plain = Object.entries(alias ?? {}).filter(([, to]) => isPlain(fieldOf(one.collection, to)));
  const names = new Set(plain.map(([name]) => name));
  const paths = (query.fields ?? []).flatMap((path) => (names.has(path) ? [path] : sayablePath(one.collection, path)));
  const fields = paths.filter((path) => path !== 'other' || names.has('other'));
  return {
    ...one,
    query: {
      ...query,
      fields: fields.length > 0 ? [...new Set(fields)] : ['id'],
      ...(plain.length > 0 && { alias: Object.fromEntries(plain) }),
    },
  };
}

/** With an operator for every value, and the key behind a relation in the place of the relation. */
function sayableFilter(collection: string | undefined, filter: Filter): Filter {
  return Object.fromEntries(
    Object.entries(filter).map(([key, value]) => [key, sayableCondition(collection, key, value)]),
  );
}

function sayableCondition(collection: string | undefined, key: string, value: Json): Json {
  if (key === '_and' || key === '_or')
    return Array.isArray(value) ? value.map((part) => sayableFilter(collection, part as Filter)) : value;
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  if (key === '_some' || key === '_none') return sayableFilter(collection, value as Filter);
  const field = collection === undefined ? undefined : fieldOf(collection, key);
  const to = field && (field.kind === 'list' ? field.from : field.to);
  if (!isObject) return to ? { id: { _eq: value } } : { _eq: value };
  if (!to) return value;
  const operators = Object.entries(value).filter(([name]) => /^_(?!and$|or$|some$|none$)/.test(name));
  const others = Object.entries(value).filter((entry) => !operators.some(([name]) => name === entry[0]));
  const below = sayableFilter(to, Object.fromEntries(others));
  return operators.length === 0 ? below : { _and: [below, { id: Object.fromEntries(operators) }] };
}

function sayableDeep(collection: string | undefined, deep: Deep): Deep {
  const entries = Object.entries(deep).map(([key, value]): [string, Json] => {
    if (key === '_filter') return [key, sayableFilter(collection, value as Filter)];
    const field = collection === undefined ? undefined : fieldOf(collection, key);
    if (!field || key.startsWith('_')) return [key, value];
    return [key, sayableDeep(field.kind === 'list' ? field.from : field.to, value as Deep)];
  });
  return Object.fromEntries(entries);
}

const isPlain = (field: FieldModel | undefined): boolean =>
  field !== undefined && field.kind !== 'list' && !field.to && !field.among;

/** Stars, and keys that may be of several collections, have no words; a relation is shown by the key behind it. */
export function sayablePath(collection: string, path: string): string[] {
  let at: string | undefined = collection;
  const parts = path.split('.');
  for (const [i, part] of parts.entries()) {
    if (part === '*' || part.includes(':')) return [];
    const field: FieldModel | undefined = at === undefined ? undefined : fieldOf(at, part);
    if (field && 'among' in field && field.among) return [];
    at = field && (field.kind === 'list' ? field.from : field.to);
    if (i === parts.length - 1 && at) return [`${path}.id`];
  }
  return [path];
}

function sayableGroups(collection: string, query: RawQuery): RawQuery {
  const aggregate = Object.entries(query.aggregate ?? {}).flatMap(([name, fields]): [string, readonly string[]][] => {
    if (fields.includes('*')) return [[name, ['*']]];
    const known = fields.filter(
      (field) => !CALL.test(field) && (!SUMS.has(name) || fieldOf(collection, field)?.kind === 'integer'),
    );
    return known.length > 0 ? [[name, known]] : [];
  });
  const { groupBy = [], sort, ...rest } = query;
  const sorted = sort?.filter((entry) => groupBy.includes(entry.replace(/^-/, '')));
  return {
    ...rest,
    ...(groupBy.length > 0 && { groupBy }),
    ...(sorted && sorted.length > 0 && { sort: sorted }),
    aggregate: aggregate.length === 0 && groupBy.length === 0 ? { count: ['*'] } : Object.fromEntries(aggregate),
  };
}

function literal(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(' ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, inner]) => {
    const [, call, field] = CALL.exec(key) ?? [];
    return call && field
      ? `${field}_func: {${call}: ${literal(inner as Json)}}`
      : `${key.replace(':', '__')}: ${literal(inner as Json)}`;
  });
  return `{${parts.join(' ')}}`;
}

function args(query: Readonly<Record<string, unknown>>, prefix = ''): string {
  const names = ['filter', 'sort', 'groupBy', 'limit', 'offset', 'page', 'search'];
  const given = names.filter((name) => query[prefix + name] !== undefined);
  return given.length === 0
    ? ''
    : `(${given.map((name) => `${name}: ${literal(query[prefix + name] as Json)}`).join(' ')})`;
}

export function treeOf(paths: readonly string[]): Tree {
  const tree: Tree = new Map();
  for (const path of paths) {
    let level = tree;
    for (const part of path.split('.')) {
      const inner: Tree = level.get(part) ?? new Map();
      level.set(part, inner);
      level = inner;
    }
  }
  return tree;
}

export function selection(collection: string, tree: Tree, alias: RawQuery['alias'], deep: Deep): Said {
  const parts = [...tree].map(([key, below]) => said(collection, key, below, alias?.[key] ?? key, deep));
  return {
    text: `{${parts.map(({ text }) => text).join(' ')}}`,
    read: (answer) => Object.assign({}, ...parts.map(({ read }) => read(answer))),
  };
}

function said(collection: string, key: string, below: Tree, target: string, deep: Deep): Said {
  const [, call, of] = CALL.exec(target) ?? [];
  if (call && of) {
    const own = `${of}__${call}`;
    const read: Said['read'] = (answer) => ({ [`${of}_${call}`]: (answer[own] as Record<string, Json>)[call] ?? null });
    return { text: `${own}: ${of}_func {${call}}`, read };
  }
  const field = fieldOf(collection, target);
  if (below.size === 0) {
    const isNumber = target === 'id' && field?.kind === 'integer';
    return {
      text: key === target ? key : `${key}: ${target}`,
      read: (answer) => ({ [key]: isNumber && answer[key] !== null ? Number(answer[key]) : (answer[key] ?? null) }),
    };
  }
  const to = field?.kind === 'list' ? field.from : (field?.to ?? '');
  const own = (deep[key] ?? {}) as Deep;
  const inner = selection(to, below, undefined, own);
  const readOne = (value: Json): Json => (value === null ? null : inner.read(value as Record<string, Json>));
  return {
    text: `${key}${args(own, '_')} ${inner.text}`,
    read: (answer) => {
      const value = answer[key] ?? null;
      return { [key]: Array.isArray(value) ? value.map(readOne) : readOne(value) };
    },
  };
}

function groups({ aggregate = {}, groupBy }: RawQuery): Said {
  const all = Object.entries(aggregate).map(([name, fields]): Said => {
    if (!fields.includes('*'))
      return { text: `${name} {${fields.join(' ')}}`, read: (row) => ({ [name]: row[name] ?? null }) };
    return { text: 'countAll', read: (row) => ({ [name]: row.countAll ?? null }) };
  });
  if (groupBy) all.push({ text: 'group', read: (row) => row.group ?? null });
  return {
    text: `{${all.map(({ text }) => text).join(' ')}}`,
    read: (row) => Object.assign({}, ...all.map(({ read }) => read(row))),
  };
}

/** A case as a document, and how its answer is read. */
function documentOf({ collection, kind, keys, query }: ReadCase): Said {
  const root = collection.replace(/^directus_/, '');
  const list = (name: string, { text, read }: Said): Said => ({
    text: `{${name}${args({ ...query })} ${text}}`,
    read: (data) => (data[name] as Record<string, Json>[]).map(read),
  });
  if (query.aggregate || query.groupBy) return list(`${root}_aggregated`, groups(query));
  const shown = selection(collection, treeOf(query.fields ?? []), query.alias, query.deep ?? {});
  if (kind === 'list') return list(root, shown);
  const name = `${root}_by_id`;
  return {
    text: `{${name}(id: ${JSON.stringify(keys[0])}) ${shown.text}}`,
    read: (data) => [shown.read(data[name] as Record<string, Json>)],
  };
}

/** A project's GraphQL, asked without a socket. */
export class GraphqlExit {
  readonly #server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  static async open(project: Project): Promise<GraphqlExit> {
    const server = await createServer(project, () => {});
    await server.ready();
    return new GraphqlExit(server);
  }

  async ask(one: ReadCase): Promise<Got & { readonly document: string }> {
    const { text, read } = documentOf(one);
    return { ...(await this.#ask(one, { query: text }, read)), document: text };
  }

  async write(world: World, one: WriteCase): Promise<Got> {
    const { query, variables, read } = sayWrite(world, one);
    return this.#ask(one, { query, variables }, read);
  }

  async #ask(
    { caller, collection }: Case,
    asked: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
    read: (data: Record<string, Json>) => Json,
  ): Promise<Got> {
    const { payload } = await this.#server.inject({
      method: 'POST',
      url: collection.startsWith('directus_') ? '/graphql/system' : '/graphql',
      remoteAddress: caller.ip ?? '127.0.0.1',
      headers: {
        'content-type': 'application/json',
        ...(caller.user === null ? {} : { authorization: `Bearer ${tokenOf(caller.user)}` }),
      },
      payload: JSON.stringify(asked),
    });
    const body = JSON.parse(payload) as {
      data?: Record<string, Json> | null;
      errors?: { extensions: { code: string } }[];
    };
    if (body.errors) return { code: body.errors[0]?.extensions.code ?? 'none' };
    return { items: read(body.data ?? {}), meta: null };
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}
