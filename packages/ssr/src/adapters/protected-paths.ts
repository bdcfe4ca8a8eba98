/**
 * Whether a path is one of the prefixes or below one: `/profile` and `/profile/…`, not `/profiles`. What can't be decoded
 * counts as below all of them.
 */
export function isBelow(pathname: string, prefixes: readonly string[]): boolean {
  let path: string;
  try {
    path = decodeURIComponent(pathname)
      .replace(/[\\/]+/g, '/')
      .toLowerCase();
  } catch {
    return prefixes.length > 0;
  }
  return prefixes.some((prefix) => {
    const start = prefix.replace(/\/+$/, '').toLowerCase();
    return path === start || path.startsWith(`${start}/`);
  });
}
