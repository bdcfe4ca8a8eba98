import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What can be made to go wrong in an answer. */
export interface Flaws {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  readonly userVerified?: boolean;
  readonly userPresent?: boolean;
  /** Null leaves it out. */
  readonly userHandle?: string | null;
  readonly counter?: number;
  readonly badSignature?: boolean;
}

interface Options {
  readonly challenge: string;
}

interface CreationOptions extends Options {
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

interface RequestOptions extends Options {
  readonly rpId: string;
}

/**
 * An authenticator with one passkey, and the browser around it (WebAuthn Level 3): enough to answer a server, and to lie
 * to it.
 */
export class Authenticator {
  readonly id: string;
  counter = 0;
  /** Synchronised passkeys don't count. */
  readonly counts: boolean;
  #userHandle = '';
  readonly #origin: string;
  readonly #privateKey: KeyObject;
  readonly #cose: Buffer;

  constructor(origin: string, { counts = true, id = randomBytes(32) }: { counts?: boolean; id?: Buffer } = {}) {
    this.#origin = origin;
    this.counts = counts;
    this.id = id.toString('base64url');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const coordinate = (text: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(text, 'base64url')]);
    // A COSE key (RFC 9053 §7.1.1): {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
    this.#cose = Buffer.concat([head, coordinate(x), Buffer.from([0x22]), coordinate(y)]);
  }

  /** RegistrationResponseJSON. */
  create(options: CreationOptions, flaws: Flaws = {}) {
    this.#userHandle = options.user.id;
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.#cose]);
    const authData = Buffer.concat([this.#authData(options.rp.id, 0x40, flaws), attested]);
    const authDataHead = Buffer.from([0x59, authData.length >> 8, authData.length & 0xff]);
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
    const attestation = Buffer.concat([
      Buffer.from([0xa3, 0x63]),
      Buffer.from('fmt'),
      Buffer.from([0x64]),
      Buffer.from('none'),
      Buffer.from([0x67]),
      Buffer.from('attStmt'),
      Buffer.from([0xa0, 0x68]),
      Buffer.from('authData'),
      authDataHead,
      authData,
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#client('webauthn.create', options.challenge, flaws).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal', 'hybrid'],
      },
    };
  }

  /** AuthenticationResponseJSON. */
  get(options: RequestOptions, flaws: Flaws = {}) {
    if (this.counts) this.counter += 1;
    const client = this.#client('webauthn.get', options.challenge, flaws);
    const authData = this.#authData(options.rpId, 0, flaws);
    const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
    const signature = sign('sha256', flaws.badSignature ? randomBytes(64) : signed, this.#privateKey);
    const handle = flaws.userHandle === undefined ? this.#userHandle : flaws.userHandle;
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        ...(handle === null ? {} : { userHandle: handle }),
      },
    };
  }

  #client(type: string, challenge: string, flaws: Flaws): Buffer {
    const client = { type, challenge, origin: this.#origin, crossOrigin: false };
    const { type: otherType, challenge: otherChallenge, origin, crossOrigin } = flaws;
    const lies = { type: otherType, challenge: otherChallenge, origin, crossOrigin };
    const told = Object.fromEntries(Object.entries(lies).filter(([, value]) => value !== undefined));
    return Buffer.from(JSON.stringify({ ...client, ...told }));
  }

  #authData(rpId: string, more: number, { rpId: otherRpId, userVerified, userPresent, counter }: Flaws): Buffer {
    const flags = more | (userPresent === false ? 0 : 0x01) | (userVerified === false ? 0 : 0x04);
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(counter ?? this.counter, 1);
    const hash = createHash('sha256')
      .update(otherRpId ?? rpId)
      .digest();
    return Buffer.concat([hash, tail]);
  }
}
