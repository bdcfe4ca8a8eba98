import { sessionHandle } from '@limen/ssr/sveltekit';
import { sessions } from '#lib/server/sessions';

export const handle = sessionHandle(sessions, { protect: ['/profile', '/posts'] });
