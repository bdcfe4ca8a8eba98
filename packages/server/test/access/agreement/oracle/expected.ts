import type { Json } from '../model.ts';

/**
 * Items in an order that is decided only as far as the groups go: within a group any order is right. What is answered is
 * the part of it from `skip` on, at most `take` long.
 */
export class Ordered {
  readonly groups: readonly (readonly Expected[])[];
  readonly skip: number;
  readonly take: number;

  constructor(groups: readonly (readonly Expected[])[], skip: number, take: number) {
    this.groups = groups;
    this.skip = skip;
    this.take = take;
  }
}

export type Expected = Json | Ordered | readonly Expected[] | { readonly [key: string]: Expected };

const isList = (value: Expected): value is readonly Expected[] => Array.isArray(value);

/** Whether an answer is one of those that are expected. */
export function agrees(expected: Expected, got: unknown): boolean {
  if (expected instanceof Ordered) return Array.isArray(got) && agreesInOrder(expected, got);
  if (typeof expected === 'number' && typeof got === 'number') return Math.abs(expected - got) < 1e-9;
  if (expected === null || typeof expected !== 'object') return expected === got;
  if (isList(expected)) {
    return Array.isArray(got) && got.length === expected.length && expected.every((one, i) => agrees(one, got[i]));
  }
  if (got === null || typeof got !== 'object' || Array.isArray(got)) return false;
  const keys = Object.keys(expected);
  return (
    keys.length === Object.keys(got).length &&
    keys.every(
      (key) => Object.hasOwn(got, key) && agrees(expected[key] as Expected, (got as Record<string, unknown>)[key]),
    )
  );
}

function agreesInOrder({ groups, skip, take }: Ordered, got: readonly unknown[]): boolean {
  const total = groups.reduce((sum, group) => sum + group.length, 0);
  const end = Math.min(total, skip + take);
  if (got.length !== Math.max(0, end - skip)) return false;
  let start = 0;
  return groups.every((group) => {
    const [from, to] = [Math.max(start, skip), Math.min(start + group.length, end)];
    start += group.length;
    return to <= from || fits(got.slice(from - skip, to - skip), group);
  });
}

/** Whether each of these can be given a place of its own among the expected ones. */
function fits(got: readonly unknown[], places: readonly Expected[]): boolean {
  const [first, ...rest] = got;
  if (got.length === 0) return true;
  return places.some((place, i) => agrees(place, first) && fits(rest, [...places.slice(0, i), ...places.slice(i + 1)]));
}

/** One of the expected answers, to be shown. */
export function example(expected: Expected): Json {
  if (expected instanceof Ordered) {
    const all = expected.groups.flat().map(example);
    return all.slice(expected.skip, expected.skip + expected.take);
  }
  if (expected === null || typeof expected !== 'object') return expected;
  if (isList(expected)) return expected.map(example);
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, example(value as Expected)]));
}
