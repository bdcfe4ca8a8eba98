import type { FilterInput, Json } from '../../wire/index.ts';

/** Keys and positions that lead to a part of a rule. */
export type RulePath = readonly (string | number)[];

/** One condition of a rule. */
export interface RuleLeaf {
  /** Up to and including the operator. */
  readonly path: RulePath;
  readonly operator: string;
  /** As people read it: `category.name _eq "News"`. */
  readonly text: string;
  /** The condition alone, on the way of relations that it stands at. */
  readonly alone: FilterInput;
}

/** A list of conditions. */
export interface RuleGroup {
  readonly path: RulePath;
  readonly operator: '_and' | '_or';
  readonly size: number;
}

/** Relations that ask for some or for none of their items. */
export interface RuleQuantifier {
  readonly path: RulePath;
  readonly operator: '_some' | '_none';
  readonly text: string;
}

export interface RuleParts {
  readonly leaves: readonly RuleLeaf[];
  readonly groups: readonly RuleGroup[];
  readonly quantifiers: readonly RuleQuantifier[];
}

/** The parts of a rule as it is written. */
export function partsOfRule(rule: FilterInput | null): RuleParts {
  const parts = { leaves: [] as RuleLeaf[], groups: [] as RuleGroup[], quantifiers: [] as RuleQuantifier[] };
  if (rule !== null) visit(rule, [], [], parts);
  return parts;
}

type Found = { leaves: RuleLeaf[]; groups: RuleGroup[]; quantifiers: RuleQuantifier[] };

/** `way` holds the fields and quantifiers on the way, without the lists. */
function visit(node: Json, path: RulePath, way: readonly string[], found: Found): void {
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
  for (const [key, value] of Object.entries(node)) {
    const here = [...path, key];
    if (key === '_and' || key === '_or') {
      if (!Array.isArray(value)) continue;
      found.groups.push({ path: here, operator: key, size: value.length });
      for (const [i, part] of value.entries()) visit(part, [...here, i], way, found);
    } else if (key === '_some' || key === '_none') {
      found.quantifiers.push({ path: here, operator: key, text: `${nameOf(way)} ${key}` });
      visit(value, here, [...way, key], found);
    } else if (key.startsWith('_')) {
      const text = `${nameOf(way)} ${key} ${shown(value)}`;
      found.leaves.push({ path: here, operator: key, text, alone: nested([...way, key], value) });
    } else visit(value, here, [...way, key], found);
  }
}

const nameOf = (way: readonly string[]): string => way.filter((name) => name !== '_some').join('.');

const LONGEST = 60;

function shown(value: Json): string {
  const text = typeof value === 'string' && value.startsWith('$') ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const nested = (way: readonly string[], value: Json): FilterInput =>
  way.reduceRight<Json>((inner, name) => ({ [name]: inner }), value) as FilterInput;

const OPPOSITES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['_eq', '_neq'],
    ['_ieq', '_nieq'],
    ['_in', '_nin'],
    ['_lt', '_gte'],
    ['_gt', '_lte'],
    ['_null', '_nnull'],
    ['_empty', '_nempty'],
    ['_between', '_nbetween'],
    ['_contains', '_ncontains'],
    ['_icontains', '_nicontains'],
    ['_starts_with', '_nstarts_with'],
    ['_istarts_with', '_nistarts_with'],
    ['_ends_with', '_nends_with'],
    ['_iends_with', '_niends_with'],
    ['_some', '_none'],
    ['_and', '_or'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

/** The operator that holds where this one does not; null when there is none. */
export const oppositeOf = (operator: string): string | null => OPPOSITES[operator] ?? null;

/** The rule with another operator in a place. */
export function withOperator(rule: FilterInput, path: RulePath, operator: string): FilterInput {
  return edited(rule, path, (value) => [operator, value]) as FilterInput;
}

/** The rule without a part; null when nothing is left of it. */
export function withoutPart(rule: FilterInput, path: RulePath): FilterInput | null {
  return edited(rule, path, () => null) as FilterInput | null;
}

type Edit = (value: Json) => readonly [key: string, value: Json] | null;

/** A copy in which one place is edited; what that leaves empty is gone, which is undefined. */
function edited(node: Json, [step, ...rest]: RulePath, edit: Edit): Json | null {
  if (Array.isArray(node)) {
    const parts = node.flatMap((part, i) => {
      if (i !== step) return [part];
      const kept = rest.length === 0 ? null : edited(part, rest, edit);
      return kept === null ? [] : [kept];
    });
    return parts.length === 0 ? null : parts;
  }
  const entries = Object.entries(node as { [key: string]: Json }).flatMap(([key, value]) => {
    if (key !== step) return [[key, value] as const];
    if (rest.length === 0) {
      const replaced = edit(value);
      return replaced ? [replaced] : [];
    }
    const kept = edited(value, rest, edit);
    return kept === null ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? null : (Object.fromEntries(entries) as Json);
}
