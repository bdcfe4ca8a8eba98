import { API } from '../app/places.ts';
import { ask } from '../session/api.ts';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** What the server says of one thing that happened. */
export interface LogEntry {
  /** Counts up in this page. */
  readonly id: number;
  readonly level: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly msg: string;
  /** The node that said it. */
  readonly node: string;
}

/** Levels as numbers, as loggers write them. */
export const levelName = (level: number): Level =>
  LEVELS[Math.min(5, Math.max(0, Math.floor(level / 10) - 1))] ?? 'info';

interface Wire {
  readonly type?: string;
  readonly uid?: string;
  readonly data?: { readonly level: number; readonly time: number; readonly msg?: string };
}

/** `refused`: it never opened. */
export type LineState = 'opening' | 'open' | 'lost' | 'refused';

/** Where the log is told, if this server opens sockets; null where it doesn't. */
export async function logsPath(): Promise<string | null> {
  const { websocket } = await ask<{ websocket?: false | { rest?: false | { path: string } } }>('/server/info');
  if (!websocket) return null;
  return `${websocket.rest ? websocket.rest.path : '/websocket'}/logs`;
}

let count = 0;

/** Watches the log from a level on, until the answer is called. The session's cookie says who watches. */
export function watchLog(
  path: string,
  level: Level,
  heard: (entry: LogEntry) => void,
  changed: (state: LineState) => void,
): () => void {
  const socket = new WebSocket(API.replace(/^http/, 'ws') + path);
  changed('opening');
  let opened = false;
  socket.addEventListener('open', () => {
    opened = true;
    socket.send(JSON.stringify({ type: 'subscribe', log_level: level }));
    changed('open');
  });
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Wire;
    if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
    if (message.type !== 'logs' || !message.data) return;
    count += 1;
    const { level: given, time, msg = '' } = message.data;
    heard({ id: count, level: given, time, msg, node: message.uid ?? '' });
  });
  const lost = (): void => changed(opened ? 'lost' : 'refused');
  socket.addEventListener('close', lost);
  return () => {
    socket.removeEventListener('close', lost);
    socket.close();
  };
}
