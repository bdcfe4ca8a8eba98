import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../../../node_modules/', import.meta.url));
/** Clients as they are published: browsers load their modules as they are. */
const CLIENTS: Readonly<Record<string, string>> = {
  '@directus/sdk': '/@directus/sdk/dist/index.js',
  'graphql-ws': '/graphql-ws/dist/client.js',
};

const PAGE = `<!doctype html><title>App</title>
<script type="importmap">${JSON.stringify({ imports: CLIENTS })}</script>
<script type="module" src="/client.js"></script>`;

export interface Origin {
  readonly url: string;
  close(): Promise<void>;
}

/** An origin whose page has the clients, and the script of the tests. */
export async function startOrigin(): Promise<Origin> {
  const script = readFileSync(new URL('./page-client.js', import.meta.url), 'utf8');
  const server = createServer((request, answer) => {
    const path = normalize(request.url ?? '/');
    if (path === '/') return answer.setHeader('content-type', 'text/html').end(PAGE);
    if (path === '/bare')
      return answer.setHeader('content-type', 'text/html').end('<!doctype html><title>Bare</title>');
    if (path === '/client.js') return answer.setHeader('content-type', 'text/javascript').end(script);
    const isClient = Object.values(CLIENTS).some((at) => path.startsWith(at.replace(/[^/]*$/, '')));
    if (!isClient || extname(path) !== '.js') return answer.writeHead(404).end();
    answer.setHeader('cache-control', 'max-age=3600');
    answer.setHeader('content-type', 'text/javascript').end(readFileSync(join(MODULES, path)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
