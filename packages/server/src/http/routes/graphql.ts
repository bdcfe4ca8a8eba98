import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, invalidPayload, invalidQuery } from '../../errors/index.ts';
import type { Asking, Graphql } from '../../graphql/execution/index.ts';
import type { SchemaScope } from '../../graphql/index.ts';
import { graphqlLimits } from '../../graphql/limits.ts';
import { nestsDeeperThan } from '../../kernel/json-nesting.ts';
import { parseParameters } from '../../query/index.ts';
import { sendJson } from '../answer.ts';
import { type HttpParts, queryText } from '../context.ts';
import type { FaultListener } from '../errors.ts';
import { otherRoots } from '../graphql-twins.ts';
import { PersistedQueries } from '../persisted-queries.ts';

const PATHS: readonly (readonly [path: string, scope: SchemaScope])[] = [
  ['/graphql', 'items'],
  ['/graphql/system', 'system'],
];
const ALLOWED = ['GET', 'POST'];
const OTHERS = ['PUT', 'PATCH', 'DELETE', 'SEARCH'] as const;
/** Levels of lists and objects in a parameter of an address. */
const MAX_NESTING = 200;

/** What came, unread. */
interface Sent {
  readonly query: unknown;
  readonly variables: unknown;
  readonly operationName: unknown;
  readonly extensions: unknown;
}

/** GraphQL over HTTP, with the rights of everything else. */
export function graphqlRoutes(app: FastifyInstance, parts: HttpParts, onFault: FaultListener): void {
  // Loaded with the first request: the library is large.
  let graphql: Promise<Graphql> | null = null;
  const load = (): Promise<Graphql> => {
    graphql ??= import('../../graphql/execution/index.ts').then(
      (room) => new room.Graphql(graphqlLimits(parts.config)),
    );
    return graphql;
  };

  const persisted = parts.config.graphqlPersistedQueries === 'auto' ? new PersistedQueries() : null;

  async function answer(request: FastifyRequest, reply: FastifyReply, scope: SchemaScope, sent: Sent) {
    const { access } = request;
    const document = persisted?.find(sent.query, sent.extensions) ?? { query: sent.query, hash: null };
    const asking = askingOf(document.query, sent);
    const engine = await load();
    try {
      if (request.method === 'GET') requireQuery(engine.kindOf(access.profile, scope, asking));
      const prepared = engine.prepare(access.profile, scope, asking);
      persisted?.keep(document);
      const customHeader = parts.config.ipCustomHeader;
      const others = scope === 'system' ? otherRoots(request, reply, customHeader) : new Map();
      const doing = { access, items: parts.items, readVersion: readVersion(parts, request), others };
      return sendJson(reply, await prepared.run(doing, (error) => onFault(error, request)));
    } catch (error) {
      // The document is right, what came with it is not: that is an answer.
      if (error instanceof ApiError && error.code === 'GRAPHQL_EXECUTION')
        return sendJson(reply, { errors: [error.toWire()] });
      throw error;
    }
  }

  for (const [path, scope] of PATHS) {
    app.get(path, (request, reply) => answer(request, reply, scope, readAddress(request, parts)));
    app.post(path, (request, reply) => answer(request, reply, scope, readBody(request.body)));
    app.route({
      method: [...OTHERS],
      url: path,
      handler: (request, reply) => {
        reply.header('allow', ALLOWED.join(', '));
        throw methodNotAllowed(ALLOWED, request.method);
      },
    });
  }
}

function readVersion({ items }: HttpParts, { access }: FastifyRequest) {
  return async (collection: string, key: string | null, query: Parameters<typeof items.readOne>[3]) => {
    const versions = await import('../../resources/versions-read.ts');
    return versions.readVersion(
      items,
      access,
      collection,
      key ?? (await items.singletonKey(access, collection)),
      query,
    );
  };
}

const methodNotAllowed = (allowed: readonly string[], current: string): ApiError =>
  new ApiError('METHOD_NOT_ALLOWED', `${current} is not allowed here.`, { allowed: [...allowed], current });

/** An address is followed without being asked; it must not change anything. */
function requireQuery(kind: 'query' | 'mutation' | 'subscription'): void {
  if (kind !== 'query') throw methodNotAllowed(['POST'], 'GET');
}

function readBody(body: unknown): Sent {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    throw invalidPayload('The body has to be an object with a "query".');
  const { query, variables, operationName, extensions } = body as Record<string, unknown>;
  return { query, variables, operationName, extensions };
}

function readAddress(request: FastifyRequest, { config }: HttpParts): Sent {
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  const { query, variables, operationName, extensions } = parseParameters(queryText(request), limits);
  return {
    query,
    variables: parseParameter('variables', variables),
    operationName,
    extensions: parseParameter('extensions', extensions),
  };
}

function parseParameter(name: string, text: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (text === '') return null;
  if (nestsDeeperThan(text, MAX_NESTING)) throw invalidQuery(`"${name}" is nested too deeply.`);
  try {
    return JSON.parse(text);
  } catch {
    throw invalidQuery(`"${name}" is no valid JSON.`);
  }
}

function askingOf(text: unknown, { variables, operationName }: Sent): Asking {
  if (typeof text !== 'string' || text.trim() === '') throw invalidPayload('"query" has to be a GraphQL document.');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    throw invalidPayload('"operationName" has to be a text.');
  if (variables !== undefined && variables !== null && (typeof variables !== 'object' || Array.isArray(variables))) {
    const message = '"variables" has to be an object.';
    throw new ApiError('GRAPHQL_EXECUTION', message, { errors: [{ message }] });
  }
  const name = typeof operationName === 'string' && operationName !== '' ? operationName : null;
  return { text, operationName: name, variables: (variables ?? {}) as Record<string, unknown> };
}
