import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export const PEOPLE: Readonly<Record<string, object>> = {
  ada: {
    sub: 'ada',
    email: 'ada@club.example.com',
    email_verified: true,
    given_name: 'Ada',
    family_name: 'Ash',
    groups: ['readers'],
  },
};

export interface CertifiedProvider {
  readonly url: string;
  /** What the provider found wrong with requests. */
  readonly complaints: string[];
  /** Begins to answer, for these clients. */
  serve(clients: readonly object[]): void;
  stop(): void;
}

/** A whole OpenID provider, at which `ada` is signed in and has agreed to everything. */
export async function startCertifiedProvider(host = '127.0.0.1'): Promise<CertifiedProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const complaints: string[] = [];
  return {
    url,
    complaints,
    serve: (clients) => answer(server, makeProvider(url, clients, complaints)),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function makeProvider(url: string, clients: readonly object[], complaints: string[]): Provider {
  const provider = new Provider(url, {
    clients,
    claims: {
      openid: ['sub'],
      profile: ['given_name', 'family_name'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    scopes: ['openid', 'profile', 'email', 'groups'],
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => PEOPLE[accountId] }),
    jwks: { keys: [signingKey('RS256'), signingKey('ES256'), signingKey('PS256')] },
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/agree/${uid}` },
    cookies: { keys: ['of the tests'] },
  });
  for (const event of ['server_error', 'grant.error', 'authorization.error', 'userinfo.error']) {
    provider.on(event, (_, error) => complaints.push(`${event}: ${error.message} ${JSON.stringify(error)}`));
  }
  return provider;
}

function answer(server: Server, provider: Provider): void {
  const rest = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/agree/')) return rest(request, response);
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: 'ada', clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    const grantId = await grant.save();
    await provider.interactionFinished(request, response, { login: { accountId: 'ada' }, consent: { grantId } });
  });
}

function signingKey(alg: string) {
  const pair = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : rsa();
  return { ...pair.privateKey.export({ format: 'jwk' }), use: 'sig', alg };
}

const rsa = (): { privateKey: KeyObject } => generateKeyPairSync('rsa', { modulusLength: 2048 });
