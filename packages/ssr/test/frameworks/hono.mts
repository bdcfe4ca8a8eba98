import { readItems } from '@directus/sdk';
import { createSessions } from '@limen/ssr';
import { requireUser, type SessionVariables, sessionMiddleware } from '@limen/ssr/hono';
import { Hono } from 'hono';
import type { Schema } from './schema.mjs';

const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
const app = new Hono<{ Variables: SessionVariables<Schema> }>();
app.use(sessionMiddleware(sessions));
app.get('/profile', async (c) => {
  const user = await requireUser(c.var.session);
  if (user instanceof Response) return user;
  return c.json({ id: user.id, posts: await c.get('session').client.request(readItems('posts')) });
});
export default app;
