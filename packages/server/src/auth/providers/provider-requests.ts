import { type OutboundAnswer, OutboundClient, type OutboundRequest } from '../../kernel/outbound/index.ts';

/** Bytes that a provider may answer with, and milliseconds it may take for that. */
const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;

export interface ProviderAnswer {
  readonly status: number;
  /** Null where the answer is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

/**
 * How providers are asked. What an administrator configured may be anywhere, also on this machine; what a provider names
 * in turn (in its discovery document) on another host only where any outbound request may go. Redirects are not followed.
 */
export class ProviderRequests {
  readonly #trusted: ReadonlySet<string>;
  readonly #anywhere = new OutboundClient({ denied: [], allowed: ['0.0.0.0/0', '::/0'] });
  readonly #outbound: () => OutboundClient;

  constructor(configured: readonly string[], outbound: () => OutboundClient) {
    this.#trusted = new Set(configured.flatMap((address) => URL.parse(address)?.host ?? []));
    this.#outbound = outbound;
  }

  /** GETs an answer, whose body is bounded. Throws `OutboundError`. */
  get(address: string, options: OutboundRequest): Promise<OutboundAnswer> {
    return this.#clientFor(address).send(address, { ...options, method: 'GET' });
  }

  /** GETs JSON. Throws `OutboundError`, also for an answer that is too long or takes too long. */
  async getJson(address: string, headers: Readonly<Record<string, string>> = {}): Promise<ProviderAnswer> {
    const options = { method: 'GET', maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS } as const;
    return read(await this.#clientFor(address).send(address, { ...options, headers: { ...JSON_ONLY, ...headers } }));
  }

  /** POSTs a form, gets JSON. Throws as `getJson`. */
  async postForm(
    address: string,
    form: URLSearchParams,
    headers: Readonly<Record<string, string>>,
  ): Promise<ProviderAnswer> {
    const body = form.toString();
    const own = { 'content-type': FORM, 'content-length': String(Buffer.byteLength(body)) };
    const options = { method: 'POST', body, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS } as const;
    const message = { ...options, headers: { ...JSON_ONLY, ...headers, ...own } };
    return read(await this.#clientFor(address).send(address, message));
  }

  #clientFor(address: string): OutboundClient {
    return this.#trusted.has(URL.parse(address)?.host ?? '') ? this.#anywhere : this.#outbound();
  }
}

const FORM = 'application/x-www-form-urlencoded';
const JSON_ONLY = { accept: 'application/json' };

async function read({ status, body }: OutboundAnswer): Promise<ProviderAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return { status, body: isObject(parsed) ? parsed : null };
  } catch {
    return { status, body: null };
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
