import type { Random } from '../../access/agreement/random.ts';
import { type CollectionModel, columnsOf, type Filter, type Json, listsOf } from '../model.ts';
import { TEXT_KINDS, UNORDERED } from './filter.ts';

/** What makes a right query wrong, and the code it is refused with. */
export interface Mistake {
  readonly add: { readonly [key: string]: Json };
  readonly code: 'FORBIDDEN' | 'INVALID_QUERY';
}

/** Mistakes that can be made with a collection. */
export function mistakes(random: Random, collection: CollectionModel, isList: boolean): Mistake[] {
  const forbidden = (add: Mistake['add']): Mistake => ({ add, code: 'FORBIDDEN' });
  const invalid = (add: Mistake['add']): Mistake => ({ add, code: 'INVALID_QUERY' });
  const filters = [...filterMistakes(random, collection)];
  const everywhere: Mistake[] = [
    ...filters.map(({ filter, code }) => ({ add: { filter }, code })),
    invalid({ filter: [1] }),
    invalid({ limit: random.pick<Json>([-2, 'x', 1.5]) }),
    invalid({ offset: random.pick<Json>([-1, 'x']) }),
    invalid({ meta: ['count'] }),
    invalid({ alias: { 'a.b': collection.key } }),
    invalid({ aggregate: { median: [collection.key] } }),
  ];
  const [text] = columnsOf(collection).find(([, { kind }]) => kind === 'text' || kind === 'string') ?? [];
  if (!isList) {
    return [
      ...everywhere,
      forbidden({ groupBy: ['nope'] }),
      forbidden({ aggregate: { max: ['nope'] } }),
      ...(text ? [invalid({ aggregate: { sum: [text] } }), invalid({ groupBy: [`year(${text})`] })] : []),
      invalid({ aggregate: { max: ['*'] } }),
    ];
  }
  const { key } = collection;
  const [list] = listsOf(collection)[0] ?? [];
  const [one] = columnsOf(collection).find(([, { to }]) => to) ?? [];
  return [
    ...everywhere,
    forbidden({ fields: [key, 'nope'] }),
    forbidden({ fields: [`${key}.nope`] }),
    invalid({ fields: [`century(${key})`] }),
    invalid({ fields: [`year(${key})`] }),
    invalid({ fields: [`json(${key}, a)`] }),
    forbidden({ fields: ['nope_too'], alias: { nope_too: 'nope' } }),
    forbidden({ sort: ['nope'] }),
    forbidden({ sort: [`${key}.nope`] }),
    forbidden({ sort: [`json(${key}, a)`] }),
    invalid({ sort: [`year(${key})`] }),
    ...(list
      ? [forbidden({ fields: [`${list}.nope`] }), invalid({ sort: [list] }), invalid({ sort: [`${list}.x`] })]
      : []),
    ...(one
      ? [
          forbidden({ fields: [`${one}.nope`] }),
          forbidden({ sort: [`${one}.nope`] }),
          forbidden({ fields: [`${one}:nope.x`] }),
        ]
      : []),
  ];
}

function* filterMistakes(
  random: Random,
  collection: CollectionModel,
): Generator<{ filter: Filter; code: Mistake['code'] }> {
  const forbidden = (filter: Filter) => ({ filter, code: 'FORBIDDEN' as const });
  const invalid = (filter: Filter) => ({ filter, code: 'INVALID_QUERY' as const });
  const [name, { kind }] = random.pick(columnsOf(collection).filter(([, { to, any }]) => !to && !any));
  yield forbidden({ nope: { _eq: 1 } });
  yield forbidden({ _or: [{ [name]: { nope: { _eq: 1 } } }] });
  yield forbidden({ '$FOLLOW(nope,nope)': { id: { _eq: 1 } } });
  yield invalid({ _eq: 1 });
  yield invalid({ [name]: { _like: 'a' } });
  yield invalid({ [name]: { _in: [] } });
  yield invalid({ [name]: { _between: ['1'] } });
  yield invalid({ [name]: ['1', '2'] });
  yield invalid({ [`century(${name})`]: { _eq: 1 } });
  yield invalid({ _and: 1 });
  if (UNORDERED.has(kind)) yield invalid({ [name]: { _lt: 1 } });
  if (!TEXT_KINDS.has(kind))
    yield invalid({ [name]: { [random.pick(['_contains', '_empty', '_nempty', '_istarts_with'])]: '1' } });
  for (const [field, { to, any }] of columnsOf(collection)) {
    if (to) yield forbidden({ [field]: { nope: { _eq: 1 } } });
    if (any) {
      yield invalid({ [field]: { id: { _eq: 1 } } });
      yield forbidden({ [`${field}:nope`]: { id: { _eq: 1 } } });
    }
  }
  for (const [field] of listsOf(collection)) {
    yield forbidden({ [field]: { _some: { nope: { _eq: 1 } } } });
    yield invalid({ [field]: { _some: 1 } });
  }
}
