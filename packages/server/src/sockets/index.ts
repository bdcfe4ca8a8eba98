import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Graphql } from '../graphql/execution/index.ts';
import { graphqlLimits } from '../graphql/limits.ts';
import { Gate, type Way } from './gate.ts';
import { GraphqlConnection } from './graphql-connection.ts';
import { ItemsConnection } from './items-connection.ts';
import { LogsConnection } from './logs-connection.ts';
import type { SocketParts } from './parts.ts';
import { Roster } from './roster.ts';

export type { SocketParts } from './parts.ts';

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Says goodbye to everybody. */
  close(): Promise<void>;
}

/** Opens the ways that the settings name. */
export function openSockets(parts: SocketParts): Sockets {
  const roster = new Roster(parts.store, parts.clock, parts.onFault);
  parts.hub.settled = () => roster.settled();
  const gate = new Gate(parts, waysOf(parts, roster));
  return { upgrade: (request, socket, head) => gate.upgrade(request, socket, head), close: () => roster.close() };
}

function waysOf(parts: SocketParts, roster: Roster): Way[] {
  const { config } = parts;
  const ways: Way[] = [];
  if (config.websocketsRestEnabled) {
    const endpoint = { auth: config.websocketsRestAuth, authTimeoutMs: config.websocketsRestAuthTimeoutMs };
    ways.push({
      ...endpoint,
      path: config.websocketsRestPath,
      limit: config.websocketsRestConnLimit,
      administratorsOnly: false,
      takesCredentials: true,
      make: (ws, origin) => new ItemsConnection(ws, parts, endpoint, origin, roster),
    });
  }
  if (config.websocketsGraphqlEnabled) ways.push(graphqlWay(parts, roster));
  if (config.websocketsLogsEnabled) {
    // Always strict, whatever WEBSOCKETS_LOGS_AUTH says.
    const endpoint = { auth: 'strict', authTimeoutMs: config.websocketsRestAuthTimeoutMs } as const;
    ways.push({
      ...endpoint,
      path: `${config.websocketsRestPath}/logs`,
      limit: config.websocketsLogsConnLimit,
      administratorsOnly: true,
      takesCredentials: true,
      make: (ws, origin) => new LogsConnection(ws, parts, endpoint, origin, roster),
    });
  }
  return ways;
}

function graphqlWay(parts: SocketParts, roster: Roster): Way {
  const { config } = parts;
  const endpoint = { auth: config.websocketsGraphqlAuth, authTimeoutMs: config.websocketsGraphqlAuthTimeoutMs };
  let graphql: Promise<Graphql> | null = null;
  const load = (): Promise<Graphql> => {
    graphql ??= import('../graphql/execution/index.ts').then((room) => {
      return new room.Graphql(graphqlLimits(config));
    });
    return graphql;
  };
  return {
    ...endpoint,
    path: config.websocketsGraphqlPath,
    limit: config.websocketsGraphqlConnLimit,
    administratorsOnly: false,
    takesCredentials: false,
    make(ws, origin) {
      const connection = new GraphqlConnection(ws, parts, endpoint, origin, roster);
      connection.load = load;
      setImmediate(() => connection.checkProtocol());
      return connection;
    },
  };
}
