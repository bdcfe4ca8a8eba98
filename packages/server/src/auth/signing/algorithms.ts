import { createHash, createPublicKey, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** Signatures that others can check without being able to make them (RFC 7518 §3, RFC 8037 §3.1). */
export type Algorithm = 'EdDSA' | 'ES256' | 'RS256';

/** A public key as clients get it (RFC 7517). */
export type PublicJwk = Readonly<Record<string, string>>;

const MIN_RSA_BITS = 2048;
const generate = promisify(generateKeyPair);

interface Rules {
  generate(): Promise<{ privateKey: KeyObject }>;
  /** Whether a key is one of this algorithm; a key is never used with another one. */
  fits(key: KeyObject): boolean;
  sign(input: Buffer, key: KeyObject): Buffer;
  verify(input: Buffer, key: KeyObject, signature: Buffer): boolean;
}

const RULES: Readonly<Record<Algorithm, Rules>> = {
  EdDSA: {
    generate: () => generate('ed25519'),
    fits: ({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519',
    sign: (input, key) => sign(null, input, key),
    verify: (input, key, signature) => verify(null, input, key, signature),
  },
  ES256: {
    generate: () => generate('ec', { namedCurve: 'P-256' }),
    fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
    // JOSE has the two numbers side by side, not in DER (RFC 7518 §3.4).
    sign: (input, key) => sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }),
    verify: (input, key, signature) => verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature),
  },
  RS256: {
    generate: () => generate('rsa', { modulusLength: MIN_RSA_BITS }),
    fits: (key) => key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MIN_RSA_BITS,
    sign: (input, key) => sign('sha256', input, key),
    verify: (input, key, signature) => verify('sha256', input, key, signature),
  },
};

const ALGORITHMS = Object.keys(RULES) as readonly Algorithm[];

/** A key that signs, or signed. */
export interface SigningKey {
  /** The thumbprint of the public key (RFC 7638): the same key has the same name everywhere. */
  readonly kid: string;
  readonly algorithm: Algorithm;
  /** null for one that only verifies. */
  readonly privateKey: KeyObject | null;
  readonly publicKey: KeyObject;
  readonly jwk: PublicJwk;
}

/** The algorithm of a key, or null when it is good for none. */
export const algorithmOf = (key: KeyObject): Algorithm | null =>
  ALGORITHMS.find((algorithm) => RULES[algorithm].fits(key)) ?? null;

/** A private or public key, with its name. Throws where it is good for no algorithm. */
export function signingKey(key: KeyObject): SigningKey {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const algorithm = algorithmOf(publicKey);
  if (algorithm === null)
    throw new Error(`No signing key: Ed25519, P-256, or RSA of ${MIN_RSA_BITS} bits or more are.`);
  const parts = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const kid = thumbprint(parts);
  return {
    kid,
    algorithm,
    privateKey: key.type === 'private' ? key : null,
    publicKey,
    jwk: { ...parts, kid, alg: algorithm, use: 'sig' },
  };
}

export const generateKey = async (algorithm: Algorithm): Promise<SigningKey> =>
  signingKey((await RULES[algorithm].generate()).privateKey);

/** The signature over a JWS signing input (RFC 7515 §5.1), in base64url. */
export function signWith({ algorithm, privateKey }: SigningKey, input: string): string {
  if (!privateKey) throw new Error('This key only verifies.');
  return RULES[algorithm].sign(Buffer.from(input), privateKey).toString('base64url');
}

/** Only the one way to write a signature in base64url counts. */
export function isSignedWith({ algorithm, publicKey }: SigningKey, input: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.toString('base64url') === signature && RULES[algorithm].verify(Buffer.from(input), publicKey, bytes);
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  OKP: ['crv', 'kty', 'x'],
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
};

function thumbprint(jwk: PublicJwk): string {
  const required = (MEMBERS[jwk.kty ?? ''] ?? []).map((name) => [name, jwk[name]]);
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(required)))
    .digest('base64url');
}
