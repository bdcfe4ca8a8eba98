import type { Source } from './sources.ts';

/** Beginnings that only settings of this API have; other names of the environment are nobody's business. */
const FAMILIES: readonly string[] = [
  'ACCESS_TOKEN_',
  'ASSETS_',
  'AUTH_',
  'CACHE_',
  'CORS_',
  'DB_',
  'EMAIL_',
  'GRAPHQL_',
  'HASH_',
  'HEALTHCHECK_',
  'HSTS_',
  'METRICS_',
  'PRESSURE_LIMITER_',
  'QUERY_LIMIT_',
  'QUERYSTRING_',
  'RATE_LIMITER_',
  'REFRESH_TOKEN_',
  'RETENTION_',
  'SESSION_COOKIE_',
  'SESSION_REFRESH_',
  'STORAGE_',
  'SYNCHRONIZATION_',
  'WEBSOCKETS_',
];

/** Farther apart than this, two names are two names. */
const MAX_DISTANCE = 2;

/** A warning for every name that begins like a setting and is none; in a configuration file also for near misses. */
export function warnAboutUnknownNames(sources: readonly Source[], known: ReadonlySet<string>): readonly string[] {
  return sources.flatMap(({ label, values }, index) =>
    [...values.keys()].flatMap((name) => {
      const isMember = FAMILIES.some((family) => name.startsWith(family));
      if (known.has(name) || (!isMember && index === 0)) return [];
      const nearest = nearestName(name, known);
      if (!isMember && !nearest) return [];
      return [`${name} in ${label} is not a setting.${nearest ? ` Did you mean ${nearest}?` : ''}`];
    }),
  );
}

function nearestName(name: string, known: ReadonlySet<string>): string | undefined {
  const limit = Math.min(MAX_DISTANCE, Math.floor(name.length / 5));
  let nearest: string | undefined;
  let best = limit + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= best) continue;
    const distance = editDistance(name, candidate);
    if (distance < best) [nearest, best] = [candidate, distance];
  }
  return nearest;
}

/** Levenshtein distance: how many letters have to be put in, left out or changed. */
export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
