import net from 'node:net';
import tls from 'node:tls';
import type { Client } from 'ldapts';
import type { AuthProvider } from '../../../config/index.ts';
import type { OutboundClient } from '../../../kernel/outbound/index.ts';

type Options = AuthProvider['client'];

/** Milliseconds that everything asked of the directory for one login may take together. */
const DEFAULT_TIMEOUT = 10_000;
/** Bytes that a directory may answer with, on one connection. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export interface DirectoryAddress {
  /** ldap:// or ldaps:// */
  readonly clientUrl: string;
  /** AUTH_<PROVIDER>_CLIENT_*: `timeout` in milliseconds, `startTls`, `tlsOptions` as of node:tls. */
  readonly client: Options;
  /** Says where connections may go; null: anywhere. */
  readonly outbound: OutboundClient | null;
}

/**
 * A connection to the directory for one piece of work, closed after it. There is never a second one in its place: after a
 * loss it would be neither encrypted by STARTTLS nor bound.
 */
export async function withDirectory<T>(address: DirectoryAddress, work: (client: Client) => Promise<T>): Promise<T> {
  const { Client } = await import('ldapts');
  const { hostname, protocol } = new URL(address.clientUrl);
  const tlsOptions = tlsOptionsOf(address.client, hostname);
  const timeoutMs = timeoutOf(address.client);
  const pinned = (await address.outbound?.addressOf(hostname, timeoutMs)) ?? null;
  const line = new SingleConnection(timeoutMs, pinned);
  const client = new Client({
    url: address.clientUrl,
    // With options of TLS the library speaks TLS at once, whatever the scheme says.
    ...(protocol === 'ldaps:' ? { tlsOptions } : {}),
    createConnection: line.plain as typeof net.connect,
    createSecureConnection: line.secure as typeof tls.connect,
  });
  try {
    if (address.client.startTls === true && protocol === 'ldap:') await client.startTLS(tlsOptions);
    return await work(client);
  } finally {
    line.end();
  }
}

/** Bounds time and bytes, and refuses to connect again. */
class SingleConnection {
  readonly #timer: NodeJS.Timeout;
  /** Where to connect to, whatever the host's name would lead to now; null: where that leads. */
  readonly #pinned: string | null;
  #socket: net.Socket | null = null;
  #secured = false;

  constructor(timeoutMs: number, pinned: string | null) {
    this.#pinned = pinned;
    this.#timer = setTimeout(() => this.#break('The directory takes too long.'), timeoutMs);
  }

  keep(socket: net.Socket): net.Socket {
    if (this.#socket !== null) {
      socket.destroy();
      throw new Error('The connection to the directory was lost.');
    }
    this.#socket = socket;
    let bytes = 0;
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) this.#break('The directory answers too much.');
    });
    return socket;
  }

  /** As net.connect. */
  readonly plain = (port: number, host: string): net.Socket => this.keep(net.connect(port, this.#pinned ?? host));

  /** As tls.connect: with a port and a host (ldaps), or over the socket that is there (STARTTLS). */
  readonly secure = (first: number | tls.ConnectionOptions, host?: string, options?: tls.ConnectionOptions) => {
    if (typeof first === 'number') {
      // A host among the options would win over the other one.
      const own = this.#pinned === null ? options : { ...options, host: this.#pinned };
      return this.keep(tls.connect(first, this.#pinned ?? host, own));
    }
    if (this.#secured || this.#socket === null || first.socket !== this.#socket)
      throw new Error('The connection to the directory was lost.');
    this.#secured = true;
    const socket = tls.connect(first);
    this.#socket = socket;
    return socket;
  };

  /** Says nothing more: a directory takes the end of the connection for the end of the session (RFC 4511 §5.3). */
  end(): void {
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #break(reason: string): void {
    this.#socket?.destroy(new Error(reason));
  }
}

function timeoutOf({ timeout }: Options): number {
  return typeof timeout === 'number' && timeout > 0 ? timeout : DEFAULT_TIMEOUT;
}

/** The certificate has to be that of the directory's host, whoever encrypts. */
function tlsOptionsOf({ tlsOptions }: Options, hostname: string): tls.ConnectionOptions {
  const host = hostname.replace(/^\[|\]$/g, '');
  const given = typeof tlsOptions === 'object' && tlsOptions !== null ? (tlsOptions as tls.ConnectionOptions) : {};
  return { host, ...(net.isIP(host) === 0 ? { servername: host } : {}), minVersion: 'TLSv1.2', ...given };
}
