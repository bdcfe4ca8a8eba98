import type { FastifyInstance } from 'fastify';
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
    const resetMs = window.take(callerOf(address));
    if (resetMs === null) return;
    reply.header('retry-after', Math.max(1, Math.ceil((resetMs - clock.now()) / 1000)));
    throw requestsExceeded(points, new Date(resetMs));
  });
}
