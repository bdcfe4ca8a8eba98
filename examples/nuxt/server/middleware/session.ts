import { sessionHandler } from '@limen/ssr/nuxt';

export default defineEventHandler(sessionHandler(sessions));
