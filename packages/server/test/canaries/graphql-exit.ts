import type { Exit } from './exits.ts';
import type { Question } from './questions.ts';

/** Stands for what GraphQL has no words for. */
class Unspeakable extends Error {}

const named = (name: string): string => {
  if (!/^[_A-Za-z]\w*$/.test(name)) throw new Unspeakable(name);
  return name;
};

const CALL = /^(\w+)\((\w+)\)$/;

/** A value as it stands in a document. `year(opened)` is `opened_func`, and `item:rooms` `item__rooms`. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(' ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, inner]) => {
    const [, call, field] = CALL.exec(key) ?? [];
    if (call && field) return `${field}_func: {${call}: ${literal(inner)}}`;
    return `${named(key.replace(':', '__'))}: ${literal(inner)}`;
  });
  return `{${parts.join(' ')}}`;
}

const list = (value: unknown): string[] => {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value.map(String) : String(value).split(/,(?! )/);
};

function args(query: Readonly<Record<string, unknown>>, prefix = ''): string {
  const parts = ['filter', 'search', 'limit', 'offset', 'page'].flatMap((name) =>
    query[prefix + name] === undefined ? [] : [`${name}: ${literal(query[prefix + name])}`],
  );
  for (const name of ['sort', 'groupBy']) {
    const paths = list(query[prefix + name]);
    if (paths.length > 0) parts.push(`${name}: ${literal(paths)}`);
  }
  return parts.length > 0 ? `(${parts.join(' ')})` : '';
}

type Tree = Map<string, Tree>;

function treeOf(paths: readonly string[]): Tree {
  const tree: Tree = new Map();
  for (const path of paths) {
    let level = tree;
    for (const part of path.split('.')) {
      const inner = level.get(part) ?? new Map();
      level.set(part, inner);
      level = inner;
    }
  }
  return tree;
}

interface Words {
  readonly alias?: Readonly<Record<string, string>>;
  readonly deep?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function selection(tree: Tree, { alias = {}, deep = {} }: Words): string {
  const parts = [...tree].map(([key, below]) => {
    const target = alias[key] ?? key;
    const [, call, field] = CALL.exec(target) ?? [];
    if (call && field) return key === target ? `${field}_func {${call}}` : `${named(key)}: ${field}_func {${call}}`;
    const [name = '', to] = target.split(':');
    const own = deep[key] ?? {};
    const inner = below.size === 0 ? '' : selection(below, { alias: own._alias as Words['alias'] });
    const shown = to && inner ? `{... on ${named(to)} ${inner}}` : inner;
    return `${key === target || to ? '' : `${named(key)}: `}${named(name)}${args(own, '_')} ${shown}`;
  });
  return `{${parts.join(' ')}}`;
}

function aggregated({ aggregate, groupBy }: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries((aggregate ?? {}) as Record<string, string>).map(([name, field]) =>
    field === '*' ? 'countAll' : `${named(name)} {${named(field)}}`,
  );
  return `{${[...parts, ...(groupBy ? ['group'] : [])].join(' ')}}`;
}

function documentOf({ path, key, query }: Question): string {
  const root = named(path.slice(path.lastIndexOf('/') + 1));
  if (query.aggregate || query.groupBy) return `{${root}_aggregated${args(query)} ${aggregated(query)}}`;
  const fields = list(query.fields).filter((field) => !field.includes('*'));
  const shown = selection(treeOf(fields.length > 0 ? fields : ['id']), query as Words);
  if (key === undefined)
    return `{${root}${args(query)} ${shown} ${root}_aggregated${args({ filter: query.filter })} {countAll}}`;
  const version = query.version ? ` version: ${literal(query.version)}` : '';
  return `{${root}_by_id(id: ${literal(key)}${version}) ${shown}}`;
}

/** A question as a document; null for one that GraphQL has no words for. */
export const asDocument = (question: Question): string | null => spoken(() => documentOf(question));

/** What is asked of items, asked of those that change from now on. */
export const asSubscription = ({ path, query }: Question): string | null =>
  spoken(() => {
    const fields = list(query.fields).filter((field) => !field.includes('*'));
    const shown = selection(treeOf(fields.length > 0 ? fields : ['id']), query as Words);
    const name = path.startsWith('/items/') ? path.slice('/items/'.length) : `directus_${path.slice(1)}`;
    return `subscription {${named(name)}_mutated {key event data ${shown}}}`;
  });

function spoken(write: () => string): string | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof Unspeakable) return null;
    throw error;
  }
}

/** Every question that has words in GraphQL, in them: selections, arguments of lists, aggregates. */
export const GRAPHQL: Exit = {
  name: 'GraphQL',
  every: 3,
  words: (question) => {
    const url = question.path.startsWith('/items/') ? '/graphql' : '/graphql/system';
    const query = asDocument(question);
    return query === null ? null : { method: 'POST', url, body: { query } };
  },
};

const ask = (query: string, url = '/graphql') => ({ method: 'POST', url, body: { query } });
const TYPE =
  '{kind name fields {name args {name} type {name kind ofType {name}}} inputFields {name} possibleTypes {name}}';

/** What is told of the data model, and of oneself. */
export const GRAPHQL_FIXED = [
  ...['/graphql', '/graphql/system'].map((url) =>
    ask(`{__schema {types ${TYPE} queryType {name} mutationType {name}}}`, url),
  ),
  ...['vaults', 'closed', 'vaults_filter', 'rooms_aggregated', 'update_vaults_input'].map((name) =>
    ask(`{__type(name: "${name}") ${TYPE}}`),
  ),
  ...['{users_me {id email last_name role {id}}}', '{permissions_me roles_me policies_me_globals {app_access}}'].map(
    (query) => ask(query, '/graphql/system'),
  ),
  ask(
    '{collections {collection meta {note hidden}} fields {collection field} relations {collection field}}',
    '/graphql/system',
  ),
  ask('{server_info server_specs_oas server_specs_graphql}', '/graphql/system'),
  ask('{vaults {label code} closed {label} nothing {label}}'),
];

/** Changes that some may make and others not. */
export const GRAPHQL_WRITES = [
  ...['1', '2', '51', '99'].flatMap((key) => [
    ask(`mutation {update_vaults_item(id: ${key}, data: {label: "changed"}) {id label}}`),
    ask(`mutation {update_vaults_item(id: ${key}, data: {code: "canary-a-2"}) {id}}`),
    ask(`mutation {update_vaults_item(id: ${key}, data: {notes: [{id: 1, text: "x"}]}) {id}}`),
  ]),
  ask('mutation {update_vaults_items(ids: [1, 2, 51], data: {label: "x"}) {id}}'),
  ask('mutation {update_vaults_batch(data: [{id: 2, label: "x"}, {id: 51, label: "y"}]) {id}}'),
  ask('mutation {create_vaults_item(data: {label: "x", room: {id: 2}}) {label room {name}}}'),
  ask('mutation {create_closed_item(data: {id: 50}) {id}}'),
  ask('mutation {auth_login(email: "victim@example.com", password: "canary-b") {expires}}', '/graphql/system'),
  ask('mutation {delete_vaults_items(ids: [2, 51]) {ids}}'),
  ask('mutation {delete_vaults_item(id: 99) {id}}'),
];
