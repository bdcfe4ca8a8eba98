import type { Accountability, Origin } from '../access/index.ts';
import { type Auth, readPasswordLogin } from '../auth/index.ts';
import { invalidCredentials } from '../errors/index.ts';
import type { Message } from '../realtime/index.ts';

export interface Proven {
  readonly accountability: Accountability;
  readonly token: string;
  /** For the next time; null for who came with an access token. */
  readonly refreshToken: string | null;
}

/**
 * Who an `auth` message proves its sender to be: by an access token, by e-mail and password (and one-time password), or by
 * a refresh token, which is spent. Throws as signing in does; never anybody without a proof.
 */
export async function authenticate(
  auth: Auth,
  message: Message,
  origin: Origin,
  settings: { readonly authDisableDefault: boolean },
): Promise<Proven> {
  const { access_token: given, refresh_token: spent, email } = message;
  if (typeof given === 'string' && given !== '') return identified(auth, given, null, origin);
  if (typeof spent === 'string' && spent !== '') {
    const grant = await auth.refresh('json', spent, origin);
    return identified(auth, grant.accessToken, grant.refreshToken, origin);
  }
  if (email === undefined || settings.authDisableDefault) throw invalidCredentials();
  const { password, otp } = message;
  const input = readPasswordLogin({ email, password, otp, mode: 'json' });
  const grant = await auth.passwordLogin.login('default', input, origin);
  return identified(auth, grant.accessToken, grant.refreshToken, origin);
}

async function identified(auth: Auth, token: string, refreshToken: string | null, origin: Origin): Promise<Proven> {
  const accountability = await auth.identify({ kind: 'token', token, from: 'query' }, origin);
  return { accountability, token, refreshToken };
}
