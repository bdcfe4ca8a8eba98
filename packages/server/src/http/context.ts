import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access, AccessEngine, Accountability, Origin } from '../access/index.ts';
import type { Accounts } from '../accounts/index.ts';
import type { Auth, Credential } from '../auth/index.ts';
import type { Config } from '../config/index.ts';
import type { Files } from '../files/index.ts';
import type { ItemService } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { parseParameters, type Query, type QueryReader } from '../query/index.ts';
import type { Digest } from '../resources/versions-digest.ts';
import type { CurrentSchema } from '../schema/current.ts';
import type { Store } from '../store/types.ts';
import { clientAddress } from './address.ts';
import type { AuthCookies } from './cookies.ts';
import { cookieToTakeAway, findCredential } from './credential.ts';
import { refuseForeignForm } from './cross-site.ts';

/** What routes work with. */
export interface HttpParts {
  readonly config: Config;
  readonly store: Store;
  readonly schema: CurrentSchema;
  readonly engine: AccessEngine;
  readonly auth: Auth;
  readonly accounts: Accounts;
  readonly items: ItemService;
  /** Loads what deals with files, when that is needed for the first time. */
  readonly files: () => Promise<Files>;
  readonly queries: QueryReader;
  readonly digest: Digest;
  readonly cookies: AuthCookies;
  readonly clock: Clock;
  readonly version: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    accountability: Accountability;
    access: Access;
  }
}

/** Finds out who asks and what they may do, before any route behind it runs. */
export function authenticate(app: FastifyInstance, parts: HttpParts): void {
  app.addHook('onRequest', async (request, reply) => {
    const credential = credentialOf(request, parts);
    if (credential.kind === 'token' && credential.from === 'cookie') refuseForeignForm(request, parts.config);
    try {
      request.accountability = await parts.auth.identify(credential, originOf(request, parts.config));
    } catch (error) {
      const gone = cookieToTakeAway(error, credential.kind === 'token' ? credential.from : null, parts.cookies.session);
      if (gone) reply.header('set-cookie', gone);
      throw error;
    }
    request.access = await parts.engine.access(request.accountability);
  });
}

function credentialOf(request: FastifyRequest, { config, cookies }: HttpParts): Credential {
  const text = queryText(request);
  const accessToken = text.includes('access_token')
    ? parseParameters(text, { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit })
        .access_token
    : undefined;
  const { authorization, cookie } = request.headers;
  return findCredential({ authorization, accessToken, cookie }, cookies.session.name);
}

/** Where a request comes from. */
export function originOf(request: FastifyRequest, config: Config): Origin {
  const { headers } = request;
  return {
    ip: clientAddress(request.raw, config.ipTrustProxy, config.ipCustomHeader),
    userAgent: headers['user-agent'] ?? null,
    origin: headers.origin ?? null,
  };
}

/** What follows the question mark of the address. */
export function queryText(request: FastifyRequest): string {
  const { url } = request;
  const mark = url.indexOf('?');
  return mark < 0 ? '' : url.slice(mark + 1);
}

/** The query of the address. Throws INVALID_QUERY. */
export const queryOf = (request: FastifyRequest, parts: HttpParts): Query => parts.queries.read(queryText(request));
