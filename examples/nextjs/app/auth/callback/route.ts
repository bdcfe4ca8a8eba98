import { callbackRoute } from '@limen/ssr/nextjs';
import { sessions } from '@/lib/sessions';

/** Where people come back to who logged in with a provider. */
export const GET = callbackRoute(sessions);
