import { LIMEN_URL, ORIGIN } from 'astro:env/server';
import { createSessions } from '@limen/ssr';
import type { Schema } from './schema';

/** Holds no token and no client: those exist per request, in `Astro.locals.session`. */
export const sessions = createSessions<Schema>({
  url: LIMEN_URL,
  origins: ORIGIN ? [ORIGIN] : [],
  userFields: ['email'],
});
