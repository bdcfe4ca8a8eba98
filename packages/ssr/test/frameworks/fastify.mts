import { createSessions } from '@limen/ssr';
import { requireUser, type SessionRequest, sessionHooks } from '@limen/ssr/fastify';
import fastify from 'fastify';
import type { Schema } from './schema.mjs';

declare module 'fastify' {
  interface FastifyRequest extends SessionRequest<Schema> {}
}
const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
const app = fastify();
sessionHooks(app, sessions);
app.get('/profile', { preHandler: requireUser }, async (request) => request.session.user());
