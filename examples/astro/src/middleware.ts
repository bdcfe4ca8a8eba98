import { sessionMiddleware } from '@limen/ssr/astro';
import { sessions } from './sessions';

export const onRequest = sessionMiddleware(sessions, { protect: ['/profile', '/posts'] });
