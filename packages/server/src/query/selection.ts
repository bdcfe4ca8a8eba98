import {
  callExpression,
  callKey,
  collectionOf,
  columnOf,
  type FunctionCall,
  type Guard,
  parseCall,
  relatedRows,
  type Sight,
} from '../access/index.ts';
import { forbidden, invalidQuery } from '../errors/index.ts';
import type { Collection, Field, FieldRelation, Snapshot } from '../schema/types.ts';
import type { Expression, Predicate, RelatedRows } from '../sql/index.ts';
import type { ListPlan } from './list.ts';
import type { DeepQuery, Query } from './types.ts';

/** What an answer holds of a collection, resolved against the data model and the rights of the caller. */
export interface Selection {
  readonly collection: Collection;
  readonly outputs: readonly SelectedOutput[];
}

export type SelectedOutput =
  | { readonly kind: 'value'; readonly key: string; readonly expression: Expression; readonly field: Field | null }
  | {
      readonly kind: 'one';
      readonly key: string;
      readonly rows: RelatedRows;
      readonly selection: Selection;
      readonly where: Predicate | null;
    }
  | {
      readonly kind: 'many';
      readonly key: string;
      readonly rows: RelatedRows;
      readonly selection: Selection;
      readonly list: ListPlan;
      /** Only the keys of the rows. */
      readonly keys: boolean;
      readonly visible: Predicate | null;
    }
  | {
      readonly kind: 'any';
      readonly key: string;
      readonly branches: readonly {
        readonly rows: RelatedRows;
        readonly selection: Selection;
        readonly where: Predicate | null;
      }[];
    };

export interface SelectionContext {
  readonly snapshot: Snapshot;
  readonly guard: Guard;
  readonly mayRead: (collection: string) => boolean;
  readonly backlink: boolean;
  readonly maxDepth: number;
  /** Longest path into a json field. */
  readonly maxJsonDepth: number;
  /** Plans the rows of a one-to-many: its filter, order and bounds. */
  readonly listOf: (collection: Collection, query: DeepQuery['own'], sortField: string | null) => ListPlan;
}

/** Outputs a whole answer may have, over all levels. */
const MAX_OUTPUTS = 4000;

interface Request {
  readonly key: string;
  readonly field: string;
  readonly call: FunctionCall | null;
  /** Paths below it; empty for the bare field. */
  readonly below: string[];
  /** Paths below it by the collection of a many-to-any. */
  readonly scoped: Map<string, string[]>;
}

/** Resolves the fields of a query. Throws FORBIDDEN for what may not be named, INVALID_QUERY for what is too deep. */
export function select(
  collection: Collection,
  fields: readonly string[] | null,
  deep: DeepQuery,
  alias: Query['alias'],
  context: SelectionContext,
): Selection {
  return new Selector(context).level(collection, fields ?? ['*'], deep, alias, 0, null);
}

class Selector {
  readonly #context: SelectionContext;
  #outputs = 0;

  constructor(context: SelectionContext) {
    this.#context = context;
  }

  level(
    collection: Collection,
    paths: readonly string[],
    deep: DeepQuery,
    alias: Query['alias'],
    depth: number,
    cameBy: Field | null,
  ): Selection {
    if (depth > this.#context.maxDepth)
      throw invalidQuery(`"fields" goes over more than ${this.#context.maxDepth} relations.`);
    const requests = this.#requests(collection, paths, alias, cameBy);
    const outputs: SelectedOutput[] = [];
    for (const request of requests.values()) {
      const output = this.#output(collection, request, deep, depth);
      if (output) outputs.push(output);
      this.#outputs += 1;
      if (this.#outputs > MAX_OUTPUTS) throw invalidQuery('"fields" asks for too much at once.');
    }
    return { collection, outputs };
  }

  #requests(
    collection: Collection,
    paths: readonly string[],
    alias: Query['alias'],
    cameBy: Field | null,
  ): Map<string, Request> {
    const requests = new Map<string, Request>();
    for (const path of paths) {
      const { head, rest } = splitPath(path);
      if (head === '*') this.#wildcard(collection, rest, requests, cameBy);
      else addPath(requests, head, rest, alias);
    }
    return requests;
  }

  #wildcard(collection: Collection, rest: string | null, requests: Map<string, Request>, cameBy: Field | null): void {
    for (const field of collection.fields.values()) {
      if (!isReadable(this.#context.guard, collection, field.name)) continue;
      const request = requestFor(requests, field.name, field.name, null);
      if (rest === null || !field.relation || !this.#expands(field, cameBy)) continue;
      if (field.relation.kind !== 'm2a') request.below.push(rest);
      else for (const scope of this.#open(field.relation.allowed)) scopedBelow(request, scope, rest);
    }
  }

  #expands(field: Field, cameBy: Field | null): boolean {
    const relation = field.relation;
    if (!relation) return false;
    if (relation.kind !== 'm2a' && !this.#context.mayRead(relation.collection)) return false;
    return this.#context.backlink || !cameBy?.relation || cameBy.relation.relation !== relation.relation;
  }

  #output(collection: Collection, request: Request, deep: DeepQuery, depth: number): SelectedOutput | null {
    const field = collection.fields.get(request.field);
    if (!field) throw forbidden();
    const { relation } = field;
    const nested = request.below.length > 0 || request.scoped.size > 0;
    if (nested && !relation) throw forbidden();
    const leads = relation ? leadsTo(relation, request) : [];
    // A closed collection is left out of the answer, whether or not the way there may be named.
    const closed = relation !== null && this.#open(leads).length === 0;
    if (closed && (nested || relation.kind === 'o2m') && !request.call) return null;
    const visible = this.#visible(collection, field);
    if (request.call) return this.#call(request, request.call, field, visible);
    const below = deep.of.get(request.key) ?? deep.of.get(request.field) ?? EMPTY;
    if (relation?.kind === 'o2m') return this.#many(request, field, visible, below, depth);
    if (relation?.kind === 'm2a' && nested) {
      const deepOf = (scope: string): DeepQuery =>
        deep.of.get(`${request.key}:${scope}`) ??
        deep.of.get(`${request.field}:${scope}`) ??
        below.of.get(scope) ??
        below;
      return this.#any(request, field, visible, deepOf, depth);
    }
    if (relation?.kind === 'm2o' && nested) return this.#one(request, field, visible, below, depth);
    return { kind: 'value', key: request.key, expression: columnOf(field, visible), field };
  }

  #open(collections: readonly string[]): string[] {
    return collections.filter((name) => this.#context.mayRead(name));
  }

  #visible(collection: Collection, field: Field): Predicate | null {
    return this.#context.guard.field(collection, field.name);
  }

  #call(request: Request, call: FunctionCall, field: Field, visible: Predicate | null): SelectedOutput {
    if (call.name === 'json' && call.path.length > this.#context.maxJsonDepth)
      throw invalidQuery(`"fields" goes more than ${this.#context.maxJsonDepth} steps into "${call.field}".`);
    const expression = callExpression(
      call,
      field,
      visible,
      (related) => this.#sight(related, null),
      this.#context.snapshot,
    );
    return { kind: 'value', key: request.key, expression, field: null };
  }

  #one(request: Request, field: Field, visible: Predicate | null, deep: DeepQuery, depth: number): SelectedOutput {
    const related = collectionOf(this.#context.snapshot, (field.relation as { collection: string }).collection);
    const rows = relatedRows(this.#context.snapshot, field, related, this.#sight(related, visible));
    const selection = this.level(related, request.below, deep, deep.own.alias ?? NO_ALIAS, depth + 1, field);
    return { kind: 'one', key: request.key, rows, selection, where: this.#condition(related, deep) };
  }

  /** Where the one item behind a relation is shown, and null elsewhere. */
  #condition(related: Collection, { own }: DeepQuery): Predicate | null {
    const isAsked = (own.filter ?? null) !== null || (own.search ?? null) !== null;
    return isAsked ? this.#context.listOf(related, own, null).where : null;
  }

  #many(request: Request, field: Field, visible: Predicate | null, deep: DeepQuery, depth: number): SelectedOutput {
    const relation = field.relation;
    if (relation?.kind !== 'o2m') throw new Error('not a one-to-many');
    const related = collectionOf(this.#context.snapshot, relation.collection);
    const keys = request.below.length === 0;
    const rows = relatedRows(this.#context.snapshot, field, related, this.#sight(related, null));
    const list = this.#context.listOf(related, deep.own, relation.relation.meta?.sort_field ?? null);
    const paths = keys ? [related.primaryKey] : request.below;
    const selection = keys
      ? keySelection(related)
      : this.level(related, paths, deep, deep.own.alias ?? NO_ALIAS, depth + 1, field);
    return { kind: 'many', key: request.key, rows, selection, list, keys, visible };
  }

  #any(
    request: Request,
    field: Field,
    visible: Predicate | null,
    deepOf: (scope: string) => DeepQuery,
    depth: number,
  ): SelectedOutput {
    const relation = field.relation;
    if (relation?.kind !== 'm2a') throw new Error('not a many-to-any');
    const branches = this.#open(leadsTo(relation, request)).map((scope) => {
      const related = collectionOf(this.#context.snapshot, scope);
      const rows = relatedRows(this.#context.snapshot, field, related, this.#sight(related, visible));
      const paths = [...(request.scoped.get(scope) ?? []), ...request.below];
      const deep = deepOf(scope);
      const selection = this.level(related, paths, deep, deep.own.alias ?? NO_ALIAS, depth + 1, field);
      return { rows, selection, where: this.#condition(related, deep) };
    });
    return { kind: 'any', key: request.key, branches };
  }

  #sight(related: Collection, visible: Predicate | null): Sight {
    return { guard: this.#context.guard.rows(related), visible };
  }
}

const EMPTY: DeepQuery = { own: {}, of: new Map() };
const NO_ALIAS: Query['alias'] = new Map();

/** The collections that a request over a relation is about. One that a many-to-any can't lead to is refused. */
function leadsTo(relation: FieldRelation, { below, scoped }: Request): readonly string[] {
  if (relation.kind !== 'm2a') {
    if (scoped.size > 0) throw forbidden();
    return [relation.collection];
  }
  if ([...scoped.keys()].some((scope) => !relation.allowed.includes(scope))) throw forbidden();
  return below.length > 0 || scoped.size === 0 ? relation.allowed : [...scoped.keys()];
}

/** Keys of rows in reach are shown even where the key field may not be named. */
function keySelection(related: Collection): Selection {
  const field = related.fields.get(related.primaryKey) as Field;
  return {
    collection: related,
    outputs: [{ kind: 'value', key: field.name, expression: columnOf(field, null), field }],
  };
}

function isReadable(guard: Guard, collection: Collection, name: string): boolean {
  const field = collection.fields.get(name);
  if (!field || (!field.column && !field.relation)) return false;
  return guard.readable(collection, name);
}

/** The first step of a path; a dot inside a function call belongs to the call. */
function splitPath(path: string): { head: string; rest: string | null } {
  const open = path.indexOf('(');
  let dot = path.indexOf('.');
  if (open >= 0 && dot > open) dot = path.indexOf('.', path.indexOf(')'));
  if (dot < 0) return { head: path, rest: null };
  return { head: path.slice(0, dot), rest: path.slice(dot + 1) };
}

function addPath(requests: Map<string, Request>, head: string, rest: string | null, alias: Query['alias']): void {
  const target = targetOf(head, alias);
  const call = parseCall(target);
  if (call) {
    if (rest !== null) throw forbidden();
    requestFor(requests, alias.has(head) ? head : callKey(call), call.field, call);
    return;
  }
  const colon = target.indexOf(':');
  const name = colon < 0 ? target : target.slice(0, colon);
  const key = target === head ? name : (head.split(':', 1)[0] as string);
  const request = requestFor(requests, key, name, null);
  if (colon >= 0) scopedBelow(request, target.slice(colon + 1), rest ?? '*');
  else if (rest !== null) request.below.push(rest);
}

/** What an answer key stands for; `key:collection` for a part of a many-to-any that has a key of its own. */
function targetOf(head: string, alias: Query['alias']): string {
  const target = alias.get(head);
  if (target !== undefined) return target;
  const colon = head.indexOf(':');
  const aliased = colon < 0 ? undefined : alias.get(head.slice(0, colon));
  return aliased === undefined ? head : `${aliased}${head.slice(colon)}`;
}

function requestFor(requests: Map<string, Request>, key: string, field: string, call: FunctionCall | null): Request {
  const known = requests.get(key);
  if (known) return known;
  const request: Request = { key, field, call, below: [], scoped: new Map() };
  requests.set(key, request);
  return request;
}

function scopedBelow(request: Request, scope: string, path: string): void {
  const paths = request.scoped.get(scope);
  if (paths) paths.push(path);
  else request.scoped.set(scope, [path]);
}
