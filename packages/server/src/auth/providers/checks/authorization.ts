import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../kernel/clock.ts';
import { parametersOf, type Redirecting } from '../../login/redirecting-providers.ts';
import { challengeOf } from '../attempts.ts';
import { tokenForm } from '../authorization-code.ts';
import { type AuthMethod, authenticateClient } from '../client-authentication.ts';
import type { ProviderRequests } from '../provider-requests.ts';
import type { Walk } from './walk.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;
const REFUSALS: ReadonlySet<string> = new Set(['unauthorized_client', 'unsupported_response_type', 'invalid_request']);
/** What some providers write into the address of the page that says so. */
const REFUSED_IN_ADDRESS = /redirect_uri_mismatch|invalid_client|unauthorized_client|invalid_request|authError/;

export interface TokenEndpoint {
  readonly address: string;
  readonly method: AuthMethod;
  /** The setting that holds or leads to the address. */
  readonly setting: string;
}

/**
 * Whether the provider knows the client and its secret: a code that is none is redeemed, and what the provider finds wrong
 * first is the client (RFC 6749 §5.2).
 */
export async function checkClient(
  walk: Walk,
  provider: Redirecting,
  { address, method, setting }: TokenEndpoint,
  redirectUri: string,
  requests: ProviderRequests,
  clock: Clock,
): Promise<void> {
  const form = tokenForm({
    code: 'limen-sso-test',
    verifier: randomBytes(32).toString('base64url'),
    redirectUri,
    nonce: '',
  });
  const credential = method === 'private_key_jwt' ? 'private_keys' : 'client_secret';
  let headers: Record<string, string>;
  try {
    headers = await authenticateClient(provider, method, address, form, clock);
  } catch (error) {
    return walk.failed('client', `no proof can be made of it: ${messageOf(error)}`, credential);
  }
  try {
    const { status, body } = await requests.postForm(address, form, headers);
    const said = typeof body?.error === 'string' ? body.error.slice(0, 100) : '';
    if (said === 'invalid_client' || (status === 401 && said === '')) {
      const detail = `the provider does not know the client by what ${method} says of it: the id or the secret is wrong`;
      walk.failed('client', detail, method === 'none' ? 'client_id' : credential);
    } else if (said === 'unauthorized_client') {
      walk.failed('client', 'the provider does not let this client use codes', 'client_id');
    } else if (said !== '') walk.passed('client', `the provider knows the client (${method}; it said ${said})`);
    else if (status === 404) walk.failed('client', `there is nothing at ${address}`, setting);
    else walk.passed('client', `the provider answers with status ${status}, which says nothing about the client`);
  } catch (error) {
    walk.unreachable('client', error, setting);
  }
}

/** Whether the provider would send people back to where they are expected. Nobody signs in, so some don't tell. */
export async function checkRedirect(
  walk: Walk,
  provider: Redirecting,
  endpoint: { readonly address: string; readonly setting: string },
  redirectUri: string,
  requests: ProviderRequests,
): Promise<void> {
  const address = new URL(endpoint.address);
  for (const [key, value] of question(provider, redirectUri)) address.searchParams.set(key, value);
  try {
    const { status, headers, body } = await requests.get(address.href, { maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
    body.destroy();
    judge(walk, redirectUri, status, typeof headers.location === 'string' ? headers.location : null);
  } catch (error) {
    walk.unreachable('redirect_uri', error, endpoint.setting);
  }
}

function question(provider: Redirecting, redirectUri: string): Iterable<[string, string]> {
  const { clientId = '', scope } = provider.options;
  return Object.entries({
    ...parametersOf(provider),
    client_id: clientId,
    scope,
    response_type: 'code',
    redirect_uri: redirectUri,
    state: randomBytes(16).toString('base64url'),
    code_challenge: challengeOf(randomBytes(32).toString('base64url')),
    code_challenge_method: 'S256',
    // Answered without a page, at the redirect address (OpenID Connect Core §3.1.2.6).
    ...(provider.driver === 'openid' ? { nonce: randomBytes(16).toString('base64url'), prompt: 'none' } : {}),
  });
}

function judge(walk: Walk, redirectUri: string, status: number, location: string | null): void {
  const fail = (detail: string, setting: string): void => walk.failed('redirect_uri', detail, setting);
  const register = `register ${redirectUri} there, exactly so; it comes from PUBLIC_URL and the provider's name`;
  const back = location?.startsWith(redirectUri) ? URL.parse(location)?.searchParams : undefined;
  const error = back?.get('error') ?? '';
  if (status >= 400)
    fail(`the provider refuses people who come from here (status ${status}): ${register}`, 'client_id');
  else if (error === 'invalid_scope') fail('the provider does not know the scope', 'scope');
  else if (REFUSALS.has(error)) fail(`the provider refuses: ${error}`, 'client_id');
  else if (back) walk.passed('redirect_uri', `the provider sends people back to ${redirectUri}`);
  else if (REFUSED_IN_ADDRESS.test(location ?? '')) fail(`the provider shows an error: ${register}`, 'client_id');
  else walk.passed('redirect_uri', `the provider lets people in; ${redirectUri} has to be registered there`);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
