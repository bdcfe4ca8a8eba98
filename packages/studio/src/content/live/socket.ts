import { createDirectus, realtime, type WebSocketInterface } from '@directus/sdk';
import { API } from '../../app/places.ts';
import { ask } from '../../session/api.ts';

/** What happened to items of a collection. `missed`: nobody knows, the line was down for a while. */
export interface Change {
  readonly event: 'create' | 'update' | 'delete' | 'missed';
  readonly keys: readonly string[];
}
type Listener = (change: Change) => void;

interface Message {
  readonly type?: string;
  readonly event?: string;
  readonly uid?: string;
  readonly data?: unknown;
  readonly error?: { readonly code?: string };
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

const listeners = new Map<string, { readonly keyField: string; readonly told: Set<Listener> }>();
let line: WebSocketInterface | null = null;
let opening = false;
let waitMs = FIRST_WAIT_MS;
let wasUp = false;

/** Tells of changes of a collection until the answer is called. Without sockets it tells nothing. */
export function follow(collection: string, keyField: string, listener: Listener): () => void {
  const followed = listeners.get(collection) ?? { keyField, told: new Set<Listener>() };
  if (followed.told.size === 0) {
    listeners.set(collection, followed);
    if (line) subscribe(line, collection, keyField);
    else void open();
  }
  followed.told.add(listener);
  return () => {
    followed.told.delete(listener);
    if (followed.told.size > 0) return;
    listeners.delete(collection);
    if (line?.readyState === WebSocket.OPEN) line.send(JSON.stringify({ type: 'unsubscribe', uid: collection }));
  };
}

async function open(): Promise<void> {
  if (opening || line || listeners.size === 0) return;
  opening = true;
  try {
    const path = await socketPath();
    if (path === null) return;
    // The session's cookie signs the socket in when it is opened.
    const url = API.replace(/^http/, 'ws') + path;
    const client = createDirectus(API).with(realtime({ authMode: 'public', reconnect: false, url }));
    const socket = await client.connect();
    socket.addEventListener('message', ({ data }: MessageEvent) => hear(socket, data));
    socket.addEventListener('close', () => lost());
    line = socket;
    waitMs = FIRST_WAIT_MS;
    for (const [collection, { keyField }] of listeners) subscribe(socket, collection, keyField);
    if (wasUp) for (const { told } of listeners.values()) for (const tell of told) tell({ event: 'missed', keys: [] });
    wasUp = true;
  } catch {
    again();
  } finally {
    opening = false;
  }
}

/** Null where the server opens no sockets. */
async function socketPath(): Promise<string | null> {
  const { websocket } = await ask<{ websocket?: false | { rest?: false | { path: string } } }>('/server/info');
  // Only who is signed in is told; without a session it is worth asking again.
  if (websocket === undefined) throw new Error('nobody is signed in');
  const rest = websocket ? websocket.rest : false;
  return rest ? rest.path : null;
}

const subscribe = (socket: WebSocketInterface, collection: string, keyField: string): void => {
  const query = { fields: [keyField], limit: 0 };
  socket.send(JSON.stringify({ type: 'subscribe', collection, query, uid: collection }));
};

function hear(socket: WebSocketInterface, data: unknown): void {
  const message = typeof data === 'string' ? (JSON.parse(data) as Message) : {};
  // The session was prolonged meanwhile: a new line has the new cookie.
  if (message.type === 'auth' && message.error?.code === 'TOKEN_EXPIRED') socket.close();
  const { event, uid = '' } = message;
  const followed = listeners.get(uid);
  if (!followed || message.type !== 'subscription') return;
  if (event !== 'create' && event !== 'update' && event !== 'delete') return;
  const keys = (Array.isArray(message.data) ? message.data : [message.data]).map((one: unknown) =>
    String(typeof one === 'object' && one !== null ? (one as Record<string, unknown>)[followed.keyField] : one),
  );
  for (const tell of followed.told) tell({ event, keys });
}

function lost(): void {
  line = null;
  again();
}

function again(): void {
  setTimeout(() => void open(), waitMs);
  waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
}
