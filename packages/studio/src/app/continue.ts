/** Where to go after signing in: a path of the Studio. Whatever leads elsewhere leads to the first page. */
export function continueOf(wanted: string | undefined): string {
  if (!wanted?.startsWith('/') || wanted.startsWith('//') || wanted.includes('\\')) return '/';
  const here = 'http://studio.invalid';
  const url = URL.parse(wanted, here);
  if (!url || url.origin !== here || url.pathname.startsWith('/login')) return '/';
  return `${url.pathname}${url.search}${url.hash}`;
}
