import { createSessions } from '@limen/ssr';
import { requireUser, type SessionLocals, sessionMiddleware } from '@limen/ssr/express';
import express from 'express';
import type { Schema } from './schema.mjs';

declare global {
  namespace Express {
    interface Locals extends SessionLocals<Schema> {}
  }
}
const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
const app = express();
app.use(sessionMiddleware(sessions));
app.get('/profile', requireUser(), async (_request, response) => {
  response.json(await response.locals.session.user());
});
