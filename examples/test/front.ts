import { generateKeyPairSync } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificateOf, pemOf } from '../../packages/server/test/certificate.ts';

/** Where a request goes on to: an address without TLS. */
export type Route = (host: string, path: string) => string;

/** What a browser asked for. */
export interface Passed {
  readonly host: string;
  readonly path: string;
  readonly cookie: string;
}

export interface Front {
  readonly port: number;
  readonly passed: readonly Passed[];
  stop(): void;
}

/** The reverse proxy that a deployment has in front of its servers: it ends TLS, and sends on by host and path. */
export async function startFront(route: Route): Promise<Front> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const passed: Passed[] = [];
  const server = createServer({ key, cert: pemOf(certificateOf(privateKey, 'front')) }, (incoming, outgoing) => {
    const { host = '', cookie = '' } = incoming.headers;
    const path = incoming.url ?? '/';
    passed.push({ host, path, cookie });
    forward(incoming, outgoing, route(host, path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, address: string): void {
  const { method, headers } = incoming;
  const sent = { ...headers, 'x-forwarded-proto': 'https', 'x-forwarded-host': headers.host };
  const onward = request(address, { method, headers: sent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  onward.once('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
