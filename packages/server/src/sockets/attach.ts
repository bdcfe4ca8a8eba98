import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ChangeFeed } from '../items/index.ts';
import { RateWindow } from '../kernel/rate-window.ts';
import type { QueryRunner } from '../query/index.ts';
import type { Following } from '../realtime/following.ts';
import type { Cursors } from '../realtime/position.ts';
import type { Sockets } from './index.ts';
import { LogEntries } from './log-entries.ts';
import type { SocketParts } from './parts.ts';

export interface AttachParts extends Omit<SocketParts, 'hub' | 'numbers' | 'entries' | 'arrivals'> {
  readonly runner: QueryRunner;
  readonly feed: ChangeFeed;
  /** Tells other nodes what is followed here; null where there is one node. */
  readonly following: Following | null;
  /** null where no changes are kept. */
  readonly cursors: Cursors | null;
}

export interface Attached {
  /** What administrators may watch. */
  readonly entries: LogEntries;
  close(): Promise<void>;
}

/** Has a server take sockets. All that deals with them is loaded with the first one. */
export function attachSockets(server: Server, parts: AttachParts): Attached {
  const entries = new LogEntries();
  let opened: Promise<{ sockets: Sockets; close(): Promise<void> }> | null = null;
  let isClosing = false;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (isClosing) return void socket.destroy();
    opened ??= open(parts, entries);
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
    // Queries may hold tokens, and what people look for.
    const path = request.url?.split('?', 1)[0];
    response.once('finish', () => {
      const took = Math.round(performance.now() - began);
      entries.add('info', `${request.method} ${path} ${response.statusCode} ${took}ms`, parts.clock.now());
    });
  });
  return {
    entries,
    async close() {
      isClosing = true;
      await (await opened)?.close();
    },
  };
}

async function open(parts: AttachParts, entries: LogEntries) {
  const [{ openSockets }, { Hub, WishNumbers }] = await Promise.all([
    import('./index.ts'),
    import('../realtime/index.ts'),
  ]);
  const hub = new Hub(parts);
  await hub.open();
  if (!parts.following) parts.feed.attach(hub);
  const sockets = openSockets({ ...parts, hub, numbers: new WishNumbers(), entries, arrivals: arrivalsOf(parts) });
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
