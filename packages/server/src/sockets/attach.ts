import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ChangeFeed } from '../items/index.ts';
import { RateWindow } from '../kernel/rate-window.ts';
import type { QueryRunner } from '../query/index.ts';
import type { Following } from '../realtime/following.ts';
import type { Cursors } from '../realtime/position.ts';
import type { Sockets } from './index.ts';
import type { SocketParts } from './parts.ts';

export interface AttachParts extends Omit<SocketParts, 'hub' | 'numbers' | 'arrivals'> {
  readonly runner: QueryRunner;
  readonly feed: ChangeFeed;
  /** Tells other nodes what is followed here; null where there is one node. */
  readonly following: Following | null;
  /** null where no changes are kept. */
  readonly cursors: Cursors | null;
}

export interface Attached {
  close(): Promise<void>;
}

/** Has a server take sockets. All that deals with them is loaded with the first one. */
export function attachSockets(server: Server, parts: AttachParts): Attached {
  const { entries, config, clock } = parts;
  let opened: Promise<{ sockets: Sockets; close(): Promise<void> }> | null = null;
  let isClosing = false;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isClosing) return void socket.destroy();
    opened ??= open(parts);
    opened
      .then(({ sockets }) => sockets.upgrade(request, socket, head))
      .catch((error: unknown) => {
        parts.onFault(error);
        socket.destroy();
      });
  });
  server.on('request', (request, response) => {
    if (!entries.isWatched) return;
    const began = performance.now();
    const path = request.url?.split('?', 1)[0] ?? '/';
    if (config.logHttpIgnorePaths.includes(path)) return;
    response.once('finish', () => {
      const took = Math.round(performance.now() - began);
      entries.answered({ method: request.method ?? '', path, status: response.statusCode, took }, clock.now());
    });
  });
  const warned = (warning: Error): void => entries.add('warn', 'A warning of the process', clock.now(), warning);
  process.on('warning', warned);
  return {
    async close() {
      isClosing = true;
      process.off('warning', warned);
      await (await opened)?.close();
    },
  };
}

async function open(parts: AttachParts) {
  const [{ openSockets }, { Hub, WishNumbers }] = await Promise.all([
    import('./index.ts'),
    import('../realtime/index.ts'),
  ]);
  const hub = new Hub(parts);
  await hub.open();
  if (!parts.following) parts.feed.attach(hub);
  const sockets = openSockets({ ...parts, hub, numbers: new WishNumbers(), arrivals: arrivalsOf(parts) });
  return {
    sockets,
    async close() {
      await sockets.close();
      hub.close();
    },
  };
}

/** RATE_LIMITER_*: as many per address as there may be requests, so that a socket is no way around it. */
function arrivalsOf({ config, clock }: AttachParts): RateWindow | null {
  const { rateLimiterEnabled, rateLimiterPoints, rateLimiterDurationMs } = config;
  return rateLimiterEnabled ? new RateWindow(rateLimiterPoints, rateLimiterDurationMs, clock) : null;
}
