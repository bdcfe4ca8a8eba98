import {
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import type { AccessProfile } from '../../access/index.ts';
import { invalidQuery } from '../../errors/index.ts';
import { type DeepQuery, type Item, NO_DEEP, type Query } from '../../query/index.ts';
import type { Collection, Field } from '../../schema/types.ts';
import type { Json } from '../../wire/index.ts';
import { functionsOf } from '../value-types.ts';
import type { Arguments } from './arguments.ts';
import type { Chosen, Collector } from './collect.ts';
import type { Cost } from './cost.ts';
import { collectionNamed } from './filters.ts';

/** What is asked of a collection: the query for it, and how its items become those of the answer. */
export interface Asked {
  readonly fields: readonly string[];
  readonly alias: Query['alias'];
  readonly deep: DeepQuery;
  readonly project: (item: Item) => Item;
}

type Value = (item: Item) => Json;

/** Stands for a value that every item has, so that an item is seen where nothing of it is asked but its type. */
const MARK = '#';

/** Reads selections as queries: every answer key is an alias, so one query serves a whole tree of them. */
export class SelectionReader {
  readonly #schema: GraphQLSchema;
  readonly #profile: AccessProfile;
  readonly #collector: Collector;
  readonly #arguments: Arguments;
  readonly #cost: Cost;
  #level = 0;

  constructor(parts: {
    schema: GraphQLSchema;
    profile: AccessProfile;
    collector: Collector;
    arguments: Arguments;
    cost: Cost;
  }) {
    this.#schema = parts.schema;
    this.#profile = parts.profile;
    this.#collector = parts.collector;
    this.#arguments = parts.arguments;
    this.#cost = parts.cost;
  }

  /**
   * `rows` is how many items there may be, `unions` which types they are members of here. Throws INVALID_QUERY, and
   * GRAPHQL_VALIDATION when it costs too much.
   */
  read(collection: Collection, sets: readonly SelectionSetNode[], rows: number, unions: readonly string[] = []): Asked {
    const { maxDepth } = this.#cost;
    // The plan says where it is. Reading goes down by calls, and what can't be planned costs nothing.
    if (this.#level > maxDepth + 1) throw invalidQuery(`The document goes over more than ${maxDepth} relations.`);
    this.#level += 1;
    try {
      return this.#read(collection, sets, rows, unions);
    } finally {
      this.#level -= 1;
    }
  }

  #read(collection: Collection, sets: readonly SelectionSetNode[], rows: number, unions: readonly string[]): Asked {
    const type = this.#schema.getType(collection.name) as GraphQLObjectType;
    const chosen = this.#collector.collect(sets, (name) => name === collection.name || unions.includes(name));
    if (this.#level <= this.#cost.maxDepth + 1) this.#cost.charge(rows, chosen.length);
    const level = new Level(this.#markOf(collection), rows);
    const values = chosen.map((one): [string, Value] => [one.key, this.#value(one, collection, type, level)]);
    return {
      fields: level.fields,
      alias: level.alias,
      deep: level.deep.size === 0 ? NO_DEEP : { own: {}, of: level.deep },
      project(item) {
        const answer: Item = {};
        for (const [key, value] of values) answer[key] = value(item);
        return answer;
      },
    };
  }

  /** A field that the caller may read of the collection, and that is no relation. */
  #markOf(collection: Collection): string {
    const readable = this.#profile.require(collection.name, 'read').fields;
    const fields = [...collection.fields.values()].filter(({ name, column }) => column && readable.has(name));
    const plain = fields.find(({ name }) => name === collection.primaryKey) ?? fields[0];
    if (!plain) throw new Error(`nothing of ${collection.name} can be read`);
    return plain.name;
  }

  #value(chosen: Chosen, collection: Collection, type: GraphQLObjectType, level: Level): Value {
    const { key, name } = chosen;
    if (name === '__typename') {
      level.mark();
      return () => collection.name;
    }
    const field = collection.fields.get(name);
    if (!field) return this.#functions(chosen, fieldNamed(collection, name.slice(0, -'_func'.length)), level);
    const below = getNamedType(type.getFields()[name]?.type);
    if (isUnionType(below)) return this.#any(chosen, field, below.name, level);
    if (isObjectType(below)) return this.#related(chosen, field, type, level);
    level.ask(key, name);
    const convert = converterOf(field, collection);
    return (item) => convert(item[key] ?? null);
  }

  /** `opened_func { year }` */
  #functions({ key, below }: Chosen, field: Field, level: Level): Value {
    const type = `${functionsOf(field)}_functions`;
    const calls = this.#collector
      .collect(below, () => true)
      .map((call): [string, Value] => {
        if (call.name === '__typename') return [call.key, () => type];
        const alias = `${key}${MARK}${call.key}`;
        level.ask(alias, `${call.name}(${field.name})`);
        return [call.key, (item) => item[alias] ?? null];
      });
    return (item) => Object.fromEntries(calls.map(([name, value]) => [name, value(item)]));
  }

  #related(chosen: Chosen, field: Field, type: GraphQLObjectType, level: Level): Value {
    const { key, name } = chosen;
    const relation = field.relation;
    if (!relation || relation.kind === 'm2a') throw new Error(`${name} leads nowhere`);
    const related = collectionNamed(this.#profile.snapshot, relation.collection);
    const own = this.#arguments.ofList(type, chosen.node, related);
    const rows = relation.kind === 'm2o' ? level.rows : this.#cost.nested(level.rows, own.limit ?? null);
    const asked = this.read(related, chosen.below, rows);
    level.nest(key, name, asked, own);
    if (relation.kind === 'm2o') {
      return (item) => {
        const one = item[key];
        return one === null || one === undefined ? null : asked.project(one as Item);
      };
    }
    return (item) => (item[key] as Item[] | null | undefined)?.map((one) => asked.project(one)) ?? null;
  }

  #any(chosen: Chosen, field: Field, union: string, level: Level): Value {
    const { key, name } = chosen;
    if (field.relation?.kind !== 'm2a') throw new Error(`${name} leads to one collection`);
    const members = field.relation.allowed.map((allowed) => {
      const asked = this.read(collectionNamed(this.#profile.snapshot, allowed), chosen.below, level.rows, [union]);
      const mark = `${MARK}${allowed}`;
      level.nestAny(key, name, allowed, asked, mark, this.#markOf(collectionNamed(this.#profile.snapshot, allowed)));
      return { mark, project: asked.project };
    });
    return (item) => {
      const one = item[key] as Item | null | undefined;
      if (one === null || one === undefined) return null;
      return members.find(({ mark }) => Object.hasOwn(one, mark))?.project(one) ?? null;
    };
  }
}

/** The query of one level in the making. */
class Level {
  readonly fields: string[] = [];
  readonly alias = new Map<string, string>();
  readonly deep = new Map<string, DeepQuery>();
  readonly rows: number;
  readonly #plain: string;

  constructor(plain: string, rows: number) {
    this.#plain = plain;
    this.rows = rows;
  }

  mark(): void {
    this.ask(MARK, this.#plain);
  }

  ask(key: string, target: string): void {
    this.fields.push(key);
    if (key !== target) this.alias.set(key, target);
  }

  nest(key: string, name: string, asked: Asked, own: DeepQuery['own']): void {
    if (key !== name) this.alias.set(key, name);
    for (const path of asked.fields) this.fields.push(`${key}.${path}`);
    this.deep.set(key, { own: { ...own, alias: asked.alias }, of: asked.deep.of });
  }

  nestAny(key: string, name: string, to: string, asked: Asked, mark: string, plain: string): void {
    if (key !== name) this.alias.set(key, name);
    const alias = new Map(asked.alias).set(mark, plain);
    for (const path of [mark, ...asked.fields]) this.fields.push(`${key}:${to}.${path}`);
    this.deep.set(`${key}:${to}`, { own: { alias }, of: asked.deep.of });
  }
}

function fieldNamed({ name: collection, fields }: Collection, name: string): Field {
  const field = fields.get(name);
  if (!field) throw new Error(`there is no ${collection}.${name}`);
  return field;
}

/** How a value of the API is written here: keys and large numbers as text, decimals as numbers. */
function converterOf(field: Field, collection: Collection): (value: Json) => Json {
  const asText = field.name === collection.primaryKey || field.relation !== null || field.type === 'bigInteger';
  if (asText) return (value) => (value === null || typeof value === 'object' ? value : String(value));
  if (field.type === 'decimal') return (value) => (value === null ? null : Number(value));
  return (value) => value;
}
