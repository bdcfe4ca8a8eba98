import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getArgumentValues,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import type { Json } from '../../wire/index.ts';
import type { Chosen, Collector } from './collect.ts';
import { refusedDocument } from './mistakes.ts';
import type { Run } from './reading.ts';
import type { Variables } from './variables.ts';

/** Values that an operation may ask of each part of a schema; clients that read all of it take about 20. */
const VALUES_PER_PART = 40;
const AT_LEAST = 10_000;

const ROOTS: ReadonlyMap<string, GraphQLField<unknown, unknown>> = new Map([
  ['__schema', SchemaMetaFieldDef],
  ['__type', TypeMetaFieldDef],
]);

export const isIntrospection = (name: string): boolean => ROOTS.has(name);

/** How many values an operation on this schema may ask of it. */
function budgetOf(schema: GraphQLSchema): number {
  let parts = sizes.get(schema);
  if (parts === undefined) {
    parts = partsOf(schema);
    sizes.set(schema, parts);
  }
  return Math.max(AT_LEAST, parts * VALUES_PER_PART);
}

const sizes = new WeakMap<GraphQLSchema, number>();

function partsOf(schema: GraphQLSchema): number {
  let parts = schema.getDirectives().length;
  for (const type of Object.values(schema.getTypeMap())) {
    parts += 1;
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const { args } of Object.values(type.getFields())) parts += 1 + args.length;
    } else if (isInputObjectType(type)) parts += Object.keys(type.getFields()).length;
    else if (isEnumType(type)) parts += type.getValues().length;
    else if (isUnionType(type)) parts += type.getTypes().length;
  }
  return parts;
}

type Read = (source: unknown, purse: Purse) => Json;

/** What is left of the budget of one run. */
interface Purse {
  left: number;
}

/**
 * Answers `__schema` and `__type` by the resolvers of the library, but counts: a few aliases within each other ask for
 * the whole schema thousands of times.
 */
export class Introspection {
  readonly #schema: GraphQLSchema;
  readonly #collector: Collector;
  readonly #variables: Variables;
  /** Root fields that share the budget of the operation. */
  readonly #sharers: number;

  /** `roots` are all root fields of the operation. */
  constructor(schema: GraphQLSchema, collector: Collector, variables: Variables, roots: readonly Chosen[]) {
    this.#sharers = roots.filter(({ name }) => isIntrospection(name)).length;
    this.#schema = schema;
    this.#collector = collector;
    this.#variables = variables;
  }

  /** Answers a root field. Throws GRAPHQL_VALIDATION where it takes more than its part of the budget. */
  root(chosen: Chosen): Run {
    const field = ROOTS.get(chosen.name);
    if (!field) throw new Error(`${chosen.name} tells nothing of the schema`);
    const read = this.#reader(field, chosen);
    const budget = Math.floor(budgetOf(this.#schema) / this.#sharers);
    return async () => read(undefined, { left: budget });
  }

  #reader(field: GraphQLField<unknown, unknown>, { node, below }: Chosen): Read {
    const values = getArgumentValues(field, node, this.#variables);
    const info = { schema: this.#schema } as GraphQLResolveInfo;
    const complete = this.#completer(field.type, below);
    return (source, purse) => {
      purse.left -= 1;
      if (purse.left < 0) throw refusedDocument('The document asks for the schema many times over.');
      return complete(field.resolve?.(source, values, undefined, info), purse);
    };
  }

  #completer(type: GraphQLOutputType, below: readonly SelectionSetNode[]): Read {
    if (isNonNullType(type)) return this.#completer(type.ofType, below);
    if (isListType(type)) {
      const one = this.#completer(type.ofType, below);
      return (list, purse) => (list ? Array.from(list as Iterable<unknown>, (value) => one(value, purse)) : null);
    }
    if (!isObjectType(type)) return (value) => (value ?? null) as Json;
    const fields = type.getFields();
    const readers = this.#collector
      .collect(below, (name) => name === type.name)
      .map((chosen): [string, Read] => {
        const field = fields[chosen.name];
        return [chosen.key, field ? this.#reader(field, chosen) : () => type.name];
      });
    return (source, purse) =>
      source ? Object.fromEntries(readers.map(([key, read]) => [key, read(source, purse)])) : null;
  }
}
