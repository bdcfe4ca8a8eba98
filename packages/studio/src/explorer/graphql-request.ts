import { readBody } from './answer.ts';
import { type Caller, send } from './caller.ts';

/** Whose schema: that of the project's collections, or that of the system. */
export type Scope = 'items' | 'system';

export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Sends an operation as the caller. What is no answer of GraphQL becomes an error of one. */
export async function postGraphql(caller: Caller, scope: Scope, operation: object): Promise<GraphqlAnswer> {
  const path = scope === 'system' ? '/graphql/system' : '/graphql';
  const response = await send(caller, { method: 'POST', path, body: JSON.stringify(operation) });
  const { content, whole } = await readBody(response);
  if (!whole) return { errors: [{ message: 'The answer is too long to be shown.' }] };
  try {
    return JSON.parse(new TextDecoder().decode(content)) as GraphqlAnswer;
  } catch {
    return { errors: [{ message: `The server answered ${response.status} without JSON.` }] };
  }
}

/** A server that knows no introspection finds the question itself wrong. */
export const isRefusedAsWrong = ({ errors = [] }: GraphqlAnswer): boolean =>
  errors.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION');
