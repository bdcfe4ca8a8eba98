import type { Json, ReadCase, World, WriteCase } from '../model.ts';
import { aggregated, aggregateRefusals } from './aggregate.ts';
import { type Expected, Ordered } from './expected.ts';
import type { Refusal } from './filter.ts';
import { listing, listRefusals, matching, readable } from './rows.ts';
import { selection } from './selection.ts';
import { Viewer } from './viewer.ts';

export type Answer =
  | { readonly refused: ReadonlySet<Refusal> }
  | { readonly items: Expected; readonly meta: { readonly [name: string]: number } | null };

const refusedWith = (reasons: readonly Refusal[]): Answer => ({ refused: new Set(reasons) });

/** What a case has to be answered with, by the documents alone. With several reasons to refuse, any of them will do. */
export function answer(world: World, one: ReadCase, viewer = new Viewer(world, one.caller)): Answer {
  const { collection, query } = one;
  if (!viewer.mayRead(collection)) return refusedWith(['FORBIDDEN']);
  if (Object.keys(query.aggregate ?? {}).length > 0 || (query.groupBy ?? []).length > 0) {
    const refused = aggregateRefusals(viewer, collection, query);
    return refused.length > 0 ? refusedWith(refused) : { items: aggregated(viewer, collection, query), meta: null };
  }
  const refused = listRefusals(viewer, collection, query);
  if (one.kind !== 'list' && !viewer.mayName(collection, 'id')) refused.push('FORBIDDEN');
  const fields = query.fields ?? ['*'];
  const { names, render } = selection(viewer, collection, fields, query.alias ?? {}, query.deep ?? {}, refused);
  if (names.length === 0 && fields.every((path) => path === '*')) refused.push('FORBIDDEN');
  if (refused.length > 0) return refusedWith(refused);
  const reach = readable(viewer, collection);
  if (one.kind === 'list') {
    return { items: ordered(listing(viewer, collection, reach, query), render), meta: counts() };
  }
  // A key that is hidden for a row finds nothing: it would tell which row has it.
  const named = reach.filter((row) => one.keys.includes(row.id as string) && viewer.maySee(collection, row, 'id'));
  if (one.kind === 'keys') {
    const { groups, skip, take } = listing(viewer, collection, named, { ...query, limit: query.limit ?? -1 });
    return { items: ordered({ groups, skip, take }, render), meta: null };
  }
  const [item] = named;
  return item ? { items: [render(item)], meta: null } : refusedWith(['FORBIDDEN']);

  function counts(): { [name: string]: number } | null {
    if (!query.meta) return null;
    const all = { total_count: reach.length, filter_count: matching(viewer, collection, reach, query).length };
    const wanted = query.meta.includes('*') ? Object.keys(all) : query.meta;
    return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
  }
}

/** What a caller is shown of what it wrote: null when that is nothing it may ask for. */
export function shown(viewer: Viewer, one: WriteCase, keys: readonly Json[]): Expected {
  const { collection, query } = one;
  if (keys.length === 0) return [];
  if (!viewer.mayRead(collection)) return null;
  const refused: Refusal[] = [];
  const fields = query.fields ?? ['*'];
  const { names, render } = selection(viewer, collection, fields, {}, {}, refused);
  if (refused.length > 0 || (names.length === 0 && fields.every((path) => path === '*'))) return null;
  const rows = readable(viewer, collection).filter((row) => keys.includes(row.id ?? null));
  if (one.kind !== 'create' && one.kind !== 'update')
    return ordered(listing(viewer, collection, rows, { limit: -1 }), render);
  return rows[0] ? render(rows[0]) : null;
}

function ordered(
  { groups, skip, take }: ReturnType<typeof listing>,
  render: ReturnType<typeof selection>['render'],
): Ordered {
  return new Ordered(
    groups.map((group) => group.map(render)),
    skip,
    take,
  );
}
