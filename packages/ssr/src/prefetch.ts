/** Say that they are by what they hold. */
const HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];
/** Of routers: they say it by being there. */
const OF_ROUTERS = ['next-router-prefetch', 'next-router-segment-prefetch', 'x-middleware-prefetch'];

/** Whether nobody may ever see the answer: browsers and routers fetch pages in advance. */
export const isPrefetch = (headers: Headers): boolean =>
  HEADERS.some((name) => /\b(prefetch|prerender|preview)\b/i.test(headers.get(name) ?? '')) ||
  OF_ROUTERS.some((name) => headers.has(name));
