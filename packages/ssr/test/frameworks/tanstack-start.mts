import { createSessions } from '@limen/ssr';
import { requireUser, withSession } from '@limen/ssr/tanstack-start';
import { redirect } from '@tanstack/react-router';
import { createMiddleware, createServerFn, createStart } from '@tanstack/react-start';
import type { Schema } from './schema.mjs';

const sessions = createSessions<Schema>({ url: 'https://api.example.com' });
const session = createMiddleware().server(({ request, next }) =>
  withSession(sessions, request, (session) => next({ context: { session } })),
);
export const startInstance = createStart(() => ({ requestMiddleware: [session] }));
export const me = createServerFn()
  .middleware([session])
  .handler(async ({ context }) => {
    const user = await requireUser(context.session, redirect);
    return { email: user.email ?? null };
  });
