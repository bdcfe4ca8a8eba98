import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/index.ts';
import { serviceUnavailable } from '../errors/index.ts';

export type PressureLimits = Pick<
  Config,
  | 'pressureLimiterSampleIntervalMs'
  | 'pressureLimiterMaxEventLoopUtilization'
  | 'pressureLimiterMaxEventLoopDelayMs'
  | 'pressureLimiterMaxMemoryRssBytes'
  | 'pressureLimiterMaxMemoryHeapUsedBytes'
  | 'pressureLimiterRetryAfterMs'
>;

/** A loop that is always busy but hardly late serves as fast as it can; late by this share of the limit it does not. */
const BUSY_AND_LATE = 0.2;
/** Whoever asks whether the process lives has to hear that it does. */
const ALIVE = '/server/ping';

/** One look at how the process is doing. */
export interface Sample {
  /** Share of the time since the last look in which the event loop was busy. */
  readonly utilization: number;
  /** Milliseconds by which a timer came late. */
  readonly lateMs: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
}

/** What there is too much of, in words; null when nothing. */
export function overLimit(sample: Sample, limits: PressureLimits): string | null {
  const { pressureLimiterMaxMemoryRssBytes: rss, pressureLimiterMaxMemoryHeapUsedBytes: heap } = limits;
  const { pressureLimiterMaxEventLoopDelayMs: delay, pressureLimiterMaxEventLoopUtilization: utilization } = limits;
  if (rss !== null && sample.rssBytes > rss) return 'memory';
  if (heap !== null && sample.heapUsedBytes > heap) return 'memory';
  if (delay === null) return null;
  if (sample.lateMs > delay) return 'work';
  return sample.utilization > utilization && sample.lateMs > delay * BUSY_AND_LATE ? 'work' : null;
}

/** PRESSURE_LIMITER_*: answers 503 while there is more to do than can be done, so that what was begun is finished. */
export function refuseUnderPressure(app: FastifyInstance, limits: PressureLimits): void {
  const { pressureLimiterSampleIntervalMs: intervalMs, pressureLimiterRetryAfterMs: retryAfterMs } = limits;
  let over: string | null = null;
  let before: EventLoopUtilization = performance.eventLoopUtilization();
  let due = performance.now() + intervalMs;
  const look = (): void => {
    const now = performance.now();
    const utilization = performance.eventLoopUtilization(before).utilization;
    const { rss, heapUsed } = process.memoryUsage();
    over = overLimit({ utilization, lateMs: now - due, rssBytes: rss, heapUsedBytes: heapUsed }, limits);
    before = performance.eventLoopUtilization();
    due = now + intervalMs;
  };
  const timer = setInterval(look, intervalMs).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer);
    done();
  });
  app.addHook('onRequest', async (request, reply) => {
    if (over === null || request.url === ALIVE) return;
    if (retryAfterMs !== null) reply.header('retry-after', Math.max(1, Math.ceil(retryAfterMs / 1000)));
    throw serviceUnavailable('api', `There is too much ${over} at the moment; try again.`);
  });
}
