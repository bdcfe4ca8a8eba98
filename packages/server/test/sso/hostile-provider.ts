import { createHash, createHmac, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

/** What a provider does differently from what it should; read anew for every answer. */
export interface Flaws {
  /** Changes the discovery document. */
  metadata?: (document: Json) => Json;
  /** Changes the claims of the id_token. */
  claims?: (claims: Json) => Json;
  /** Makes the whole id_token. */
  idToken?: (claims: Json) => unknown;
  /** Changes the answer of the token endpoint. */
  tokens?: (tokens: Json) => Json;
  /** Changes the profile. */
  profile?: (claims: Json) => Json;
  /** Answers a path in the place of the provider. */
  answer?: (path: string, response: ServerResponse) => boolean;
  /** Changes the parameters that people bring back. */
  back?: (parameters: Record<string, string>) => Record<string, string>;
}

interface Code {
  readonly query: URLSearchParams;
  readonly person: Json;
}

export interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly authorization: string | undefined;
}

/** An OpenID provider that can be made to lie. One person is signed in at it: `person`. */
export class HostileProvider {
  url = '';
  flaws: Flaws = {};
  person: Json = { sub: 'ada', email: 'ada@club.example.com', email_verified: true };
  readonly tokenRequests: TokenRequest[] = [];
  readonly paths: string[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, Json>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  #key = newKey();

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  rotate(): void {
    this.#key = newKey();
  }

  get publicKey(): string {
    return this.#key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  sign(claims: Json, header: Json = {}, key: KeyObject = this.#key.privateKey): string {
    const body = `${encode({ alg: 'RS256', kid: this.#key.kid, ...header })}.${encode(claims)}`;
    return `${body}.${createSign('RSA-SHA256').update(body).sign(key).toString('base64url')}`;
  }

  /** Signed with what everybody knows. */
  signWithPublicKey(claims: Json): string {
    const body = `${encode({ alg: 'HS256', kid: this.#key.kid })}.${encode(claims)}`;
    return `${body}.${createHmac('sha256', this.publicKey).update(body).digest('base64url')}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    this.paths.push(url.pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.flaws.answer?.(url.pathname, response)) return;
    if (url.pathname === '/authorize') this.#authorize(url, response);
    else if (url.pathname === '/token') this.#token(request, Buffer.concat(chunks).toString('utf8'), response);
    else if (url.pathname === '/userinfo') this.#userinfo(request, response);
    else if (url.pathname === '/jwks') json(response, 200, { keys: [this.#jwk()] });
    else if (url.pathname === '/.well-known/openid-configuration') json(response, 200, this.#metadata());
    else json(response, 404, {});
  }

  #metadata(): Json {
    const document = {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      userinfo_endpoint: `${this.url}/userinfo`,
      jwks_uri: `${this.url}/jwks`,
      end_session_endpoint: `${this.url}/end?a=1`,
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    };
    return this.flaws.metadata?.(document) ?? document;
  }

  #jwk(): Json {
    return { ...this.#key.publicKey.export({ format: 'jwk' }), kid: this.#key.kid, use: 'sig' };
  }

  #authorize({ searchParams: query }: URL, response: ServerResponse): void {
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { query, person: this.person });
    const parameters = { code, state: query.get('state') ?? '' };
    const back = new URL(query.get('redirect_uri') ?? '');
    for (const [name, value] of Object.entries(this.flaws.back?.(parameters) ?? parameters)) {
      back.searchParams.set(name, value);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  #token(request: IncomingMessage, body: string, response: ServerResponse): void {
    const form = Object.fromEntries(new URLSearchParams(body));
    this.tokenRequests.push({ form, authorization: request.headers.authorization });
    const code = this.#codes.get(form.code ?? '');
    this.#codes.delete(form.code ?? '');
    const challenge = createHash('sha256')
      .update(form.code_verifier ?? '')
      .digest('base64url');
    if (code?.query.get('code_challenge') !== challenge) {
      json(response, 400, { error: 'invalid_grant' });
      return;
    }
    const token = randomBytes(16).toString('hex');
    this.#tokens.set(token, code.person);
    const now = Math.floor(Date.now() / 1000);
    const [aud, nonce] = [code.query.get('client_id'), code.query.get('nonce')];
    const claims = { iss: this.url, aud, nonce, iat: now, exp: now + 300, ...code.person };
    const changed = this.flaws.claims?.(claims) ?? claims;
    const id_token = this.flaws.idToken ? this.flaws.idToken(changed) : this.sign(changed);
    const tokens = { access_token: token, token_type: 'Bearer', id_token };
    json(response, 200, this.flaws.tokens?.(tokens) ?? tokens);
  }

  #userinfo(request: IncomingMessage, response: ServerResponse): void {
    const person = this.#tokens.get(request.headers.authorization?.slice('Bearer '.length) ?? '');
    if (person) json(response, 200, this.flaws.profile?.(person) ?? person);
    else json(response, 401, { error: 'invalid_token' });
  }
}

const newKey = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
  kid: randomBytes(4).toString('hex'),
});

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
