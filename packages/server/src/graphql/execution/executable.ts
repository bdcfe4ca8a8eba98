import {
  buildSchema,
  type GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import type { SchemaModel } from '../model.ts';
import { printSchema } from '../sdl.ts';

/** What the library checks documents and variables against. It executes nothing of it but introspection. */
export function executableSchema(model: SchemaModel): GraphQLSchema {
  const schema = buildSchema(printSchema(model), { assumeValid: true, assumeValidSDL: true });
  for (const name of ['GraphQLBigInt', 'GraphQLStringOrFloat', 'JSON']) {
    const scalar = schema.getType(name) as GraphQLScalarType | undefined;
    if (scalar) scalar.parseLiteral = exactLiteral;
  }
  return schema;
}

/** Whole numbers that a double can't hold stay the text that they are. */
function exactLiteral(node: ValueNode, variables?: Record<string, unknown> | null): unknown {
  if (node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value))) return node.value;
  return valueFromASTUntyped(node, variables);
}
