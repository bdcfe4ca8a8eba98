import { type GraphQLSchema, getVariableValues, type OperationDefinitionNode } from 'graphql';
import { invalidVariables } from './mistakes.ts';

/** Values of variables, as the library hands them on. */
export type Variables = NonNullable<
  Extract<ReturnType<typeof getVariableValues>, { variableValues: unknown }>['variableValues']
>;

const MAX_ERRORS = 20;

/** Throws GRAPHQL_EXECUTION for what is missing or of another type; `suggests` is whether it says what may be meant. */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
  suggests: boolean,
): Variables {
  const read = getVariableValues(schema, operation.variableDefinitions ?? [], given, {
    maxErrors: MAX_ERRORS,
    hideSuggestions: !suggests,
  });
  if (read.errors) throw invalidVariables(read.errors);
  return read.variableValues;
}
