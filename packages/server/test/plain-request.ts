import { Agent, type IncomingHttpHeaders, request } from 'node:http';

/** A request as it goes over the wire, without anything that `fetch` would correct. */
export interface PlainRequest {
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Thrown when a server takes longer than it may for one answer. */
export class NoAnswer extends Error {}

/** A client with kept connections to one server on this machine. */
export class PlainClient {
  private readonly port: number;
  private readonly timeoutMs: number;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(port: number, timeoutMs = 5_000) {
    this.port = port;
    this.timeoutMs = timeoutMs;
  }

  send(sent: PlainRequest): Promise<PlainAnswer> {
    return new Promise((resolve, reject) => {
      const { method, path, body } = sent;
      const headers = withLength(sent);
      const outgoing = request(
        { host: '127.0.0.1', port: this.port, method, path, headers, agent: this.agent },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.once('error', fail);
          incoming.once('end', () => {
            clearTimeout(timer);
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
          });
        },
      );
      const timer = setTimeout(
        () => outgoing.destroy(new NoAnswer(`no answer in ${this.timeoutMs} ms`)),
        this.timeoutMs,
      );
      outgoing.once('error', fail);
      outgoing.end(body);

      function fail(error: Error): void {
        clearTimeout(timer);
        reject(error);
      }
    });
  }

  /** Sends JSON with a bearer token; `token` '' sends none. */
  json(method: string, path: string, token: string, body?: unknown): Promise<PlainAnswer> {
    const headers: Record<string, string> = {};
    if (token) headers.authorization = `Bearer ${token}`;
    if (body === undefined) return this.send({ method, path, headers });
    headers['content-type'] = 'application/json';
    return this.send({ method, path, headers, body: JSON.stringify(body) });
  }

  /** As `json`, for what must succeed: the `data` of the answer (null after a 204). Throws for every other status. */
  async must<T = Record<string, unknown>>(method: string, path: string, token: string, body?: unknown): Promise<T> {
    const answer = await this.json(method, path, token, body);
    if (answer.status < 200 || answer.status > 299)
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return (answer.text ? (JSON.parse(answer.text) as { data: T }).data : null) as T;
  }

  close(): void {
    this.agent.destroy();
  }
}

/** Node leaves the length of a DELETE's body away. */
function withLength({ headers = {}, body }: PlainRequest): Readonly<Record<string, string | string[]>> {
  if (body === undefined || headers['content-length'] || headers['transfer-encoding']) return headers;
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

/** `errors[0].extensions.code` of an answer, or '' when it has none. */
export function codeOf(answer: PlainAnswer): string {
  try {
    const body = JSON.parse(answer.text) as { errors?: { extensions?: { code?: unknown } }[] };
    return String(body.errors?.[0]?.extensions?.code ?? '');
  } catch {
    return '';
  }
}
