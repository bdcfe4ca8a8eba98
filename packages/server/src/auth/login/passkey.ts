import type { Origin } from '../../access/index.ts';
import { invalidCredentials, invalidPayload } from '../../errors/index.ts';
import { Stall } from '../../kernel/stall.ts';
import type { Store } from '../../store/types.ts';
import type { Grant } from '../grants.ts';
import { bodyOf, modeOf } from '../input.ts';
import type { Ceremonies } from '../passkeys/ceremonies.ts';
import { answerOrNull } from '../proof.ts';
import type { SessionMode } from '../settings.ts';
import { statement } from '../statements.ts';
import type { Arrivals } from './arrivals.ts';

export interface PasskeyLoginInput {
  /** AuthenticationResponseJSON (WebAuthn Level 3). */
  readonly credential: object;
  readonly mode: SessionMode;
}

/** The body of a login with a passkey, `{credential, mode?}`. Throws INVALID_PAYLOAD. */
export function readPasskeyLogin(body: unknown): PasskeyLoginInput {
  const { credential, mode } = bodyOf(body);
  const answer = answerOrNull(credential);
  if (answer === null) throw invalidPayload('"credential" has to be what the authenticator answered.');
  return { credential: answer, mode: modeOf(mode) ?? 'json' };
}

interface Parts {
  readonly store: Store;
  readonly ceremonies: Ceremonies;
  readonly arrivals: Arrivals;
  /** Whose passwords are kept here, and who may therefore have passkeys. */
  readonly providers: ReadonlySet<string>;
  /** Milliseconds that a refused login takes at least. */
  readonly stallTimeMs: number;
}

/** Signing in with a passkey and nothing else: what somebody has, unlocked by what they know or are. */
export class PasskeyLogin {
  readonly #parts: Parts;
  readonly #find: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#find = statement(parts.store, `SELECT provider FROM directus_users WHERE id = ? AND status = 'active'`);
  }

  /** Whether anybody may sign in like this. */
  get offered(): boolean {
    return this.#parts.providers.size > 0;
  }

  /** Throws INVALID_CREDENTIALS, the same for every reason and after the same time at least. */
  async login({ credential, mode }: PasskeyLoginInput, origin: Origin): Promise<Grant> {
    const { store, ceremonies, arrivals, providers, stallTimeMs } = this.#parts;
    const stall = new Stall(stallTimeMs);
    try {
      const { passkey, spend } = await ceremonies.verify('login', null, credential);
      const account = await store.get<{ provider: string }>(this.#find, [passkey.user]);
      if (!account || !providers.has(account.provider)) throw invalidCredentials();
      const grant = await arrivals.arrive(passkey.user, mode, origin, spend);
      stall.cancel();
      return grant;
    } catch (error) {
      await stall.over();
      throw error;
    }
  }
}
