import { customEndpoint } from '@directus/sdk';
import { client } from './api.ts';
import { failureOf } from './failure.ts';

export interface PasswordLogin {
  /** The e-mail address; for a directory whatever it calls people by. */
  readonly name: string;
  readonly password: string;
  /** A one-time password or a recovery code. */
  readonly otp?: string;
  /** A directory or another place of passwords than the project's own. */
  readonly provider?: { readonly name: string; readonly driver: string };
}

/** How long the session holds, in milliseconds; or that a one-time password is asked for. */
export type SignedIn = { readonly expires: number | null } | 'needs-otp';

interface Grant {
  readonly expires: number | null;
}

/** Signs in with the session's cookie. Throws what the API answers otherwise. */
export async function signIn({ name, password, otp, provider }: PasswordLogin): Promise<SignedIn> {
  const who = provider?.driver === 'ldap' ? { identifier: name } : { email: name };
  const path = provider ? `/auth/login/${encodeURIComponent(provider.name)}` : '/auth/login';
  const body = { ...who, password, mode: 'session', ...(otp ? { otp } : {}) };
  try {
    return await post(path, body);
  } catch (error) {
    if (failureOf(error).code === 'INVALID_OTP' && !otp) return 'needs-otp';
    throw error;
  }
}

/** Signs in with what an authenticator holds. */
export async function signInWithPasskey(): Promise<Grant> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const options = await client.request(
    customEndpoint<Parameters<typeof startAuthentication>[0]['optionsJSON']>({
      path: '/auth/passkey/options',
      method: 'POST',
      body: '{}',
    }),
  );
  const credential = await startAuthentication({ optionsJSON: options });
  return post('/auth/passkey/login', { credential, mode: 'session' });
}

/** Spends the token of a mailed link. */
export const signInByLink = (token: string): Promise<Grant> => post('/auth/email/login', { token, mode: 'session' });

const post = (path: string, body: object): Promise<Grant> =>
  client.request(customEndpoint<Grant>({ path, method: 'POST', body: JSON.stringify(body) }));
