import type { AuthProvider } from '../../../config/index.ts';
import type { Clock } from '../../../kernel/clock.ts';
import { authMethodOf } from '../client-authentication.ts';
import { Discovery, type Metadata } from '../discovery.ts';
import { IdTokens } from '../id-tokens.ts';
import type { ProviderRequests } from '../provider-requests.ts';
import { checkClient, checkRedirect } from './authorization.ts';
import type { Walk } from './walk.ts';

type OpenId = Extract<AuthProvider, { driver: 'openid' }>;
type OAuth2 = Extract<AuthProvider, { driver: 'oauth2' }>;

interface Asking {
  readonly requests: ProviderRequests;
  readonly clock: Clock;
  /** Where browsers come back to. */
  readonly callbacks: readonly string[];
}

/** Walks through what an OpenID provider says of itself, with nothing that was known of it before. */
export async function checkOpenId(walk: Walk, provider: OpenId, { requests, clock, callbacks }: Asking): Promise<void> {
  const discovery = new Discovery(provider.name, provider.options.issuerUrl ?? '', requests, clock);
  const metadata = await discovery.metadata().catch((error: unknown) => {
    walk.unreachable('discovery', error, 'issuer_url');
    return null;
  });
  if (metadata === null) return;
  const { issuer, authorizationEndpoint, tokenEndpoint, userinfoEndpoint } = metadata;
  const profiles = userinfoEndpoint === null ? 'in ID tokens only' : `at ${userinfoEndpoint}`;
  const places = `people are sent to ${authorizationEndpoint}, codes go to ${tokenEndpoint}, profiles are ${profiles}`;
  walk.passed('discovery', `the issuer is ${issuer}; ${places}`);
  await checkKeys(walk, provider, metadata, { requests, clock });
  const method = authMethodOf(provider, metadata.authMethods);
  const token = { address: tokenEndpoint, method, setting: 'issuer_url' };
  await checkClient(walk, provider, token, callbacks[0] ?? '', requests, clock);
  for (const callback of callbacks) {
    await checkRedirect(walk, provider, { address: authorizationEndpoint, setting: 'issuer_url' }, callback, requests);
  }
}

async function checkKeys(walk: Walk, provider: OpenId, metadata: Metadata, asking: Omit<Asking, 'callbacks'>) {
  const idTokens = new IdTokens(provider, { ...asking, onFault: () => undefined });
  const algorithms = idTokens.algorithms(metadata);
  if (algorithms.length === 0) {
    const setting = 'client_id_token_signed_response_alg';
    return walk.failed('keys', 'there is no algorithm for ID tokens that both sides take', setting);
  }
  try {
    const count = await idTokens.keys(metadata);
    if (count === 0) return walk.failed('keys', `there are no keys at ${metadata.jwksUri}`, 'issuer_url');
    walk.passed('keys', `ID tokens are signed with one of ${count} keys: ${algorithms.join(', ')}`);
  } catch (error) {
    walk.unreachable('keys', error, 'issuer_url');
  }
}

/** Plain OAuth 2.0 says nothing of itself: each address is asked. */
export async function checkOAuth2(walk: Walk, provider: OAuth2, { requests, clock, callbacks }: Asking): Promise<void> {
  const { authorizeUrl = '', accessUrl = '', profileUrl = '' } = provider.options;
  const method = authMethodOf(provider, undefined);
  const token = { address: accessUrl, method, setting: 'access_url' };
  await checkClient(walk, provider, token, callbacks[0] ?? '', requests, clock);
  try {
    const { status } = await requests.getJson(profileUrl);
    if (status === 404) walk.failed('profile', `there is nothing at ${profileUrl}`, 'profile_url');
    else walk.passed('profile', `profiles are at ${profileUrl} (status ${status} without a token)`);
  } catch (error) {
    walk.unreachable('profile', error, 'profile_url');
  }
  for (const callback of callbacks) {
    await checkRedirect(walk, provider, { address: authorizeUrl, setting: 'authorize_url' }, callback, requests);
  }
}
