import { type Case, collectionOf, type Json, type World } from '../model.ts';
import { aggregated, type Computed } from './aggregate.ts';
import { type ListQuery, listing, matching } from './list.ts';
import { Selection } from './selection.ts';

export type Answer = { readonly code: string } | { readonly items: readonly Computed[]; readonly meta: Json };

/** What a case has to be answered with, by the documents alone. */
export function answer(world: World, one: Case): Answer {
  if (one.wrong !== null) return { code: one.wrong };
  const { query, keys } = one;
  const collection = collectionOf(world, one.collection);
  if (query.aggregate || query.groupBy) return { items: aggregated(world, collection, query), meta: null };
  const all = world.rows[one.collection] ?? [];
  const named = keys === null ? all : all.filter((row) => keys.includes(row[collection.key] as string));
  const asked = query as ListQuery;
  const limit = asked.limit ?? (keys === null ? undefined : -1);
  const rows = listing(world, collection, named, asked, null, limit);
  const fields = (query.fields ?? ['*']) as string[];
  const [alias, deep] = [query.alias ?? {}, query.deep ?? {}] as { [key: string]: Json }[];
  const render = new Selection(world, query.backlink !== false).render(
    collection,
    fields,
    alias ?? {},
    deep ?? {},
    null,
  );
  return { items: rows.map(render), meta: meta() };

  function meta(): Json {
    const wanted = query.meta as string[] | undefined;
    if (!wanted) return null;
    const counts = { total_count: all.length, filter_count: matching(world, collection, all, asked).length };
    return Object.fromEntries(Object.entries(counts).filter(([name]) => wanted.includes('*') || wanted.includes(name)));
  }
}
