import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { BoundedCache } from '../../kernel/bounded-cache.ts';
import type { SchemaModel } from '../model.ts';
import type { SchemaScope } from '../schema-model.ts';
import { invalidDocument, refusedDocument } from './mistakes.ts';
import { mostRepeated } from './repetition.ts';

const MAX_KEPT = 500;
/** Characters of a document that is worth keeping. */
const MAX_KEPT_LENGTH = 10_000;
/** Tokens of such a document: read, it takes about a third of a kilobyte for each. */
const MAX_KEPT_TOKENS = 500;
const MAX_ERRORS = 20;
/** How often the same key can stand in one selection. The library compares them all with each other. */
const MAX_REPEATED = 20;

export interface DocumentLimits {
  /** GRAPHQL_QUERY_TOKEN_LIMIT. */
  readonly maxTokens: number;
  /** GRAPHQL_INTROSPECTION. */
  readonly introspection: boolean;
}

/** A schema that was made. */
export interface KnownSchema {
  /** Tells schemas apart. */
  readonly key: string;
  readonly scope: SchemaScope;
  readonly model: SchemaModel;
  readonly schema: GraphQLSchema;
}

/** A document that its schema has a meaning for. */
export interface KnownDocument {
  readonly document: DocumentNode;
  /** Never given twice; null where the document is not kept. */
  readonly id: number | null;
}

/** Parses documents and validates them, and keeps those that were. */
export class Documents {
  readonly #limits: DocumentLimits;
  readonly #kept = new BoundedCache<string, KnownDocument>(MAX_KEPT);
  #count = 0;

  constructor(limits: DocumentLimits) {
    this.#limits = limits;
  }

  /** Throws GRAPHQL_VALIDATION. */
  read(text: string, { key: schemaKey, schema, scope }: KnownSchema): KnownDocument {
    const key = `${schemaKey}\n${text}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const document = this.#parse(text);
    const { introspection } = this.#limits;
    const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    if (mostRepeated(document) > MAX_REPEATED)
      throw refusedDocument(`The same answer can be asked for ${MAX_REPEATED} times in one selection.`);
    // What nobody may ask for is not suggested either.
    const errors = validate(schema, document, rules, { maxErrors: MAX_ERRORS, hideSuggestions: !introspection });
    if (errors.length > 0) throw invalidDocument(errors);
    const isLong = text.length > MAX_KEPT_LENGTH || (document.tokenCount ?? 0) > MAX_KEPT_TOKENS;
    if (isLong || (scope === 'system' && changes(document))) return { document, id: null };
    this.#count += 1;
    const known = { document, id: this.#count };
    this.#kept.set(key, known);
    return known;
  }

  #parse(text: string): DocumentNode {
    try {
      return parse(text, { maxTokens: this.#limits.maxTokens });
    } catch (error) {
      if (error instanceof GraphQLError) throw invalidDocument([error]);
      throw error;
    }
  }
}

/** Whether there is a mutation in it. Those of the system schema hold passwords and tokens, which are not to be kept. */
const changes = ({ definitions }: DocumentNode): boolean =>
  definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation');
