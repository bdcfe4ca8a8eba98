import { createSessions } from '@limen/ssr';
import { requireUser, type SessionLocals, sessionMiddleware } from '@limen/ssr/solidstart';
import { redirect } from '@solidjs/router';
import { createMiddleware } from '@solidjs/start/middleware';
import { getRequestEvent } from 'solid-js/web';
import type { Schema } from './schema.mjs';

declare global {
  namespace App {
    interface RequestEventLocals extends SessionLocals<Schema> {}
  }
}
const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
export default createMiddleware(sessionMiddleware(sessions));
export const me = () => requireUser(getRequestEvent()!.locals.session, redirect);
