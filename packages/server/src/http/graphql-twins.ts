import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError, ApiErrors, forbidden, invalidCredentials } from '../errors/index.ts';
import type { OtherRoot } from '../graphql/execution/index.ts';
import type { ErrorCode, Json } from '../wire/index.ts';

type Values = Readonly<Record<string, unknown>>;

/** The request of the API that does the same, and what of its answer is the answer here. */
interface Twin {
  readonly method: 'GET' | 'POST';
  path(values: Values): string;
  readonly answer: 'data' | 'body' | 'text' | 'done' | 'tokens';
}

const at = (path: string) => (): string => path;

/** A part of a path. Throws FORBIDDEN for what would make it another one: nothing has such a name. */
function part(value: unknown): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') throw forbidden();
  return encodeURIComponent(text);
}

const get = (path: string, answer: Twin['answer'] = 'data'): Twin => ({ method: 'GET', path: at(path), answer });
const post = (path: string, answer: Twin['answer'] = 'done'): Twin => ({ method: 'POST', path: at(path), answer });

/**
 * Root fields that are about no collection. Each is answered by its twin of the API, with the same checks and the same
 * limits, for every time that it is asked.
 */
const TWINS: Readonly<Record<string, Twin>> = {
  server_ping: get('/server/ping', 'text'),
  server_info: get('/server/info'),
  server_health: get('/server/health', 'body'),
  server_specs_oas: get('/server/specs/oas', 'body'),
  server_specs_graphql: {
    method: 'GET',
    path: ({ scope }) => `/server/specs/graphql${scope === 'system' ? '/system' : ''}`,
    answer: 'text',
  },
  collections: get('/collections'),
  collections_by_name: { method: 'GET', path: ({ name }) => `/collections/${part(name)}`, answer: 'data' },
  fields: get('/fields'),
  fields_in_collection: { method: 'GET', path: ({ collection }) => `/fields/${part(collection)}`, answer: 'data' },
  fields_by_name: {
    method: 'GET',
    path: ({ collection, field }) => `/fields/${part(collection)}/${part(field)}`,
    answer: 'data',
  },
  relations: get('/relations'),
  relations_in_collection: {
    method: 'GET',
    path: ({ collection }) => `/relations/${part(collection)}`,
    answer: 'data',
  },
  relations_by_name: {
    method: 'GET',
    path: ({ collection, field }) => `/relations/${part(collection)}/${part(field)}`,
    answer: 'data',
  },
  permissions_me: get('/permissions/me'),
  roles_me: get('/roles/me'),
  policies_me_globals: get('/policies/me/globals'),
  auth_login: post('/auth/login', 'tokens'),
  auth_refresh: post('/auth/refresh', 'tokens'),
  auth_logout: post('/auth/logout'),
  auth_password_request: post('/auth/password/request'),
  auth_password_reset: post('/auth/password/reset'),
  users_register: post('/users/register'),
  users_register_verify: {
    method: 'GET',
    path: ({ token }) => `/users/register/verify-email?token=${part(token)}`,
    answer: 'done',
  },
  users_invite: post('/users/invite'),
  users_invite_accept: post('/users/invite/accept'),
  users_me_tfa_generate: post('/users/me/tfa/generate', 'data'),
  users_me_tfa_enable: post('/users/me/tfa/enable'),
  users_me_tfa_disable: post('/users/me/tfa/disable'),
  utils_random_string: {
    method: 'GET',
    path: ({ length }) => `/utils/random/string${typeof length === 'number' ? `?length=${length}` : ''}`,
    answer: 'data',
  },
  utils_hash_generate: post('/utils/hash/generate', 'data'),
  utils_hash_verify: post('/utils/hash/verify', 'data'),
  utils_sort: { method: 'POST', path: ({ collection }) => `/utils/sort/${part(collection)}`, answer: 'done' },
  utils_revert: { method: 'POST', path: ({ revision }) => `/utils/revert/${part(revision)}`, answer: 'done' },
  utils_cache_clear: post('/utils/cache/clear'),
};

/** Headers that say who asks and from where. The body and its length are another one's. */
const FORWARDED = ['authorization', 'cookie', 'user-agent', 'origin', 'referer', 'x-forwarded-for', 'sec-fetch-site'];

/** What the root fields of a request do that are about no collection. `customHeader` is IP_CUSTOM_HEADER. */
export function otherRoots(
  request: FastifyRequest,
  reply: FastifyReply,
  customHeader: string | null,
): ReadonlyMap<string, OtherRoot> {
  return new Map(
    Object.entries(TWINS).map(([name, twin]) => [
      name,
      (values) => callTwin(name, twin, values, request, reply, customHeader),
    ]),
  );
}

async function callTwin(
  name: string,
  twin: Twin,
  values: Values,
  request: FastifyRequest,
  reply: FastifyReply,
  customHeader: string | null,
): Promise<Json> {
  const token = new URLSearchParams(request.url.split('?')[1] ?? '').get('access_token');
  const path = twin.path(values);
  const answer = await request.server.inject({
    method: twin.method,
    url: token ? `${path}${path.includes('?') ? '&' : '?'}access_token=${part(token)}` : path,
    remoteAddress: request.socket.remoteAddress ?? '',
    headers: headersOf(request, customHeader),
    ...(twin.method === 'POST' ? { payload: { ...values } } : {}),
  });
  const cookies = answer.headers['set-cookie'];
  if (cookies) reply.header('set-cookie', cookies);
  if (answer.statusCode >= 400) throw errorsOf(name, answer.statusCode, answer.body);
  return answerOf(twin.answer, answer.body);
}

function headersOf(request: FastifyRequest, customHeader: string | null): Record<string, string> {
  const names = customHeader === null ? FORWARDED : [...FORWARDED, customHeader.toLowerCase()];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

function answerOf(kind: Twin['answer'], body: string): Json {
  if (kind === 'done') return true;
  if (kind === 'text') return body;
  const parsed = body === '' ? {} : (JSON.parse(body) as { [key: string]: Json });
  if (kind === 'body') return parsed;
  if (kind === 'data') return parsed.data ?? null;
  const { access_token = null, refresh_token = null, expires = null } = parsed.data as { [key: string]: Json };
  return { access_token, refresh_token, expires: expires === null ? null : String(expires) };
}

interface TwinError {
  readonly message: string;
  readonly extensions: { readonly code: ErrorCode } & Record<string, Json>;
}

function errorsOf(name: string, status: number, body: string): Error {
  const { errors } = JSON.parse(body) as { errors: TwinError[] };
  const told = errors.map(({ message, extensions: { code, ...rest } }) => new ApiError(code, message, rest));
  // What is no address belongs to nobody: here it is no matter of form, since the schema has seen to that.
  if (name === 'auth_login' && status === 400) return invalidCredentials();
  return new ApiErrors(told);
}
