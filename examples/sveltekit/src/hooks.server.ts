import { sessionHandle } from '@limen/ssr/sveltekit';
import { sessions } from '#lib/server/sessions.ts';

export const handle = sessionHandle(sessions, { protect: ['/profile', '/posts'] });
