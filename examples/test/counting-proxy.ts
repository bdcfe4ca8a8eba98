import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Stands between an app and the API, and counts what it is asked. */
export class CountingProxy {
  readonly url: string;
  asked = 0;
  refreshes = 0;
  /** Refreshes with a token that had been spent already. */
  surplus = 0;
  readonly #spent = new Set<string>();
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(server: Server, api: URL) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (asked: IncomingMessage, answer: ServerResponse) => void this.#pass(asked, answer, api));
  }

  static async before(api: string): Promise<CountingProxy> {
    // It never closes a connection that the app may be about to use: that would be a fault of the network.
    const server = createServer({ keepAliveTimeout: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new CountingProxy(server, new URL(api));
  }

  close(): void {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse, { hostname, port }: URL): Promise<void> {
    this.asked++;
    const { method, url = '/', headers } = asked;
    const body = method === 'GET' ? '' : await text(asked);
    if (url === '/auth/refresh') this.#count(body);
    this.#ask({ hostname, port, method, path: url, headers, agent: this.#agent }, body, answer);
  }

  #ask(asked: RequestOptions, body: string, answer: ServerResponse): void {
    const passed = request(asked, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.once('error', () => {
      // The API has closed an idle connection in this moment, and has not seen the request.
      if (passed.reusedSocket && !answer.headersSent) this.#ask(asked, body, answer);
      else answer.destroy();
    });
    passed.end(body);
  }

  #count(body: string): void {
    this.refreshes++;
    const { refresh_token } = JSON.parse(body) as { refresh_token: string };
    if (this.#spent.has(refresh_token)) this.surplus++;
    this.#spent.add(refresh_token);
  }
}
