import {
  type CollectionModel,
  collectionOf,
  type FieldModel,
  isColumn,
  type Json,
  type RawQuery,
  type Row,
  type World,
} from '../model.ts';
import { called, members, rowAt, rowIn } from './filter.ts';
import { type ListQuery, listing, matching } from './list.ts';

type Deep = { readonly [key: string]: Json };
type Render = (row: Row) => Json;

/** What is asked for under one key of the answer. */
interface Wish {
  readonly field: string;
  readonly call: string | null;
  /** Paths below, each with the collection of a many-to-any it is meant for, or null for all. */
  readonly below: { readonly scope: string | null; readonly path: string }[];
}

/** How rows of a collection are answered. */
export class Selection {
  readonly #world: World;
  readonly #backlink: boolean;

  constructor(world: World, backlink: boolean) {
    this.#world = world;
    this.#backlink = backlink;
  }

  /** `cameBy` is the relation on the way here, as its column. */
  render(
    collection: CollectionModel,
    paths: readonly string[],
    alias: Deep,
    deep: Deep,
    cameBy: string | null,
  ): Render {
    const outputs = [...this.#wishes(collection, paths, alias, cameBy)].map(([key, wish]): [string, Render] => [
      key,
      this.#output(collection, wish, (deep[key] ?? deep[wish.field] ?? {}) as Deep, deep),
    ]);
    return (row) => Object.fromEntries(outputs.map(([key, render]) => [key, render(row)]));
  }

  #wishes(
    collection: CollectionModel,
    paths: readonly string[],
    alias: Deep,
    cameBy: string | null,
  ): Map<string, Wish> {
    const found = new Map<string, Wish>();
    const wish = (key: string, field: string, call: string | null): Wish => {
      const one = found.get(key) ?? { field, call, below: [] };
      found.set(key, one);
      return one;
    };
    for (const path of paths) {
      const [head, rest] = divided(path);
      if (head === '*') {
        for (const [name, field] of Object.entries(collection.fields)) {
          const one = wish(name, name, null);
          const way = wayOf(collection, name, field);
          if (rest === null || way === null || (!this.#backlink && way === cameBy)) continue;
          for (const scope of isColumn(field) && field.any ? field.any.allowed : [null])
            one.below.push({ scope, path: rest });
        }
        continue;
      }
      const meant = String(alias[head] ?? head);
      const call = /^(\w+)\(([^,]+)(?:,\s*(.+))?\)$/.exec(meant);
      if (call) {
        const steps = call[3] ? stepsOf(call[3]) : [];
        wish(head in alias ? head : [call[2], ...steps, call[1]].join('_'), call[2] as string, meant);
        continue;
      }
      const [name = '', scope = null] = meant.split(':');
      const one = wish(head in alias ? head : name, name, null);
      if (rest !== null) one.below.push({ scope, path: rest });
    }
    return found;
  }

  #output(collection: CollectionModel, { field: name, call, below }: Wish, deep: Deep, level: Deep): Render {
    if (call?.startsWith('json('))
      return (row) => partOf(row[name] ?? null, stepsOf(call.replace(/^.*?,\s*|\)$/g, '')));
    if (call) return (row) => called(this.#world, collection, row, call);
    const field = collection.fields[name] as FieldModel;
    if (!isColumn(field)) return this.#many(collection, field, below, deep);
    if (below.length === 0) return (row) => row[name] ?? null;
    if (field.any) return this.#any(collection, name, field.any.allowed, below, level);
    return this.#one(collection, name, field.to as string, below, deep);
  }

  #one(collection: CollectionModel, name: string, target: string, below: Wish['below'], deep: Deep): Render {
    const { own, alias, of } = ownOf(deep);
    const to = collectionOf(this.#world, target);
    const render = this.render(to, pathsOf(below), alias, of, `${collection.name}.${name}`);
    return (row) => {
      const found = rowAt(this.#world, target, row[name] ?? null);
      return found && matching(this.#world, to, [found], own).length > 0 ? render(found) : null;
    };
  }

  #many(collection: CollectionModel, field: FieldModel & { kind: 'list' }, below: Wish['below'], deep: Deep): Render {
    const { own, alias, of } = ownOf(deep);
    const from = collectionOf(this.#world, field.from);
    const render: Render =
      below.length === 0
        ? (row) => row[from.key] ?? null
        : this.render(from, pathsOf(below), alias, of, `${field.from}.${field.by}`);
    return (row) => {
      const rows = members(this.#world, field.from, field.by, row[collection.key] ?? null);
      return listing(this.#world, from, rows, own, field.sort).map(render);
    };
  }

  #any(
    collection: CollectionModel,
    name: string,
    allowed: readonly string[],
    below: Wish['below'],
    level: Deep,
  ): Render {
    const renders = new Map<string, { to: CollectionModel; own: ListQuery; render: Render }>();
    for (const scope of allowed) {
      const paths = below.filter((one) => one.scope === null || one.scope === scope);
      if (paths.length === 0) continue;
      const { own, alias, of } = ownOf((level[`${name}:${scope}`] ?? {}) as Deep);
      const to = collectionOf(this.#world, scope);
      renders.set(scope, { to, own, render: this.render(to, pathsOf(paths), alias, of, `${collection.name}.${name}`) });
    }
    return (row) => {
      for (const [scope, { to, own, render }] of renders) {
        const found = rowIn(this.#world, collection, row, name, scope);
        if (found) return matching(this.#world, to, [found], own).length > 0 ? render(found) : null;
      }
      return null;
    };
  }
}

const pathsOf = (below: Wish['below']): string[] => below.map(({ path }) => path);

/** The column of the relation that a field is a side of. */
function wayOf(collection: CollectionModel, name: string, field: FieldModel): string | null {
  if (!isColumn(field)) return `${field.from}.${field.by}`;
  return field.to || field.any ? `${collection.name}.${name}` : null;
}

function divided(path: string): [string, string | null] {
  const dot = path.includes('(')
    ? path.indexOf('.', path.lastIndexOf('(') < path.indexOf('.') ? path.indexOf(')') : 0)
    : path.indexOf('.');
  return dot < 0 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** `a.b[0]` */
const stepsOf = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== '');

function partOf(value: Json, steps: readonly string[]): Json {
  return steps.reduce<Json>((at, step) => {
    if (at === null || typeof at !== 'object' || Array.isArray(at) !== /^\d+$/.test(step)) return null;
    return (at as { [key: string]: Json })[step] ?? null;
  }, value);
}

/** The keys of deep without their underscores; those without one belong to relations further down. */
function ownOf(deep: Deep): { own: ListQuery; alias: Deep; of: Deep } {
  const entries = Object.entries(deep);
  const { alias = {}, ...own } = Object.fromEntries(
    entries.flatMap(([key, value]) => (key.startsWith('_') ? [[key.slice(1), value]] : [])),
  ) as RawQuery;
  return {
    own: own as ListQuery,
    alias: alias as Deep,
    of: Object.fromEntries(entries.filter(([key]) => !key.startsWith('_'))),
  };
}
