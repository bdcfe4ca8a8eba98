import type { GraphQLError } from 'graphql';
import { ApiError } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';

const MAX_SHOWN = 20;

/** A document that the schema of the caller has no meaning for. */
export const invalidDocument = (errors: readonly GraphQLError[]): ApiError =>
  new ApiError('GRAPHQL_VALIDATION', 'GraphQL validation error.', { errors: shown(errors) });

/** A refusal of a document that is well-formed: too large, or the same attempt several times. */
export const refusedDocument = (message: string): ApiError =>
  new ApiError('GRAPHQL_VALIDATION', message, { errors: [{ message, locations: [] }] });

/** Variables that are not what the document declares. */
export const invalidVariables = (errors: readonly GraphQLError[]): ApiError =>
  new ApiError('GRAPHQL_EXECUTION', 'GraphQL execution error.', { errors: shown(errors) });

/** A document from which no operation can be chosen. */
export const wrongRequest = (message: string): ApiError =>
  new ApiError('GRAPHQL_EXECUTION', message, { errors: [{ message, locations: [] }] });

const shown = (errors: readonly GraphQLError[]): Json[] =>
  errors.slice(0, MAX_SHOWN).map(({ message, locations }) => ({
    message,
    locations: (locations ?? []).map(({ line, column }) => ({ line, column })),
  }));
