import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Inside } from '../inside.ts';

/** What a socket said, in order, without what was drawn or timed. */
export class Line {
  readonly said: string[] = [];
  readonly #ws: WebSocket;
  readonly #waiting = new Set<() => void>();

  constructor(ws: WebSocket) {
    this.#ws = ws;
    ws.on('message', (data) => {
      this.said.push(String(data));
      for (const look of this.#waiting) look();
    });
    ws.on('close', () => {
      for (const look of this.#waiting) look();
    });
  }

  static async open(twin: Inside, path: string, token: string, protocol?: string): Promise<Line> {
    if (!twin.app.server.listening) await twin.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = twin.app.server.address() as AddressInfo;
    const address = `ws://127.0.0.1:${port}${path}${token && `?access_token=${token}`}`;
    const ws = new WebSocket(address, protocol ? [protocol] : []);
    const line = new Line(ws);
    await new Promise((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    });
    return line;
  }

  send(message: unknown): void {
    this.#ws.send(JSON.stringify(message));
  }

  /** Resolves with the first thing that was said like this, now or later. Rejects when the socket closes instead. */
  async until(like: (said: string) => boolean): Promise<string> {
    for (;;) {
      const found = this.said.find(like);
      if (found !== undefined) return found;
      if (this.#ws.readyState !== WebSocket.OPEN) throw new Error(`closed after ${this.said.join('\n')}`);
      await new Promise<void>((resolve) => {
        const look = (): void => {
          this.#waiting.delete(look);
          resolve();
        };
        this.#waiting.add(look);
      });
    }
  }

  /** Everything that was said so far; from now on only what comes then. */
  take(): string[] {
    return this.said.splice(0);
  }

  close(): void {
    this.#ws.terminate();
  }
}
