import { lookup as resolve } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, type Readable, Transform } from 'node:stream';
import { AddressRules, type OutboundLists } from './addresses.ts';

/** A request of the server that was not made, or came to nothing. The message is for the log: it may tell of networks. */
export class OutboundError extends Error {
  override name = 'OutboundError';
}

/** The address is one that may not be asked. */
export class OutboundForbidden extends OutboundError {
  override name = 'OutboundForbidden';
}

/** The answer is longer than it may be. */
export class OutboundTooLarge extends OutboundError {
  override name = 'OutboundTooLarge';
}

export interface OutboundRequest {
  /** Bytes that the answer may have. */
  readonly maxBytes: number;
  /** For everything, from the first name that is resolved to the last byte. */
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OutboundMessage extends OutboundRequest {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
}

export interface OutboundAnswer {
  /** After the last redirect. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Fails with `OutboundTooLarge`, or when the time is over. */
  readonly body: Readable;
}

const MAX_REDIRECTS = 5;
const MAX_URL_LENGTH = 2048;
const MAX_HEADER_BYTES = 16_384;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The one way in which the server asks other servers for what a caller names. A name is resolved once, every address that
 * it has is checked, and the connection goes to a checked address, so that a second answer of the name server changes
 * nothing. Each redirect begins anew. No proxy, no cookies, no credentials.
 */
export class OutboundClient {
  readonly #rules: AddressRules;
  readonly #addressesOf: Resolver;

  constructor(lists: OutboundLists, addressesOf: Resolver = systemResolver) {
    this.#rules = new AddressRules(lists);
    this.#addressesOf = addressesOf;
  }

  /** GETs. Throws `OutboundError` for an address that may not be asked and for a server that does not answer. */
  async get(address: string, options: OutboundRequest): Promise<OutboundAnswer> {
    const signal = AbortSignal.timeout(options.timeoutMs);
    let url = parse(address);
    for (let redirects = 0; ; redirects++) {
      const answer = await this.#ask(url, options, signal);
      if (!REDIRECTS.has(answer.status)) return answer;
      answer.body.destroy();
      const { location } = answer.headers;
      if (typeof location !== 'string') throw new OutboundError(`${url.host} redirects to nowhere`);
      if (redirects === MAX_REDIRECTS)
        throw new OutboundError(`${url.host} redirects more than ${MAX_REDIRECTS} times`);
      const next = parse(location, url);
      if (url.protocol === 'https:' && next.protocol === 'http:') {
        throw new OutboundError(`${url.host} redirects from https to http`);
      }
      url = next;
    }
  }

  /** Sends one request. A redirect is an answer like any other and not followed. Throws `OutboundError`. */
  async send(address: string, message: OutboundMessage): Promise<OutboundAnswer> {
    return this.#ask(parse(address), message, AbortSignal.timeout(message.timeoutMs));
  }

  /**
   * The address of a host that may be asked, for a connection of another kind, which has to go to it and to no name. Throws
   * `OutboundError`.
   */
  async addressOf(host: string, timeoutMs: number): Promise<string> {
    return this.#checkedAddress({ hostname: host, host }, AbortSignal.timeout(timeoutMs));
  }

  async #ask(
    url: URL,
    { maxBytes, headers, method = 'GET', body: content }: OutboundRequest & Partial<OutboundMessage>,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    const pinned = await this.#checkedAddress(url, signal);
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((done, fail) => {
      const refuse = (error: Error): void =>
        fail(
          error instanceof OutboundError ? error : new OutboundError(`${url.host} does not answer`, { cause: error }),
        );
      const asked = request(
        url,
        {
          method,
          agent: false,
          lookup: pinnedTo(pinned),
          maxHeaderSize: MAX_HEADER_BYTES,
          signal,
          headers: { accept: '*/*', 'user-agent': 'Limen', ...headers, 'accept-encoding': 'identity' },
        },
        (answer) => {
          const length = Number(answer.headers['content-length'] ?? 0);
          if (length > maxBytes) {
            answer.destroy();
            refuse(new OutboundTooLarge(`${url.host} answers with ${length} bytes, and ${maxBytes} may be read`));
            return;
          }
          const body = bounded(maxBytes);
          pipeline(answer, body, () => undefined); // whoever reads the body hears of its errors
          done({ url, status: answer.statusCode ?? 0, headers: answer.headers, body });
        },
      );
      asked.once('error', refuse);
      asked.end(content);
    });
  }

  /** The address to connect to. When a name has several, all of them have to be permitted. */
  async #checkedAddress(url: Pick<URL, 'host' | 'hostname'>, signal: AbortSignal): Promise<string> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const addresses = isIP(host) ? [host] : await this.#resolve(host, signal);
    for (const address of addresses) {
      if (!this.#rules.permits(address)) throw new OutboundForbidden(`${url.host} (${address}) may not be asked`);
    }
    const [first] = addresses;
    if (first === undefined) throw new OutboundError(`${url.host} has no address`);
    return first;
  }

  async #resolve(host: string, signal: AbortSignal): Promise<string[]> {
    try {
      return await Promise.race([this.#addressesOf(host), aborted(signal)]);
    } catch (error) {
      throw new OutboundError(`${host} cannot be resolved`, { cause: error });
    }
  }
}

/** Every address that a name has. */
export type Resolver = (host: string) => Promise<string[]>;

const systemResolver: Resolver = async (host) => {
  const found = await resolve(host, { all: true });
  return found.map(({ address }) => address);
};

/** By the parser that browsers use (WHATWG URL), which also turns `0x7f.1` and `2130706433` into the address they are. */
function parse(address: string, base?: URL): URL {
  const url = address.length > MAX_URL_LENGTH ? null : URL.parse(address, base);
  if (!url) throw new OutboundError('The address is none');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new OutboundError(`${url.protocol} is not spoken here`);
  if (url.username !== '' || url.password !== '') throw new OutboundError('The address holds credentials');
  return url;
}

/** Answers a socket's question for the address of its host without asking anybody. */
function pinnedTo(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, options, answer) => {
    if (options.all) answer(null, [{ address, family }]);
    else answer(null, address, family);
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason), { once: true });
  });
}

function bounded(maxBytes: number): Transform {
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes <= maxBytes) next(null, chunk);
      else next(new OutboundTooLarge(`The answer has more than ${maxBytes} bytes`));
    },
  });
  body.on('error', () => undefined); // it may fail before somebody reads it
  return body;
}
