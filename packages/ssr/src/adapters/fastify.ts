import type { Session, Sessions } from '../index.ts';
import { type NodeRequest, putCookies, webRequest } from './node-request.ts';

interface FastifyRequest {
  readonly raw: NodeRequest;
  readonly originalUrl: string;
  readonly protocol: string;
}

interface FastifyReply {
  readonly sent: boolean;
  readonly raw: { readonly headersSent: boolean };
  getHeader(name: string): unknown;
  header(name: string, value: unknown): unknown;
  removeHeader(name: string): unknown;
  code(status: number): FastifyReply;
  redirect(location: string, status: number): unknown;
  send(payload: unknown): unknown;
}

interface Fastify {
  decorateRequest(name: string, value: null): unknown;
  addHook(name: 'onRequest', hook: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>): unknown;
}

/** For the types of an app: `interface FastifyRequest extends SessionRequest<Schema> {}` in the module `fastify`. */
export interface SessionRequest<Schema = unknown> {
  session: Session<Schema>;
}

/** `sessionHooks(app, sessions)` on the instance whose routes are to have `request.session`. */
export function sessionHooks<Schema>(app: Fastify, sessions: Sessions<Schema>): void {
  app.decorateRequest('session', null);
  app.addHook('onRequest', async (request, reply) => {
    const { method, headers } = request.raw;
    const target = {
      get headersSent() {
        return reply.raw.headersSent;
      },
      getHeader: (name: string) => reply.getHeader(name),
      setHeader: (name: string, value: unknown) => {
        reply.removeHeader(name); // Fastify adds to the cookies that are there
        return reply.header(name, value);
      },
    };
    const session = sessions.for(
      webRequest({ method, headers, url: request.originalUrl }, request.protocol === 'https'),
      {
        canSetCookies: () => !target.headersSent,
        onCookies: (changes) => putCookies(target, changes),
      },
    );
    (request as unknown as SessionRequest<Schema>).session = session;
    await session.ready();
    if (session.hasTokens) reply.header('cache-control', 'private, no-store');
    return session.prefetch && session.stale
      ? reply.code(503).send('The session can’t be renewed right now.')
      : undefined;
  });
}

/** A `preHandler`: off to the login page without a user. The handler then has one in `await request.session.user()`. */
export async function requireUser(request: unknown, reply: FastifyReply): Promise<unknown> {
  const { location } = await (request as SessionRequest).session.guard();
  return location ? reply.redirect(location, 303) : undefined;
}
