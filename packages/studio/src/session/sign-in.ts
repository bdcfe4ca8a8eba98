import { client } from './api.ts';
import { failureOf } from './failure.ts';

export interface PasswordLogin {
  readonly email: string;
  readonly password: string;
  readonly otp?: string;
}

/** How long the session holds, in milliseconds; or that a one-time password is asked for. */
export type SignedIn = { readonly expires: number | null } | 'needs-otp';

/** Signs in with the session's cookie. Throws what the API answers otherwise. */
export async function signIn({ email, password, otp }: PasswordLogin): Promise<SignedIn> {
  try {
    const { expires } = await client.login({ email, password }, { mode: 'session', ...(otp ? { otp } : {}) });
    return { expires };
  } catch (error) {
    if (failureOf(error).code === 'INVALID_OTP' && !otp) return 'needs-otp';
    throw error;
  }
}
