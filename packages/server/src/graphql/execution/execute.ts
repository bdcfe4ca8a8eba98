import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { ApiError, ApiErrors, invalidQuery } from '../../errors/index.ts';
import type { Json } from '../../wire/index.ts';
import type { Root, SchemaModel } from '../model.ts';
import { Arguments } from './arguments.ts';
import { type Chosen, Collector } from './collect.ts';
import { Cost, type CostLimits } from './cost.ts';
import { Introspection, isIntrospection } from './introspection.ts';
import { refusedDocument, wrongRequest } from './mistakes.ts';
import type { Doing } from './operations.ts';
import { isOwnAccount, ownAccount } from './own-account.ts';
import { picker } from './picking.ts';
import { type Reading, type Run, readRoot } from './reading.ts';
import { SelectionReader } from './selecting.ts';
import { readVariables } from './variables.ts';
import { writeRoot } from './writing.ts';

/** Root fields of one operation: each is at least a statement. */
const MAX_ROOTS = 100;
/** Root fields of a query that are answered at the same time. */
const AT_ONCE = 4;
/** Objects and lists in an answer from which on no other root field is answered: together they would fill the memory. */
const MAX_OBJECTS = 50_000;
/** How often these may stand in an operation: they take long, and answer the same each time or nearly so. */
const DEAR: ReadonlyMap<string, number> = new Map([
  ['server_specs_oas', 1],
  ['server_specs_graphql', 1],
  ...['server_health', 'server_info', 'collections', 'fields', 'relations', 'permissions_me', 'roles_me'].map(
    (name): [string, number] => [name, 5],
  ),
  ...['utils_hash_generate', 'utils_hash_verify', 'utils_cache_clear'].map((name): [string, number] => [name, 5]),
]);

export interface Answer {
  readonly data?: Record<string, Json> | null;
  readonly errors?: readonly Json[];
}

export interface Prepared {
  readonly kind: OperationDefinitionNode['operation'];
  /** Fields that it came to. */
  readonly size: number;
  run(doing: Doing, onFault: (error: unknown) => void): Promise<Answer>;
}

export interface Execution {
  readonly schema: GraphQLSchema;
  readonly model: SchemaModel;
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
  readonly maxRows: number | null;
  /** GRAPHQL_INTROSPECTION: whether mistakes say what may be meant. */
  readonly suggests: boolean;
  readonly cost: CostLimits;
  /** Names of mutations that an operation may hold once only. */
  readonly singleUse: ReadonlySet<string>;
  readonly profile: Reading['profile'];
  readonly keep: () => number | null;
}

/** The operation that is meant. Throws GRAPHQL_EXECUTION when there is none, or several. */
export function operationOf(document: DocumentNode, name: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation, other] = name === null ? operations : operations.filter((one) => one.name?.value === name);
  if (!operation)
    throw wrongRequest(
      name === null ? 'The document has no operation.' : 'The document has no operation of that name.',
    );
  if (other) throw wrongRequest('The document has several operations: "operationName" has to name one.');
  return operation;
}

/** Reads an operation; nothing is asked of the database before it runs. */
export function prepare(execution: Execution): Prepared {
  const { schema, document, profile } = execution;
  const operation = operationOf(document, execution.operationName);
  const variables = readVariables(schema, operation, execution.variables, execution.suggests);
  const collector = new Collector(fragmentsOf(document), variables);
  if (operation.operation === 'subscription') throw refusedDocument('Subscriptions are followed over a WebSocket.');
  const type = schema.getRootType(operation.operation);
  if (!type) throw refusedDocument('There is nothing to change.');
  const roots = collector.collect([operation.selectionSet], (name) => name === type.name);
  checkRoots(roots, execution.singleUse);
  const args = new Arguments(variables, profile.snapshot, execution.maxRows);
  const cost = new Cost(execution.cost);
  const reading: Reading = {
    profile,
    collector,
    selections: new SelectionReader({ schema, profile, collector, arguments: args, cost }),
    cost,
    arguments: args,
    keep: execution.keep,
  };
  const introspection = new Introspection(execution.schema, reading.collector, variables, roots);
  const introspect = (chosen: Chosen) => introspection.root(chosen);
  const runs = roots.map((chosen) => new RootRun(reading, execution, type, chosen, introspect));
  return {
    kind: operation.operation,
    size: collector.size,
    run: (doing, onFault) => answer(runs, doing, operation.operation === 'mutation', onFault),
  };
}

function checkRoots(roots: readonly Chosen[], singleUse: ReadonlySet<string>): void {
  if (roots.length > MAX_ROOTS) throw refusedDocument(`An operation can have ${MAX_ROOTS} fields at its root.`);
  const counts = new Map<string, number>();
  for (const { name } of roots) {
    const count = (counts.get(name) ?? 0) + 1;
    const most = singleUse.has(name) ? 1 : (DEAR.get(name) ?? MAX_ROOTS);
    if (count > most) throw refusedDocument(`"${name}" can stand in an operation ${timesOf(most)} only.`);
    counts.set(name, count);
  }
}

const timesOf = (count: number): string => (count === 1 ? 'once' : `${count} times`);

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

/** One root field of an operation. What is wrong with it is its own error when it runs. */
class RootRun {
  readonly chosen: Chosen;
  readonly nullable: boolean;
  /** Whether FORBIDDEN says why; of an item that is not found it says nothing more. */
  readonly isReasoned: boolean;
  readonly #run: (doing: Doing) => Promise<Json>;

  constructor(
    reading: Reading,
    execution: Execution,
    type: GraphQLObjectType,
    chosen: Chosen,
    introspect: (chosen: Chosen) => Run,
  ) {
    this.chosen = chosen;
    this.nullable = !isNonNullType(type.getFields()[chosen.name]?.type);
    this.isReasoned = isReasoned(execution.model.roots.get(chosen.name), execution.profile.admin);
    this.#run = attempt(() => runOf(reading, execution, type, chosen, introspect));
  }

  run(doing: Doing): Promise<Json> {
    return this.#run(doing);
  }
}

function isReasoned(root: Root | undefined, admin: boolean): boolean {
  if (!root || root.kind === 'list' || root.kind === 'aggregated') return true;
  return !isRead(root) && !admin;
}

function attempt(make: () => Run): Run {
  try {
    return make();
  } catch (error) {
    // What is wrong with the document as a whole is no matter of one field.
    if (error instanceof ApiError && error.code === 'GRAPHQL_VALIDATION') throw error;
    return () => Promise.reject(error);
  }
}

function runOf(
  reading: Reading,
  { model }: Execution,
  type: GraphQLObjectType,
  chosen: Chosen,
  introspect: (chosen: Chosen) => Run,
): Run {
  const { name } = chosen;
  if (name === '__typename') return async () => type.name;
  if (isIntrospection(name)) return introspect(chosen);
  const root = model.roots.get(name);
  if (root) return isRead(root) ? readRoot(reading, type, chosen, root) : writeRoot(reading, type, chosen, root);
  if (isOwnAccount(name)) return ownAccount(reading, type, chosen);
  return other(reading, type, chosen);
}

const isRead = (root: Root): root is Root & { kind: 'list' | 'one' | 'version' | 'aggregated' } =>
  root.kind === 'list' || root.kind === 'one' || root.kind === 'version' || root.kind === 'aggregated';

/** All of the document is read here: runs are many, and count nothing against its bounds. */
function other({ collector, arguments: args }: Reading, type: GraphQLObjectType, { name, node, below }: Chosen): Run {
  const values = args.of(type, node);
  const pick = picker(type.getFields()[name]?.type, below, collector);
  return async ({ others }) => {
    const call = others.get(name);
    return call ? pick(await call(values)) : null; // `_empty`, where nothing can be asked
  };
}

/** Some queries at the same time, mutations one after the other. */
async function answer(
  runs: readonly RootRun[],
  doing: Doing,
  inOrder: boolean,
  onFault: (error: unknown) => void,
): Promise<Answer> {
  const errors: Json[] = [];
  const data: Record<string, Json> = {};
  let whole = true;
  let objects = 0;
  const one = async (root: RootRun): Promise<void> => {
    const { key } = root.chosen;
    data[key] = null; // answers stand in the order of the document
    try {
      if (objects > MAX_OBJECTS && !inOrder) throw tooMuch();
      data[key] = await root.run(doing);
      objects += objectsIn(data[key]);
    } catch (error) {
      whole &&= root.nullable;
      errors.push(...wireErrors(error, root, onFault));
    }
  };
  const next = runs.values();
  const inTurn = async (): Promise<void> => {
    for (const root of next) await one(root);
  };
  await Promise.all(Array.from({ length: inOrder ? 1 : AT_ONCE }, inTurn));
  return { ...(whole ? { data } : {}), ...(errors.length > 0 ? { errors } : {}) };
}

const tooMuch = (): ApiError => invalidQuery('The other fields of the operation are too large already; ask for less.');

function objectsIn(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  let count = 1;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    if (inner !== null && typeof inner === 'object') count += objectsIn(inner);
  }
  return count;
}

function wireErrors(error: unknown, root: RootRun, onFault: (error: unknown) => void): Json[] {
  const { key, node } = root.chosen;
  const known = error instanceof ApiErrors ? error.errors : error instanceof ApiError ? [error] : null;
  if (known === null || known.some(({ status }) => status >= 500)) onFault(error);
  const told = known ?? [new ApiError('INTERNAL_SERVER_ERROR', 'An unexpected error occurred.')];
  const place = node.loc?.startToken;
  const locations = place ? [{ line: place.line, column: place.column }] : [];
  return told.map((one) => {
    const { message, extensions } = one.toWire();
    if (one.code === 'FORBIDDEN' && !root.isReasoned) delete extensions.reason;
    return { message, extensions: extensions as Json, locations, path: [key] };
  });
}
