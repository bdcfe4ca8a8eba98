import { sessionRoute } from '@limen/ssr/nextjs';
import { sessions } from '@/lib/sessions';

/** POST only: a link that signs out could be planted anywhere. */
export const POST = sessionRoute(sessions, async (session) => {
  await session.logout();
  return new Response(null, { status: 303, headers: { location: '/' } });
});
