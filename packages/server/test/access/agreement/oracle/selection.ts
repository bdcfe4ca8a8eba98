import { type Deep, type Filter, fieldOf, type Json, type RawQuery, type Row } from '../model.ts';
import { type Expected, Ordered } from './expected.ts';
import { called, members, type Refusal, seen, target, targetIn } from './filter.ts';
import { eyesOf, type ListQuery, listing, listRefusals, matching } from './rows.ts';
import type { Viewer } from './viewer.ts';

type Render = (row: Row) => Expected;

interface Wish {
  readonly field: string;
  /** The function call that was written, if any. */
  readonly call: string | null;
  readonly below: string[];
  /** What was written below one collection of a many-to-any. */
  readonly scoped: Map<string, string[]>;
}

const STARS = '**********';
const CALL = /^(\w+)\((\w+)\)$/;

/** How rows of a collection are answered; adds to `refused` what may not be asked. */
export function selection(
  viewer: Viewer,
  collection: string,
  paths: readonly string[],
  alias: NonNullable<RawQuery['alias']>,
  deep: Deep,
  refused: Refusal[],
): { readonly names: readonly string[]; readonly render: (row: Row) => { [key: string]: Expected } } {
  const outputs = new Map<string, Render>();
  for (const [key, wish] of wishes(viewer, collection, paths, alias)) {
    const render = output(viewer, collection, wish, (deep[key] ?? deep[wish.field] ?? {}) as Deep, refused);
    if (render) outputs.set(key, render);
  }
  return {
    names: [...outputs.keys()],
    render: (row) => Object.fromEntries([...outputs].map(([key, render]) => [key, render(row)])),
  };
}

function wishes(
  viewer: Viewer,
  collection: string,
  paths: readonly string[],
  alias: NonNullable<RawQuery['alias']>,
): Map<string, Wish> {
  const found = new Map<string, Wish>();
  const wish = (key: string, field: string, call: string | null, below: string | null, scope?: string): void => {
    const one: Wish = found.get(key) ?? { field, call, below: [], scoped: new Map() };
    if (below !== null && scope !== undefined) one.scoped.set(scope, [...(one.scoped.get(scope) ?? []), below]);
    else if (below !== null) one.below.push(below);
    found.set(key, one);
  };
  for (const path of paths) {
    const dot = path.indexOf('.');
    const [head, rest] = dot < 0 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
    if (head === '*') {
      for (const name of viewer.named(collection)) {
        const to = relatedTo(collection, name);
        wish(name, name, null, to !== null && viewer.mayRead(to) ? rest : null);
        const among: readonly string[] = amongOf(collection, name) ?? [];
        for (const scope of among) if (viewer.mayRead(scope)) wish(name, name, null, rest, scope);
      }
      continue;
    }
    const meant = alias[head] ?? head;
    const call = CALL.exec(meant);
    const [before = '', scope] = meant.split(':');
    if (scope !== undefined) {
      wish(before, before, null, rest ?? '*', scope);
      continue;
    }
    const key = head in alias ? head : call ? `${call[2]}_${call[1]}` : meant;
    wish(key, call?.[2] ?? meant, call ? meant : null, rest);
  }
  return found;
}

function amongOf(collection: string, name: string): readonly string[] | null {
  const field = fieldOf(collection, name);
  return (field && 'among' in field && field.among?.allowed) || null;
}

function relatedTo(collection: string, name: string): string | null {
  const field = fieldOf(collection, name);
  if (!field) return null;
  return field.kind === 'list' ? field.from : (field.to ?? null);
}

/** How one field is answered; null when it is left out. */
function output(viewer: Viewer, collection: string, wish: Wish, deep: Deep, refused: Refusal[]): Render | null {
  const { field: name, call, below, scoped } = wish;
  const field = fieldOf(collection, name);
  const to = relatedTo(collection, name);
  const nested = below.length > 0;
  const refuse = (): null => {
    refused.push('FORBIDDEN');
    return null;
  };
  const among = amongOf(collection, name);
  if (field && among && (nested || scoped.size > 0)) return anyOf(viewer, collection, name, among, wish, refused);
  if (!field || scoped.size > 0 || (nested && to === null)) return refuse();
  const isClosed = to !== null && !viewer.mayRead(to);
  if (isClosed && (nested || (field.kind === 'list' && call === null))) return null;
  if (!viewer.mayName(collection, name)) return refuse();
  const eyes = eyesOf(viewer);
  if (call !== null) {
    return isClosed || field.kind === 'secret' ? refuse() : (row) => called(eyes, collection, row, call);
  }
  if (field.kind === 'list') {
    return manyOf(viewer, collection, name, field.from, below, deep, refused);
  }
  if (nested && to !== null) return oneOf(viewer, collection, name, to, below, deep, refused);
  if (field.kind === 'secret') return (row) => (seen(eyes, collection, row, name) === null ? null : STARS);
  return (row) => seen(eyes, collection, row, name);
}

/** The keys of deep without their underscores; those without one belong to relations further down. */
function ownOf(deep: Deep): { own: ListQuery; alias: NonNullable<RawQuery['alias']>; of: Deep } {
  const entries = Object.entries(deep);
  const own = Object.fromEntries(
    entries.flatMap(([key, value]) => (key.startsWith('_') ? [[key.slice(1), value]] : [])),
  );
  const { alias = {}, ...list } = own as { [key: string]: Json };
  return {
    own: list as unknown as ListQuery,
    alias: alias as { [key: string]: string },
    of: Object.fromEntries(entries.filter(([key]) => !key.startsWith('_'))),
  };
}

function oneOf(
  viewer: Viewer,
  collection: string,
  name: string,
  to: string,
  below: readonly string[],
  deep: Deep,
  refused: Refusal[],
): Render {
  const { own, alias, of } = ownOf(deep);
  const { render } = selection(viewer, to, below, alias, of, refused);
  refused.push(...listRefusals(viewer, to, own.filter ? { filter: own.filter as Filter } : {}));
  return (row) => {
    const found = target(eyesOf(viewer), collection, row, name);
    return found && matching(viewer, to, [found], own).length > 0 ? render(found) : null;
  };
}

/** Below a many-to-any; left out where none of the collections may be read. */
function anyOf(
  viewer: Viewer,
  collection: string,
  name: string,
  among: readonly string[],
  { below, scoped }: Wish,
  refused: Refusal[],
): Render | null {
  const scopes = new Map(scoped);
  if (below.length > 0) for (const scope of among) scopes.set(scope, [...(scopes.get(scope) ?? []), ...below]);
  if ([...scopes.keys()].some((scope) => !among.includes(scope))) {
    refused.push('FORBIDDEN');
    return null;
  }
  const open = [...scopes].filter(([scope]) => viewer.mayRead(scope));
  if (open.length === 0) return null;
  if (!viewer.mayName(collection, name)) {
    refused.push('FORBIDDEN');
    return null;
  }
  const renders = open.map(([scope, paths]) => ({ scope, ...selection(viewer, scope, paths, {}, {}, refused) }));
  return (row) => {
    for (const { scope, render } of renders) {
      const found = targetIn(eyesOf(viewer), collection, row, name, scope);
      if (found) return render(found);
    }
    return null;
  };
}

function manyOf(
  viewer: Viewer,
  collection: string,
  name: string,
  from: string,
  below: readonly string[],
  deep: Deep,
  refused: Refusal[],
): Render {
  const { own, alias, of } = ownOf(deep);
  const render: Render =
    below.length === 0 ? (row) => row.id ?? null : selection(viewer, from, below, alias, of, refused).render;
  refused.push(...listRefusals(viewer, from, own));
  return (row) => {
    const rows = members(eyesOf(viewer), collection, row, name);
    if (rows === null) return null;
    const { groups, skip, take } = listing(viewer, from, rows, own);
    return new Ordered(
      groups.map((group) => group.map(render)),
      skip,
      take,
    );
  };
}
