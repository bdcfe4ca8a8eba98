import { type FieldNode, type GraphQLObjectType, getArgumentValues } from 'graphql';
import { type DeepQuery, parseQuery, type Query } from '../../query/index.ts';
import type { Collection, Snapshot } from '../../schema/types.ts';
import { filterFrom } from './filters.ts';
import type { Variables } from './variables.ts';

export type ArgumentValues = Readonly<Record<string, unknown>>;

/** Reads the arguments of fields, with variables in their places. */
export class Arguments {
  readonly #variables: Variables;
  readonly #snapshot: Snapshot;
  readonly #maxRows: number | null;

  constructor(variables: Variables, snapshot: Snapshot, maxRows: number | null) {
    this.#variables = variables;
    this.#snapshot = snapshot;
    this.#maxRows = maxRows;
  }

  of(type: GraphQLObjectType, node: FieldNode): ArgumentValues {
    const definition = type.getFields()[node.name.value];
    return definition ? getArgumentValues(definition, node, this.#variables) : {};
  }

  /** Of a list, or of the one item behind a relation. Throws INVALID_QUERY. */
  ofList(type: GraphQLObjectType, node: FieldNode, collection: Collection): DeepQuery['own'] {
    const { filter, sort, limit, offset, page, search } = this.query(this.of(type, node), collection);
    return { filter, sort, limit, offset, page, search };
  }

  /** Throws INVALID_QUERY. */
  query(values: ArgumentValues, collection: Collection): Query {
    const filter = values.filter ? filterFrom(values.filter, collection, this.#snapshot) : undefined;
    const names = (list: unknown): unknown => (Array.isArray(list) ? list.filter((name) => name !== null) : undefined);
    const { limit, offset, page, search } = values;
    const raw = { filter, sort: names(values.sort), groupBy: names(values.groupBy), limit, offset, page, search };
    return parseQuery(raw, this.#maxRows);
  }
}
