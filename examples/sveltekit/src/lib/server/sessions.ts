import { createSessions } from '@limen/ssr';
import type { Schema } from '#lib/schema.ts';

/** Holds no token and no client: those exist per request, in `event.locals.session`. */
export const sessions = createSessions<Schema>({
  url: process.env.LIMEN_URL ?? 'http://localhost:8055',
  userFields: ['email'],
});
