import { boolean, integer, oneOf, urlPath } from '../kinds.ts';
import { seconds, secondsOrNone } from '../quantities.ts';
import { setting } from '../setting.ts';

const connections = integer({ min: 1, infinity: true });
const auth = oneOf(['public', 'handshake', 'strict']);
const logLevel = oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

export const realtime = {
  websocketsEnabled: setting('WEBSOCKETS_ENABLED', boolean, {
    default: 'true',
    help: 'Whether there are sockets at all. Limen has them on; this API documents false.',
  }),
  websocketsHeartbeatEnabled: setting('WEBSOCKETS_HEARTBEAT_ENABLED', boolean, {
    default: 'true',
    help: 'Whether the server asks sockets whether they are still there.',
  }),
  websocketsHeartbeatPeriodMs: setting('WEBSOCKETS_HEARTBEAT_PERIOD', seconds, {
    default: '30',
    help: 'How often, in seconds; also how long an answer may take.',
  }),
  websocketsResumeTtlMs: setting('WEBSOCKETS_RESUME_TTL', secondsOrNone, {
    default: '0',
    help: 'For how many seconds changes are kept for clients that come back, the same on every node; 0: none are kept.',
  }),
  websocketsRestEnabled: setting('WEBSOCKETS_REST_ENABLED', boolean, {
    default: 'true',
    help: 'Whether there is the socket for items and subscriptions.',
  }),
  websocketsRestPath: setting('WEBSOCKETS_REST_PATH', urlPath, { default: '/websocket', help: 'Where it is.' }),
  websocketsRestConnLimit: setting('WEBSOCKETS_REST_CONN_LIMIT', connections, {
    default: 'Infinity',
    help: 'How many of its sockets may be open.',
  }),
  websocketsRestAuth: setting('WEBSOCKETS_REST_AUTH', auth, {
    default: 'handshake',
    help: 'When to authenticate: not at all, with the first message, or already with the request that opens the socket.',
  }),
  websocketsRestAuthTimeoutMs: setting('WEBSOCKETS_REST_AUTH_TIMEOUT', seconds, {
    default: '30',
    help: 'How many seconds that may take.',
  }),
  websocketsGraphqlEnabled: setting('WEBSOCKETS_GRAPHQL_ENABLED', boolean, {
    default: 'true',
    help: 'Whether there is the socket for GraphQL subscriptions.',
  }),
  websocketsGraphqlPath: setting('WEBSOCKETS_GRAPHQL_PATH', urlPath, { default: '/graphql', help: 'Where it is.' }),
  websocketsGraphqlConnLimit: setting('WEBSOCKETS_GRAPHQL_CONN_LIMIT', connections, {
    default: 'Infinity',
    help: 'How many of its sockets may be open.',
  }),
  websocketsGraphqlAuth: setting('WEBSOCKETS_GRAPHQL_AUTH', auth, {
    default: 'handshake',
    help: 'As WEBSOCKETS_REST_AUTH.',
  }),
  websocketsGraphqlAuthTimeoutMs: setting('WEBSOCKETS_GRAPHQL_AUTH_TIMEOUT', seconds, {
    default: '30',
    help: 'How many seconds that may take.',
  }),
  websocketsLogsEnabled: setting('WEBSOCKETS_LOGS_ENABLED', boolean, {
    default: 'true',
    help: 'Whether administrators may watch the log on a socket.',
  }),
  websocketsLogsAuth: setting('WEBSOCKETS_LOGS_AUTH', auth, {
    default: 'strict',
    help: 'Accepted; the log socket is always strict.',
  }),
  websocketsLogsLevel: setting('WEBSOCKETS_LOGS_LEVEL', logLevel, {
    default: 'info',
    help: 'The least level that goes there.',
  }),
  websocketsLogsStyle: setting('WEBSOCKETS_LOGS_STYLE', oneOf(['pretty', 'raw']), {
    default: 'pretty',
    help: 'How records look there.',
  }),
  websocketsLogsConnLimit: setting('WEBSOCKETS_LOGS_CONN_LIMIT', connections, {
    default: 'Infinity',
    help: 'How many of its sockets may be open.',
  }),
};
