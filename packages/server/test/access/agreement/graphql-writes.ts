import { sayablePath, selection, treeOf } from './graphql.ts';
import { NOT_SHOWN } from './judge.ts';
import { fieldOf, type Json, type Payload, type World, type WriteCase } from './model.ts';
import { Viewer } from './oracle/viewer.ts';

/** A write as a document with its variables, and how its answer is read. */
export interface SaidWrite {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Not shown to who may not read what was written. */
  readonly read: (data: Record<string, Json>) => Json;
}

/** The part of a case that GraphQL has words for, to be asked of the oracle too; null where there is none. */
export function sayableWrite(one: WriteCase): WriteCase | null {
  if (one.kind.endsWith('matching')) return null;
  const { collection } = one;
  const fields = (one.query.fields ?? []).flatMap((path) => sayablePath(collection, path));
  return {
    ...one,
    caller: { ...one.caller, ip: one.caller.ip ?? '127.0.0.1' },
    payloads: one.payloads.map((payload) => sayablePayload(collection, payload)),
    query: { fields: fields.length > 0 ? [...new Set(fields)] : ['id'] },
  };
}

/** Items that are there already are told by an object with their key. */
function sayablePayload(collection: string, payload: Payload): Payload {
  const entries = Object.entries(payload).flatMap(([name, value]): [string, Json][] => {
    const field = fieldOf(collection, name);
    if (field?.kind === 'list')
      return Array.isArray(value) ? [[name, value.map((item) => objectOf(field.from, item))]] : [];
    if (field?.to) return [[name, value === null ? null : objectOf(field.to, value)]];
    if (field?.among && value !== null && typeof value === 'object') return [];
    if (field?.kind === 'integer' && name !== 'id') return [[name, value === null ? null : Number(value)]];
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

function objectOf(collection: string, item: Json): Json {
  const isObject = item !== null && typeof item === 'object' && !Array.isArray(item);
  return isObject ? sayablePayload(collection, item as Payload) : { id: item };
}

export function sayWrite(world: World, one: WriteCase): SaidWrite {
  const { collection, kind, keys, payloads } = one;
  const root = collection.replace(/^directus_/, '');
  const many = kind === 'create many' || kind === 'update many' || kind === 'update each';
  if (kind === 'delete') {
    const query = `mutation($ids: [ID]!) { delete_${root}_items(ids: $ids) { ids } }`;
    return { query, variables: { ids: keys }, read: () => [] };
  }
  const input = `${kind.startsWith('create') ? 'create' : 'update'}_${collection}_input!`;
  const [name, parameters, variables] = {
    create: [`create_${root}_item`, `$data: ${input}`, { data: payloads[0] }],
    'create many': [`create_${root}_items`, `$data: [${input}]`, { data: payloads }],
    update: [`update_${root}_item`, `$id: ID!, $data: ${input}`, { id: keys[0], data: payloads[0] }],
    'update many': [`update_${root}_items`, `$ids: [ID]!, $data: ${input}`, { ids: keys, data: payloads[0] }],
    'update each': [`update_${root}_batch`, `$data: [${input}]`, { data: payloads }],
  }[kind as 'create'] as [string, string, Record<string, unknown>];
  const values = Object.keys(variables).map((key) => `${key}: $${key}`);
  const shows = new Viewer(world, one.caller).mayRead(collection);
  const shown = selection(collection, treeOf(one.query.fields ?? []), undefined, {});
  const every = shows && many ? ', limit: -1' : '';
  return {
    query: `mutation(${parameters}) { ${name}(${values.join(', ')}${every}) ${shows ? shown.text : ''} }`,
    variables,
    read(data) {
      const answer = data[name] ?? null;
      if (!shows) return NOT_SHOWN;
      if (answer === null) return null;
      return Array.isArray(answer)
        ? answer.map((item) => shown.read(item as Record<string, Json>))
        : shown.read(answer as Record<string, Json>);
    },
  };
}
