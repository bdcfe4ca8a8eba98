import { WebSocket } from 'ws';
import type { StartedServer } from '../started-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: messages have every shape.
export type Received = any;

/** A client of a socket: what it received, in order. */
export class Socket {
  readonly ws: WebSocket;
  readonly received: Received[] = [];
  closed: { code: number } | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data) => {
      this.received.push(JSON.parse(String(data)));
      for (const look of this.#waiting) look();
    });
    ws.on('close', (code) => {
      this.closed = { code };
      for (const look of this.#waiting) look();
    });
    ws.on('error', () => {});
  }

  /** Opens one; rejects with the status of the refusal. */
  static open(
    server: StartedServer,
    path: string,
    options: { headers?: Record<string, string>; protocol?: string } = {},
  ): Promise<Socket> {
    const ws = new WebSocket(`${server.url.replace('http', 'ws')}${path}`, options.protocol ? [options.protocol] : [], {
      headers: options.headers ?? {},
    });
    const socket = new Socket(ws);
    return new Promise((resolve, reject) => {
      ws.once('open', () => resolve(socket));
      ws.once('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))));
      ws.once('error', reject);
    });
  }

  send(message: unknown): void {
    this.ws.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first message of these values that was not taken yet. */
  async next(like: Record<string, unknown> = {}, withinMs = 5_000): Promise<Received> {
    const find = () =>
      this.received.findIndex((one) => Object.entries(like).every(([key, value]) => one[key] === value));
    await this.#until(() => find() >= 0 || this.closed !== null, withinMs);
    const at = find();
    if (at < 0) throw new Error(`no ${JSON.stringify(like)}; got ${JSON.stringify(this.received)}`);
    return this.received.splice(at, 1)[0];
  }

  /** Sends, and gives the answer with its uid. */
  async ask(message: Record<string, unknown>): Promise<Received> {
    const uid = `ask-${Math.random()}`;
    this.send({ ...message, uid });
    return this.next({ uid });
  }

  async whenClosed(withinMs = 5_000): Promise<number> {
    await this.#until(() => this.closed !== null, withinMs);
    if (!this.closed) throw new Error('still open');
    return this.closed.code;
  }

  /** What arrives within this time, of what was not taken yet. */
  async rest(withinMs = 400): Promise<Received[]> {
    await new Promise((resolve) => setTimeout(resolve, withinMs));
    return this.received.splice(0);
  }

  close(): void {
    this.ws.close();
  }

  #until(holds: () => boolean, withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (holds()) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const look = (): void => {
        if (holds()) done();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(look);
    });
  }
}
