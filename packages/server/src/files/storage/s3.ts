import { createReadStream } from 'node:fs';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { StorageLocation } from '../../config/index.ts';
import { type AwsCredentials, EMPTY_SHA256, encodeUri, signedHeaders } from '../../kernel/aws-signature.ts';
import { type ByteRange, type SpooledFile, type StorageDriver, StorageError, type StoredObject } from './types.ts';

const DEFAULT_REGION = 'us-east-1';
const MAX_LISTED = 1_000;
const MAX_ANSWER_BYTES = 4 * 1_024 * 1_024;
const ATTEMPTS = 3;
const PAUSE_MS = 100;

interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly file?: SpooledFile;
}

/**
 * A bucket of a service that speaks S3's REST API. Objects go up in one request, which the service limits to 5 GiB each;
 * every request is signed, its body included.
 */
export class S3Storage implements StorageDriver {
  readonly spoolFolder: string;
  readonly #location: StorageLocation;
  readonly #base: URL;
  readonly #prefix: string;
  readonly #credentials: AwsCredentials;
  readonly #agent: HttpAgent;

  constructor(location: StorageLocation, spoolFolder: string) {
    this.spoolFolder = spoolFolder;
    this.#location = location;
    this.#credentials = {
      key: location.key ?? '',
      secret: location.secret ?? '',
      region: location.region ?? DEFAULT_REGION,
    };
    this.#base = bucketAddress(location);
    const root = (location.root ?? '').replace(/^[./]+|\/+$/g, '');
    this.#prefix = root === '' ? '' : `${root}/`;
    const Agent = this.#base.protocol === 'https:' ? HttpsAgent : HttpAgent;
    this.#agent = new Agent({ keepAlive: location.keepAlive, maxSockets: location.maxSockets });
  }

  async put(key: string, file: SpooledFile, type: string): Promise<void> {
    const { acl, serverSideEncryption, serverSideEncryptionKmsKeyId } = this.#location;
    const headers: Record<string, string> = { 'content-type': type, 'content-length': String(file.sizeBytes) };
    if (acl) headers['x-amz-acl'] = acl;
    if (serverSideEncryption) headers['x-amz-server-side-encryption'] = serverSideEncryption;
    if (serverSideEncryptionKmsKeyId) {
      headers['x-amz-server-side-encryption-aws-kms-key-id'] = serverSideEncryptionKmsKeyId;
    }
    await this.#done({ method: 'PUT', key: this.#prefix + key, headers, file });
  }

  async open(key: string): Promise<StoredObject | null> {
    const path = this.#prefix + key;
    const head = await this.#send({ method: 'HEAD', key: path });
    head.resume();
    if (head.statusCode === 404) return null;
    await refuse(head);
    const sizeBytes = Number(head.headers['content-length'] ?? 0);
    const read = async (range: ByteRange | null): Promise<Readable> => {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await this.#send({ method: 'GET', key: path, headers });
      await refuse(answer);
      return answer;
    };
    return { sizeBytes, read, close: async () => undefined };
  }

  pathOf(): null {
    return null;
  }

  async remove(key: string): Promise<void> {
    await this.#done({ method: 'DELETE', key: this.#prefix + key });
  }

  async count(folder: string): Promise<number> {
    return (await this.#list(folder)).length;
  }

  async removeAll(folder: string): Promise<void> {
    for (const key of await this.#list(folder)) await this.#done({ method: 'DELETE', key });
  }

  /** Whole keys, the location's root included. What we list was named by us, so the XML holds nothing to be decoded. */
  async #list(folder: string): Promise<string[]> {
    const prefix = this.#prefix + folder;
    const query = { 'list-type': '2', 'max-keys': String(MAX_LISTED), prefix };
    const text = await this.#done({ method: 'GET', key: '', query });
    return [...text.matchAll(/<Key>([^<&]+)<\/Key>/g)]
      .map(([, key = '']) => key)
      .filter((key) => key.startsWith(prefix));
  }

  /** Sends, and reads the whole answer. Throws unless it is a success or about an object that isn't there. */
  async #done(request: S3Request): Promise<string> {
    const answer = await this.#send(request);
    if (answer.statusCode === 404 && request.method === 'DELETE') {
      answer.resume();
      return '';
    }
    await refuse(answer);
    return bodyOf(answer);
  }

  /** Every request may be sent again: none of them depends on what an earlier one left behind. */
  async #send(request: S3Request): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.#attempt(request);
        if ((answer.statusCode ?? 500) < 500 || attempt === ATTEMPTS) return answer;
        answer.resume();
      } catch (error) {
        if (attempt === ATTEMPTS) throw new StorageError(`${this.#base.host} does not answer`, { cause: error });
      }
      await wait(PAUSE_MS * 2 ** attempt);
    }
  }

  #attempt({ method, key, query = {}, headers = {}, file }: S3Request): Promise<IncomingMessage> {
    const url = new URL(this.#base);
    url.pathname += key.split('/').map(encodeUri).join('/');
    url.search = Object.entries(query)
      .map(([name, value]) => `${encodeUri(name)}=${encodeUri(value)}`)
      .join('&');
    const payloadSha256 = file?.sha256 ?? EMPTY_SHA256;
    const signed = signedHeaders('s3', { method, url, headers, payloadSha256 }, this.#credentials, Date.now());
    const { connectionTimeoutMs, socketTimeoutMs } = this.#location;
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return new Promise((done, fail) => {
      const sent = send(url, { method, headers: signed, agent: this.#agent, timeout: socketTimeoutMs }, done);
      const connecting = setTimeout(() => sent.destroy(new Error('Connecting took too long')), connectionTimeoutMs);
      sent.once('socket', (socket) => {
        if (!socket.connecting) clearTimeout(connecting);
        else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(connecting));
      });
      sent.once('timeout', () => sent.destroy(new Error('The connection was silent for too long')));
      sent.once('error', (error) => {
        clearTimeout(connecting);
        fail(error);
      });
      if (!file) sent.end();
      else
        createReadStream(file.path)
          .once('error', (error) => sent.destroy(error))
          .pipe(sent);
    });
  }
}

/** `https://bucket.s3.region.amazonaws.com/`, or an endpoint's `https://host/bucket/`. */
function bucketAddress({ endpoint, bucket = '', region = DEFAULT_REGION, forcePathStyle }: StorageLocation): URL {
  const isAmazon = !endpoint || endpoint === 's3.amazonaws.com';
  const host = isAmazon ? `s3.${region}.amazonaws.com` : endpoint;
  const url = new URL(/^https?:\/\//.test(host) ? host : `https://${host}`);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  if (forcePathStyle) url.pathname += `${encodeUri(bucket)}/`;
  else url.hostname = `${bucket}.${url.hostname}`;
  return url;
}

async function refuse(answer: IncomingMessage): Promise<void> {
  const status = answer.statusCode ?? 500;
  if (status < 300) return;
  const code = /<Code>([^<]+)<\/Code>/.exec(await bodyOf(answer))?.[1] ?? '';
  throw new StorageError(`S3 answers ${status} ${code}`);
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_ANSWER_BYTES) throw new StorageError('S3 answers at length');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
