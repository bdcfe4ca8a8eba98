import { arityOf, isOperator, type Operator } from './operators.ts';

/** A filter of the API: `{"status": {"_eq": "published"}}`. */
export type Filter = Readonly<Record<string, unknown>>;
export type Quantifier = '_some' | '_none';

export interface Condition {
  readonly kind: 'condition';
  readonly id: number;
  /** `author.name`; empty until a field is chosen. */
  readonly path: string;
  /** Where the way passes a list of items: whether one of them has to fit, or none may. */
  readonly quantifier: Quantifier;
  readonly operator: Operator;
  /** Undefined until one is given. */
  readonly value: unknown;
}

export interface Group {
  readonly kind: 'group';
  readonly id: number;
  readonly mode: '_and' | '_or';
  readonly nodes: readonly Node[];
}

/** What the builder has no form for stays as it is. */
export interface Raw {
  readonly kind: 'raw';
  readonly id: number;
  readonly filter: Filter;
}

export type Node = Condition | Group | Raw;

let last = 0;
const nextId = (): number => {
  last += 1;
  return last;
};

export const newCondition = (): Condition => ({
  kind: 'condition',
  id: nextId(),
  path: '',
  quantifier: '_some',
  operator: '_eq',
  value: undefined,
});

export const newGroup = (nodes: readonly Node[] = [], mode: Group['mode'] = '_and'): Group => ({
  kind: 'group',
  id: nextId(),
  mode,
  nodes,
});

const isObject = (value: unknown): value is Filter =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The tree that a filter draws. Its root is always a group. */
export function treeOf(filter: Filter | null): Group {
  const nodes = nodesOf(filter ?? {});
  const [only] = nodes;
  return nodes.length === 1 && only?.kind === 'group' ? only : newGroup(nodes);
}

function nodesOf(filter: Filter): Node[] {
  return Object.entries(filter).flatMap(([key, value]): Node[] => {
    if (key !== '_and' && key !== '_or') return conditionsOf(key, value, [], null) ?? [raw({ [key]: value })];
    if (!Array.isArray(value) || !value.every(isObject)) return [raw({ [key]: value })];
    return [newGroup(value.flatMap(oneOf), key)];
  });
}

/** One element of a group: several keys in it are all needed, so they stay together. */
function oneOf(filter: Filter): Node[] {
  const nodes = nodesOf(filter);
  return nodes.length > 1 ? [newGroup(nodes)] : nodes;
}

const raw = (filter: Filter): Raw => ({ kind: 'raw', id: nextId(), filter });

/** The conditions below a field; null for what they can't express. */
function conditionsOf(
  field: string,
  below: unknown,
  way: readonly string[],
  quantifier: Quantifier | null,
): Condition[] | null {
  if (field.startsWith('$') || field.includes(':')) return null;
  const path = [...way, field];
  if (!isObject(below)) return [conditionOf(path, quantifier, '_eq', below)];
  const conditions: Condition[] = [];
  for (const [key, value] of Object.entries(below)) {
    const found = isOperator(key)
      ? [conditionOf(path, quantifier, key, value)]
      : belowRelation(key, value, path, quantifier);
    if (!found) return null;
    conditions.push(...found);
  }
  // One related item that has to fit all of several conditions is more than each of them alone.
  return conditions.length > 1 && conditions.some(({ path: one }) => one.includes('.')) ? null : conditions;
}

function belowRelation(
  key: string,
  value: unknown,
  path: readonly string[],
  quantifier: Quantifier | null,
): Condition[] | null {
  if (key !== '_some' && key !== '_none')
    return key.startsWith('_') ? null : conditionsOf(key, value, path, quantifier);
  const inner = isObject(value) ? Object.entries(value) : [];
  const [only] = inner;
  if (inner.length !== 1 || !only || only[0].startsWith('_') || quantifier) return null;
  return conditionsOf(only[0], only[1], path, key);
}

const OPPOSITE = { _null: '_nnull', _nnull: '_null', _empty: '_nempty', _nempty: '_empty' } as const;

function conditionOf(
  path: readonly string[],
  quantifier: Quantifier | null,
  operator: Operator,
  value: unknown,
): Condition {
  const denied = operator in OPPOSITE && (value === false || value === 'false');
  const meant = denied ? OPPOSITE[operator as keyof typeof OPPOSITE] : operator;
  return {
    kind: 'condition',
    id: nextId(),
    path: path.join('.'),
    quantifier: quantifier ?? '_some',
    operator: meant,
    value,
  };
}

/** How many steps of a path lead to a list of items, for the place of `_some` and `_none`; 0 where none does. */
export type StepsToMany = (path: string) => number;

/** The filter that a tree says; null when it says nothing. Conditions that aren't finished are left out. */
export function filterOf(group: Group, stepsToMany: StepsToMany): Filter | null {
  const parts = group.nodes.flatMap((node) => partOf(node, stepsToMany) ?? []);
  return parts.length === 0 ? null : { [group.mode]: parts };
}

function partOf(node: Node, stepsToMany: StepsToMany): Filter | null {
  if (node.kind === 'raw') return node.filter;
  if (node.kind === 'group') return filterOf(node, stepsToMany);
  if (!isFinished(node)) return null;
  const steps = node.path.split('.');
  const many = stepsToMany(node.path);
  const value = arityOf(node.operator) === 'none' ? true : node.value;
  const keys = [...steps, node.operator];
  if (many > 0) keys.splice(many, 0, node.quantifier);
  return keys.reduceRight<unknown>((below, key) => ({ [key]: below }), value) as Filter;
}

/** Whether every condition has its field and its value: one that is left out makes a rule admit more than was meant. */
export const isComplete = (group: Group): boolean =>
  group.nodes.every((node) => (node.kind === 'condition' ? isFinished(node) : node.kind === 'raw' || isComplete(node)));

function isFinished({ path, operator, value }: Condition): boolean {
  if (path === '') return false;
  switch (arityOf(operator)) {
    case 'none':
      return true;
    case 'two':
      return Array.isArray(value) && value.length === 2 && value.every((one) => one !== undefined && one !== '');
    case 'list':
      return typeof value === 'string' ? value !== '' : Array.isArray(value) && value.length > 0;
    default:
      return value !== undefined;
  }
}
