import { type Json, type Kind, NOW } from '../model.ts';
import type { Viewer } from '../oracle/viewer.ts';
import type { Random } from '../random.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** A UUID of digits only, so that no search for letters finds it. */
const uuid = (kind: number, n: number): string =>
  `00000000-0000-4000-8000-00000000${kind}${String(n).padStart(3, '0')}`;

export const userKey = (n: number): string => uuid(1, n);
export const roleKey = (n: number): string => uuid(2, n);
export const policyKey = (n: number): string => uuid(3, n);
export const commentKey = (n: number): string => uuid(4, n);
export const accessKey = (n: number): string => uuid(5, n);
const fileKey = (n: number): string => uuid(6, n);
const remarkKey = (n: number): string => uuid(7, n);

/** How many rows each collection has in every world. */
export const SIZES = {
  categories: 7,
  posts: 10,
  comments: 12,
  blocks: 8,
  directus_users: 5,
  directus_roles: 4,
  directus_files: 4,
  directus_comments: 4,
  directus_activity: 4,
  directus_revisions: 5,
} as const;

/** Few values, so that many are equal; lower case and letters only, which every collation orders alike. */
const WORDS = ['', 'a', 'b', 'ab', 'abc', 'ba', 'zz'];
/** For columns that are never ordered. */
const TEXTS = ['', 'a', 'Ab', 'aB%', 'a_b', "it's", 'ZZ', 'x\\y', 'ä'];
const MOMENTS = [0, -HOUR, HOUR, -DAY, DAY, -DAY - 1, -YEAR, YEAR, 1].map((shift) =>
  new Date(NOW + shift).toISOString(),
);
const SHIFTS = ['$NOW', '$NOW(-1 day)', '$NOW(+1 day)', '$NOW(-1 hour)', '$NOW(-1 year)', '$NOW(+2 hours)'];
const TAGS: Json[] = [[], ['a'], ['a', 'b'], ['zz', 'ab']];
const DOCUMENTS: Json[] = [[], [1, 2], ['a'], {}, { a: 1 }, 'text', true];

/** Keys of a collection, of rows that exist. */
export function keysOf(collection: string): (string | number)[] {
  const count = SIZES[collection as keyof typeof SIZES];
  return Array.from({ length: count }, (_, i) => keyOf(collection, i + 1));
}

export function keyOf(collection: string, n: number): string | number {
  if (collection === 'comments') return commentKey(n);
  if (collection === 'directus_users') return userKey(n);
  if (collection === 'directus_files') return fileKey(n);
  if (collection === 'directus_comments') return remarkKey(n);
  return collection === 'directus_roles' ? roleKey(n) : n;
}

/** A value for a column that leads nowhere. */
export function valueFor(random: Random, kind: Kind, field: string): Json {
  switch (kind) {
    case 'integer':
      return random.between(-1, 5);
    case 'boolean':
      return random.chance(0.5);
    case 'timestamp':
      return random.pick(MOMENTS);
    case 'csv':
      return random.pick(TAGS);
    case 'json':
      return random.pick(DOCUMENTS);
    case 'text':
      return random.pick(TEXTS);
    case 'uuid':
      return userKey(random.between(1, SIZES.directus_users));
    default:
      if (field === 'badge') return badge(random);
      if (field === 'item') return String(random.between(1, 9));
      return random.pick(field === 'kind' ? ['posts', 'posts', 'categories', 'comments'] : WORDS);
  }
}

const badge = (random: Random): string =>
  random.chance(0.5)
    ? policyKey(random.between(1, 6))
    : random.chance(0.5)
      ? roleKey(random.between(1, SIZES.directus_roles))
      : userKey(random.between(1, SIZES.directus_users));

export const momentOf = (random: Random): string => (random.chance(0.5) ? random.pick(SHIFTS) : random.pick(MOMENTS));

/** What is looked for: parts of words, numbers, a whole key, and what LIKE would take for a wildcard. */
export const SEARCHES = ['a', 'B', 'zz', '1', '3', 'q', '%', '_', commentKey(2)];

/** More of the collection is readable than the model knows of. */
export const isWide = (viewer: Viewer, collection: string): boolean =>
  collection.startsWith('directus_') && (viewer.admin || viewer.app);
