/** What the Studio reads of a schema in OpenAPI 3.0. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly readOnly?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema?: Schema;
}

interface Reference {
  readonly $ref: string;
}

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

/** A description of an API in OpenAPI 3.0. */
export interface Description {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: unknown;
}

export interface Endpoint {
  /** `GET /items/articles` */
  readonly id: string;
  readonly method: string;
  /** With `{names}` of parameters. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly type: string; readonly schema: Schema } | null;
}

export const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

/** Every endpoint of a description, in its order. */
export function endpointsOf(description: Description): readonly Endpoint[] {
  return Object.entries(description.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations)
      .map(([method, operation]) => endpointOf(description, method.toUpperCase(), path, operation))
      .filter(({ method }) => (METHODS as readonly string[]).includes(method)),
  );
}

function endpointOf(description: Description, method: string, path: string, operation: Operation): Endpoint {
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  return {
    id: `${method} ${path}`,
    method,
    path,
    tag: operation.tags?.[0] ?? path.split('/')[1] ?? '',
    summary: operation.summary ?? operation.description ?? '',
    parameters: (operation.parameters ?? []).flatMap((parameter) => {
      const found = '$ref' in parameter ? (referred(description, parameter.$ref) as Parameter | null) : parameter;
      return found && (found.in === 'path' || found.in === 'query') ? [found] : [];
    }),
    body: content ? { type: content[0], schema: content[1].schema ?? {} } : null,
  };
}

/** What `#/components/…` points at, or null. */
export function referred(description: Description, reference: string): unknown {
  const names = reference.replace(/^#\//, '').split('/');
  let found: unknown = description;
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return null;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** Endpoints by tag, tags in the order in which they come first. */
export function byTag(endpoints: readonly Endpoint[]): readonly (readonly [tag: string, Endpoint[]])[] {
  return [...Map.groupBy(endpoints, ({ tag }) => tag)];
}
