import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The SDK as it is published: modules that import each other by relative addresses. */
const SDK = new URL('.', import.meta.resolve('@directus/sdk'));

/** Loads the SDK for who asks for it. */
const PAGE = `<!doctype html><title>Club</title><script>const loadSdk = () => import('/sdk/index.js');</script>`;

export interface ClientSite {
  readonly origin: string;
  close(): Promise<void>;
}

/** The site of an application, on `localhost`: an empty page at every path, and the SDK at `/sdk/`. */
export async function startClientSite(): Promise<ClientSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/sdk/')) {
      response.setHeader('content-type', 'text/html').end(PAGE);
      return;
    }
    const file = new URL(`.${pathname.slice('/sdk'.length)}`, SDK);
    response.setHeader('content-type', 'text/javascript').end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve()) && server.closeAllConnections()),
  };
}
