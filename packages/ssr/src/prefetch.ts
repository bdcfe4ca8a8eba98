const PREFETCH_HEADERS = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const;
const ROUTER_HEADERS = ['next-router-prefetch', 'next-router-segment-prefetch', 'x-middleware-prefetch'] as const;

/** Whether nobody may ever see the answer: browsers and routers fetch pages in advance. */
export function isPrefetch(headers: Headers): boolean {
  return (
    PREFETCH_HEADERS.some((name) => /\b(prefetch|prerender|preview)\b/i.test(headers.get(name) ?? '')) ||
    ROUTER_HEADERS.some((name) => headers.has(name))
  );
}
