import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Accountability, Origin } from '../access/index.ts';
import { ApiError } from '../errors/index.ts';
import { callerOf } from '../kernel/rate-window.ts';
import type { Connection, Endpoint } from './connection.ts';
import { GRAPHQL_PROTOCOL } from './graphql-connection.ts';
import type { SocketParts } from './parts.ts';
import { type Standing, UNKNOWN } from './standing.ts';

/** Messages may always be as long as this, in bytes. */
const MAX_MESSAGE = 1_048_576;
const MAX_TOKEN = 8_192;

/** Where sockets are opened. */
export interface Way extends Endpoint {
  readonly path: string;
  /** Sockets that may be open; Infinity for no bound. */
  readonly limit: number;
  readonly administratorsOnly: boolean;
  /** Whether the credentials of the request stand for the socket in the handshake mode, too. */
  readonly takesCredentials: boolean;
  make(ws: WebSocket, origin: Origin): Connection;
}

/** Decides which requests become sockets. */
export class Gate {
  readonly #parts: SocketParts;
  readonly #ways: ReadonlyMap<string, Way>;
  readonly #open = new Map<Way, number>();
  readonly #server: WebSocketServer;

  constructor(parts: SocketParts, ways: readonly Way[]) {
    this.#parts = parts;
    this.#ways = new Map(ways.map((way) => [way.path, way]));
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: Math.max(MAX_MESSAGE, parts.config.maxPayloadSizeBytes),
      handleProtocols: (protocols) => (protocols.has(GRAPHQL_PROTOCOL) ? GRAPHQL_PROTOCOL : false),
    });
  }

  /** Takes a request for an upgrade (RFC 6455 §4.2), or refuses it with a status. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const ignore = (): void => {};
    socket.on('error', ignore);
    const way = this.#ways.get(pathOf(request));
    if (!way) return refuse(socket, 404);
    const { arrivals, addressOf } = this.#parts;
    if (arrivals && arrivals.take(callerOf(addressOf(request))) !== null) return refuse(socket, 429);
    const open = this.#open.get(way) ?? 0;
    if (open >= way.limit) return refuse(socket, 403);
    this.#open.set(way, open + 1);
    const release = (): void => void this.#open.set(way, (this.#open.get(way) ?? 1) - 1);
    const entry = await this.#admit(request, way);
    if (typeof entry === 'number' || socket.destroyed) {
      release();
      return refuse(socket, typeof entry === 'number' ? entry : 400);
    }
    socket.once('close', release);
    socket.off('error', ignore);
    this.#server.handleUpgrade(request, socket, head, (ws) => way.make(ws, entry.origin).start(entry.standing));
  }

  /** Who asks, or the status of the refusal. What is given and no good is refused in every mode. */
  async #admit(request: IncomingMessage, way: Way): Promise<{ standing: Standing; origin: Origin } | number> {
    const { auth, engine, onFault } = this.#parts;
    const origin = this.#originOf(request);
    const fromQuery = tokenOf(request);
    const token = fromQuery ?? this.#parts.sessionOf(request) ?? null;
    if (token === null || token === '') {
      if (way.auth === 'strict') return 401;
      return { standing: way.auth === 'public' ? anonymous(origin) : UNKNOWN, origin };
    }
    // The page of another site may not use the session of its visitor.
    if (fromQuery === null && !this.#parts.mayUseCookies(request)) return 403;
    if (token.length > MAX_TOKEN) return 401;
    try {
      const from = fromQuery === null ? 'cookie' : 'query';
      const accountability = await auth.identify({ kind: 'token', token, from }, origin);
      if (way.administratorsOnly && !(await engine.access(accountability)).profile.admin) return 401;
      if (way.auth === 'handshake' && !way.takesCredentials) return { standing: UNKNOWN, origin };
      return { standing: known(accountability, token, auth.endOf(token)), origin };
    } catch (error) {
      if (error instanceof ApiError && error.status < 500) return 401;
      onFault(error);
      return 503;
    }
  }

  #originOf(request: IncomingMessage): Origin {
    const { headers } = request;
    return {
      ip: this.#parts.addressOf(request),
      userAgent: headers['user-agent'] ?? null,
      origin: headers.origin ?? null,
    };
  }
}

const known = (accountability: Accountability, token: string | null, ends: number | null): Standing => ({
  kind: 'known',
  accountability,
  token,
  ends,
});

const anonymous = (origin: Origin): Standing => known({ kind: 'anonymous', ...origin }, null, null);

const pathOf = ({ url = '/' }: IncomingMessage): string => {
  const path = url.split('?', 1)[0] ?? '/';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
};

/** `access_token` of the address; null when there is none. */
function tokenOf({ url = '/' }: IncomingMessage): string | null {
  const mark = url.indexOf('?');
  return mark < 0 ? null : new URLSearchParams(url.slice(mark + 1)).get('access_token') || null;
}

function refuse(socket: Duplex, status: number): void {
  if (socket.destroyed) return;
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, 'Connection: close', 'Content-Length: 0', '', ''];
  socket.once('finish', () => socket.destroy());
  socket.end(lines.join('\r\n'));
}
