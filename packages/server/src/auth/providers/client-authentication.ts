import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { AuthProvider } from '../../config/index.ts';
import type { Clock } from '../../kernel/clock.ts';

type Redirecting = Extract<AuthProvider, { driver: 'openid' | 'oauth2' }>;

const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type AuthMethod = (typeof METHODS)[number];

const ASSERTION_S = 60;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * How we prove to a provider's token endpoint which client we are: as configured (CLIENT_TOKEN_ENDPOINT_AUTH_METHOD), else
 * with keys where there are some, else with the secret in the way that the provider takes, else not at all.
 */
export function authMethodOf({ client, options }: Redirecting, supported: unknown): AuthMethod {
  const configured = METHODS.find((method) => method === client.tokenEndpointAuthMethod);
  if (configured) return configured;
  if (options.privateKeys !== undefined) return 'private_key_jwt';
  if (!options.clientSecret) return 'none';
  const takes = (method: AuthMethod) => !Array.isArray(supported) || supported.includes(method);
  return !takes('client_secret_basic') && takes('client_secret_post') ? 'client_secret_post' : 'client_secret_basic';
}

/** Adds the proof to the form, or gives the headers that hold it (RFC 6749 §2.3.1, RFC 7523 §2.2). */
export async function authenticateClient(
  provider: Redirecting,
  method: AuthMethod,
  endpoint: string,
  form: URLSearchParams,
  clock: Clock,
): Promise<Record<string, string>> {
  const { clientId = '', clientSecret = '', privateKeys } = provider.options;
  if (method === 'client_secret_basic') {
    const pair = `${formEncoded(clientId)}:${formEncoded(clientSecret)}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  }
  form.set('client_id', clientId);
  if (method === 'client_secret_post') form.set('client_secret', clientSecret);
  if (method === 'private_key_jwt') {
    form.set('client_assertion_type', ASSERTION_TYPE);
    form.set('client_assertion', await assertion(clientId, endpoint, firstKey(privateKeys), clock));
  }
  return {};
}

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

async function assertion(clientId: string, audience: string, key: JWK, clock: Clock): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  const alg = key.alg ?? algorithmOf(key);
  const now = Math.floor(clock.now() / 1000);
  return new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: audience,
    jti: randomUUID(),
    iat: now,
    exp: now + ASSERTION_S,
  })
    .setProtectedHeader({ alg, ...(key.kid ? { kid: key.kid } : {}) })
    .sign(await importJWK(key, alg));
}

function firstKey(keys: unknown): JWK {
  const list = typeof keys === 'object' && keys !== null && 'keys' in keys ? keys.keys : null;
  const first: unknown = Array.isArray(list) ? list[0] : null;
  if (typeof first !== 'object' || first === null) throw new Error('PRIVATE_KEYS hold no key');
  return first as JWK;
}

function algorithmOf({ kty, crv }: JWK): string {
  if (kty === 'EC') return crv === 'P-521' ? 'ES512' : crv === 'P-384' ? 'ES384' : 'ES256';
  return kty === 'OKP' ? 'EdDSA' : 'RS256';
}
