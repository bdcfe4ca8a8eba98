import { createSessions } from '@limen/ssr';
import type { Schema } from '@/lib/schema';

/** Holds no token and no client: those exist per request. */
export const sessions = createSessions<Schema>({
  url: process.env.LIMEN_URL ?? 'http://localhost:8055',
  origins: process.env.ORIGIN ? [process.env.ORIGIN] : [],
  userFields: ['email'],
});
