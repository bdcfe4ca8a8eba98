import { invalidCredentials, invalidPayload } from '../../errors/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Spend } from '../proof.ts';
import { CHALLENGE_TTL_MS, type Challenge, type Challenges, type Purpose } from './challenges.ts';
import type { NewPasskey, Passkey, PasskeyRows } from './rows.ts';

export interface CeremonySettings {
  /** The domain that passkeys belong to. */
  readonly rpId: string;
  /** Where pages and apps may be that use them. */
  readonly origins: readonly string[];
}

interface Parts {
  readonly rows: PasskeyRows;
  readonly challenges: Challenges;
  readonly clock: Clock;
  readonly settings: CeremonySettings;
}

/** Somebody who is asked for a passkey, or gets one. */
export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
}

/** COSE algorithms: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];
/** WebAuthn Level 3 §4: the id of a credential has at most so many bytes. */
const CREDENTIAL_BYTES = 1023;
/** So many bytes in base64url. */
const CREDENTIAL = /^[\w-]{1,1364}$/;
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/**
 * What is asked of authenticators, and whether they answered it (WebAuthn Level 3 §7). The person is always verified by
 * them (a finger, a face, a PIN), so that a passkey is two factors by itself.
 */
export class Ceremonies {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** PublicKeyCredentialRequestOptionsJSON. `passkeys` are those that may answer; without any, whichever the person picks. */
  requestOptions(purpose: Purpose, user: string | null, passkeys: readonly Passkey[] = []) {
    const { challenges, settings } = this.#parts;
    return {
      rpId: settings.rpId,
      challenge: challenges.issue(purpose, user).toString('base64url'),
      allowCredentials: passkeys.map(described),
      timeout: CHALLENGE_TTL_MS,
      userVerification: 'required',
    } as const;
  }

  /** PublicKeyCredentialCreationOptionsJSON, for another passkey than those there are. */
  creationOptions(holder: Holder, project: string, passkeys: readonly Passkey[]) {
    const { challenges, settings } = this.#parts;
    return {
      rp: { id: settings.rpId, name: project },
      user: { id: handleOf(holder.id), name: holder.name, displayName: holder.displayName },
      challenge: challenges.issue('register', holder.id).toString('base64url'),
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: 'public-key' as const })),
      excludeCredentials: passkeys.map(described),
      timeout: CHALLENGE_TTL_MS,
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    } as const;
  }

  /**
   * Whose passkey signed our challenge, which was given out for `purpose` and `user` (null: to nobody in particular), and
   * what uses the answer up. Throws INVALID_CREDENTIALS for every other answer.
   */
  async verify(purpose: Purpose, user: string | null, answer: object): Promise<{ passkey: Passkey; spend: Spend }> {
    const { rows, challenges, clock } = this.#parts;
    const { challenge, text } = this.#challengeIn(answer, purpose, user);
    const { id } = answer as { id?: unknown };
    const passkey = typeof id === 'string' && CREDENTIAL.test(id) ? await rows.byCredential(id) : null;
    const handle = responseOf(answer).userHandle;
    if (!passkey || (user !== null && passkey.user !== user)) throw invalidCredentials();
    if (handle ? handle !== handleOf(passkey.user) : purpose === 'login') throw invalidCredentials();
    const counter = await this.#signedBy(passkey, answer, text);
    return {
      passkey,
      spend: async (tx) => {
        await challenges.spend(tx, challenge);
        await rows.use(tx, passkey.id, counter, clock.now());
      },
    };
  }

  /** The new passkey in an authenticator's answer (RegistrationResponseJSON). Throws INVALID_PAYLOAD. */
  async verifyRegistration(user: string, answer: object): Promise<{ passkey: Omit<NewPasskey, 'name'>; spend: Spend }> {
    const { challenge, text } = this.#challengeIn(answer, 'register', user);
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
    const { settings, challenges } = this.#parts;
    const verified = await verifyRegistrationResponse({
      response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: text,
      expectedOrigin: [...settings.origins],
      expectedRPID: settings.rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch((error: unknown) => {
      throw notAccepted(error);
    });
    if (!verified.verified) throw notAccepted();
    const { credential, credentialBackedUp } = verified.registrationInfo;
    if (Buffer.from(credential.id, 'base64url').length > CREDENTIAL_BYTES) throw notAccepted();
    const given = responseOf(answer).transports;
    const transports = Array.isArray(given) ? [...new Set(given)].filter((each) => TRANSPORTS.has(each)) : [];
    return {
      passkey: {
        user,
        credential: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports,
        backedUp: credentialBackedUp,
      },
      spend: (tx) => challenges.spend(tx, challenge),
    };
  }

  /** The challenge that was answered, if it is one of ours. Pages in frames of other sites are refused. */
  #challengeIn(answer: object, purpose: Purpose, user: string | null): { challenge: Challenge; text: string } {
    const client = clientOf(answer);
    const text = typeof client?.challenge === 'string' ? client.challenge : '';
    const challenge = this.#parts.challenges.read(text, purpose, user);
    if (challenge === null || client?.crossOrigin === true) {
      throw purpose === 'register' ? notAccepted() : invalidCredentials();
    }
    return { challenge, text };
  }

  /** The authenticator's counter. Throws INVALID_CREDENTIALS. */
  async #signedBy(passkey: Passkey, answer: object, challenge: string): Promise<number> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
    const { settings } = this.#parts;
    const verified = await verifyAuthenticationResponse({
      response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: [...settings.origins],
      expectedRPID: settings.rpId,
      requireUserVerification: true,
      credential: {
        id: passkey.credential,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
    }).catch((error: unknown) => {
      throw invalidCredentials(error);
    });
    if (!verified.verified) throw invalidCredentials();
    return verified.authenticationInfo.newCounter;
  }
}

const notAccepted = (cause?: unknown) =>
  invalidPayload('"credential" is no answer to the options of this server.', cause);

const described = ({ credential, transports }: Passkey) => ({
  id: credential,
  type: 'public-key' as const,
  ...(transports.length > 0 ? { transports: [...transports] } : {}),
});

/** The user handle that authenticators keep (WebAuthn Level 3 §5.4.3), in base64url. */
const handleOf = (user: string): string => Buffer.from(user).toString('base64url');

function responseOf(answer: object): Record<string, unknown> {
  const { response } = answer as { response?: unknown };
  return typeof response === 'object' && response !== null ? (response as Record<string, unknown>) : {};
}

/** What the browser says it was asked (WebAuthn Level 3 §5.8.1); null for what is no such thing. */
function clientOf(answer: object): Record<string, unknown> | null {
  const { clientDataJSON } = responseOf(answer);
  if (typeof clientDataJSON !== 'string') return null;
  try {
    const client: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
    return typeof client === 'object' && client !== null ? (client as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
