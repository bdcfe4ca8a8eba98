import type { FastifyInstance, FastifyReply } from 'fastify';
import { requestsExceeded } from '../errors/index.ts';
import { callerOf, RateWindow } from '../kernel/rate-window.ts';
import { clientAddress } from './address.ts';
import type { HttpParts } from './context.ts';

/** RATE_LIMITER_*: so many requests per client address, whatever they ask for and whoever they are. */
export function limitRequests(app: FastifyInstance, { config, clock }: Pick<HttpParts, 'config' | 'clock'>): void {
  const { rateLimiterPoints: points, rateLimiterDurationMs: durationMs } = config;
  const window = new RateWindow(points, durationMs, clock);
  app.addHook('onRequest', async (request, reply) => {
    const address = clientAddress(request.raw, config.ipTrustProxy, config.ipCustomHeader);
    refuseUntil(window.take(callerOf(address)), points, reply, clock.now());
  });
}

/** RATE_LIMITER_GLOBAL_*: so many requests of all clients together. */
export function limitAllRequests(app: FastifyInstance, { config, clock }: Pick<HttpParts, 'config' | 'clock'>): void {
  const { rateLimiterGlobalPoints: points, rateLimiterGlobalDurationMs: durationMs } = config;
  const window = new RateWindow(points, durationMs, clock);
  app.addHook('onRequest', async (_request, reply) => {
    refuseUntil(window.take('everybody'), points, reply, clock.now());
  });
}

/** Throws REQUESTS_EXCEEDED where there are no points left until a moment (milliseconds since 1970). */
export function refuseUntil(resetMs: number | null, points: number, reply: FastifyReply, now: number): void {
  if (resetMs === null) return;
  reply.header('retry-after', Math.max(1, Math.ceil((resetMs - now) / 1000)));
  throw requestsExceeded(points, new Date(resetMs));
}
