/** Off to another page, with GET whatever the method was. */
export const seeOther = (location: string): Response => new Response(null, { status: 303, headers: { location } });

/**
 * For a prefetch whose tokens have expired, which never refreshes. An answer for nobody would look like a sign-out, and a
 * router might keep it; this one makes it ask again when the person really goes there.
 */
export const unavailable = (): Response =>
  new Response('The session can’t be renewed right now.', {
    status: 503,
    headers: { 'cache-control': 'private, no-store', 'retry-after': '1', 'content-type': 'text/plain; charset=utf-8' },
  });
