import type { DocumentNode } from 'graphql';
import type { AccessProfile } from '../../access/index.ts';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import { type SchemaScope, schemaModel } from '../schema-model.ts';
import type { CostLimits } from './cost.ts';
import { Documents, type KnownSchema } from './documents.ts';
import { executableSchema } from './executable.ts';
import { type Execution, operationOf, type Prepared, prepare } from './execute.ts';
import { type Followed, prepareFollowing } from './following.ts';

export type { Answer, Prepared } from './execute.ts';
export type { Followed } from './following.ts';
export type { Doing, OtherRoot } from './operations.ts';

export interface GraphqlLimits {
  /** GRAPHQL_QUERY_TOKEN_LIMIT. */
  readonly maxTokens: number;
  /** GRAPHQL_INTROSPECTION. */
  readonly introspection: boolean;
  /** GRAPHQL_SCHEMA_CACHE_CAPACITY. */
  readonly schemas: number;
  /** QUERY_LIMIT_MAX. */
  readonly maxRows: number | null;
  /** GRAPHQL_COST_LIMIT and QUERY_LIMIT_DEFAULT. */
  readonly cost: CostLimits;
  /** GRAPHQL_SINGLE_USE_MUTATIONS. */
  readonly singleUse: readonly string[];
}

/** What came with a request. */
export interface Asking {
  readonly text: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

const MAX_OPERATIONS = 1000;
/** Fields of an operation that is worth keeping: each takes up to a kilobyte. */
const MAX_KEPT_FIELDS = 200;
/** Characters of variables of an operation that is worth keeping. */
const MAX_KEPT_VARIABLES = 1000;

/** Schemas per profile, documents per schema, and operations with their queries: each is made once and kept. */
export class Graphql {
  readonly #limits: GraphqlLimits;
  readonly #singleUse: ReadonlySet<string>;
  readonly #documents: Documents;
  readonly #schemas: BoundedCache<string, KnownSchema>;
  readonly #operations = new BoundedCache<string, Prepared>(MAX_OPERATIONS);
  /** Counted downwards: queries of addresses are counted upwards. */
  #queries = 0;

  constructor(limits: GraphqlLimits) {
    this.#limits = limits;
    this.#singleUse = new Set(limits.singleUse);
    this.#documents = new Documents(limits);
    this.#schemas = new BoundedCache(limits.schemas);
  }

  /** Throws GRAPHQL_VALIDATION for the document, GRAPHQL_EXECUTION for the choice of an operation and for variables. */
  prepare(profile: AccessProfile, scope: SchemaScope, { text, operationName, variables }: Asking): Prepared {
    const known = this.#schemaOf(profile, scope);
    const { document, id } = this.#documents.read(text, known);
    const written = id === null ? '' : JSON.stringify(variables);
    // What changes something seldom comes twice with the same values.
    const isKept =
      id !== null && written.length <= MAX_KEPT_VARIABLES && operationOf(document, operationName).operation === 'query';
    const key = `${id} ${operationName ?? ''} ${written}`;
    const kept = isKept ? this.#operations.get(key) : undefined;
    if (kept) return kept;
    const keep = (): number | null => {
      if (!isKept) return null;
      this.#queries -= 1;
      return this.#queries;
    };
    const prepared = prepare(this.#execution(known, document, profile, { text, operationName, variables }, keep));
    if (isKept && prepared.size <= MAX_KEPT_FIELDS) this.#operations.set(key, prepared);
    return prepared;
  }

  /** What a subscription follows, under the same limits. Throws as `prepare`. */
  follow(profile: AccessProfile, scope: SchemaScope, asking: Asking): Followed {
    const known = this.#schemaOf(profile, scope);
    const { document } = this.#documents.read(asking.text, known);
    return prepareFollowing(this.#execution(known, document, profile, asking, () => null));
  }

  #execution(
    { schema, model }: KnownSchema,
    document: DocumentNode,
    profile: AccessProfile,
    { operationName, variables }: Asking,
    keep: Execution['keep'],
  ): Execution {
    const { maxRows, cost, introspection: suggests } = this.#limits;
    const singleUse = this.#singleUse;
    return { schema, model, document, operationName, variables, maxRows, cost, suggests, profile, keep, singleUse };
  }

  /** What kind of operation is meant, without reading it whole. Throws as `prepare`. */
  kindOf(profile: AccessProfile, scope: SchemaScope, { text, operationName }: Asking): Prepared['kind'] {
    return operationOf(this.#documents.read(text, this.#schemaOf(profile, scope)).document, operationName).operation;
  }

  #schemaOf(profile: AccessProfile, scope: SchemaScope): KnownSchema {
    const key = `${scope} ${profile.id}`;
    const kept = this.#schemas.get(key);
    if (kept) return kept;
    const model = schemaModel(profile, scope);
    const known: KnownSchema = { key, scope, model, schema: executableSchema(model) };
    this.#schemas.set(key, known);
    return known;
  }
}
