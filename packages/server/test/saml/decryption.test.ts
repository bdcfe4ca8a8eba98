import {
  type CipherGCM,
  constants,
  createCipheriv,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readResponse } from '../../src/auth/providers/saml/response.ts';
import { IdentityProvider, newId, posted } from './identity-provider.ts';

const NOW = Date.UTC(2030, 0, 15, 12);
const idp = new IdentityProvider(
  'club',
  { audience: 'https://api.example', consumerUrl: 'https://api.example/acs' },
  () => NOW,
);
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const REQUEST = newId();
const ENC = 'http://www.w3.org/2001/04/xmlenc#';
const ENC11 = 'http://www.w3.org/2009/xmlenc11#';

interface Encryption {
  readonly cipher?: 'aes-128-gcm' | 'aes-256-gcm' | 'aes-256-cbc';
  readonly wrap?: 'oaep-sha1' | 'oaep-sha256' | 'pkcs1';
  readonly beside?: boolean;
}

function wrapped(key: Buffer, wrap: NonNullable<Encryption['wrap']>): string {
  const padding = wrap === 'pkcs1' ? constants.RSA_PKCS1_PADDING : constants.RSA_PKCS1_OAEP_PADDING;
  const value = publicEncrypt({ key: publicKey, padding, oaepHash: wrap === 'oaep-sha256' ? 'sha256' : 'sha1' }, key);
  const methods = {
    pkcs1: `<e:EncryptionMethod Algorithm="${ENC}rsa-1_5"/>`,
    'oaep-sha1': `<e:EncryptionMethod Algorithm="${ENC}rsa-oaep-mgf1p"/>`,
    'oaep-sha256': `<e:EncryptionMethod Algorithm="${ENC11}rsa-oaep"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${ENC}sha256"/><e11:MGF xmlns:e11="${ENC11}" Algorithm="${ENC11}mgf1sha256"/></e:EncryptionMethod>`,
  };
  return `<e:EncryptedKey xmlns:e="${ENC}">${methods[wrap]}<e:CipherData><e:CipherValue>${value.toString('base64')}</e:CipherValue></e:CipherData></e:EncryptedKey>`;
}

function encrypted(
  xml: string,
  { cipher = 'aes-256-gcm', wrap = 'oaep-sha1', beside = false }: Encryption = {},
): string {
  const key = randomBytes(cipher === 'aes-128-gcm' ? 16 : 32);
  const isGcm = cipher !== 'aes-256-cbc';
  const iv = randomBytes(isGcm ? 12 : 16);
  const padding = isGcm ? 0 : 16 - (Buffer.byteLength(xml) % 16);
  const text = Buffer.concat([Buffer.from(xml), Buffer.alloc(padding, padding)]);
  const coder = isGcm ? createCipheriv(cipher, key, iv) : createCipheriv(cipher, key, iv).setAutoPadding(false);
  const body = Buffer.concat([iv, coder.update(text), coder.final()]);
  const value = isGcm ? Buffer.concat([body, (coder as CipherGCM).getAuthTag()]) : body;
  const algorithm = `${isGcm ? ENC11 : ENC}${cipher.replace('-', '')}`;
  const keyed = wrapped(key, wrap);
  const info = beside ? '' : `<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${keyed}</ds:KeyInfo>`;
  const content = `<e:EncryptedData xmlns:e="${ENC}" Type="${ENC}Element"><e:EncryptionMethod Algorithm="${algorithm}"/>${info}<e:CipherData><e:CipherValue>${value.toString('base64')}</e:CipherValue></e:CipherData></e:EncryptedData>`;
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${content}${beside ? keyed : ''}</saml:EncryptedAssertion>`;
}

const assertion = () => idp.assertion({ inResponseTo: REQUEST });
const signedAssertion = () => idp.sign(assertion(), 'Assertion');
const message = (content: string) => idp.message(content, { inResponseTo: REQUEST });

function uidIn(xml: string, decryptionKey: KeyObject | null = privateKey) {
  const expected = {
    issuer: idp.entityId,
    audience: idp.audience,
    consumerUrl: idp.consumerUrl,
    now: NOW,
    isOwnRequest: (id: string) => id === REQUEST,
    unsolicited: false,
  };
  return readResponse(posted(xml), { keys: [idp.publicKey], decryptionKey }, expected).attributes.get('uid');
}

describe('an encrypted assertion', () => {
  it.each<[string, Encryption]>([
    ['AES-256-GCM under RSA-OAEP', {}],
    ['AES-128-GCM', { cipher: 'aes-128-gcm' }],
    ['RSA-OAEP with SHA-256', { wrap: 'oaep-sha256' }],
    ['its key beside it', { beside: true }],
  ])('counts with %s, signed within or with its message', (_, how) => {
    expect(uidIn(message(encrypted(signedAssertion(), how)))).toEqual(['ada']);
    expect(uidIn(idp.sign(message(encrypted(assertion(), how)), 'Response'))).toEqual(['ada']);
  });

  it('counts with CBC only within a signed message', () => {
    const how = { cipher: 'aes-256-cbc' } as const;
    expect(uidIn(idp.sign(message(encrypted(signedAssertion(), how)), 'Response'))).toEqual(['ada']);
    expect(() => uidIn(message(encrypted(signedAssertion(), how)))).toThrow();
  });

  it('is refused without a signature: anybody can encrypt', () => {
    expect(() => uidIn(message(encrypted(assertion())))).toThrow();
  });

  it('is refused with PKCS #1 v1.5, without a key and with another one', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(() => uidIn(message(encrypted(signedAssertion(), { wrap: 'pkcs1' })))).toThrow();
    expect(() => uidIn(message(encrypted(signedAssertion())), null)).toThrow();
    expect(() => uidIn(message(encrypted(signedAssertion())), other)).toThrow();
  });

  it('is refused with a document type or a second assertion within', () => {
    expect(() => uidIn(message(encrypted(`<!DOCTYPE r>${signedAssertion()}`)))).toThrow();
    const evil = signedAssertion().replace('<saml:Subject>', `<saml:Advice>${assertion()}</saml:Advice><saml:Subject>`);
    expect(() => uidIn(idp.sign(message(encrypted(evil)), 'Response'))).toThrow();
    expect(() => uidIn(message(encrypted(signedAssertion()) + assertion()))).toThrow();
  });

  it('says the same of every way to fail', () => {
    const whole = encrypted(signedAssertion());
    const reasons = [3, 40, 200].map((at) => {
      const value = /<e:CipherValue>([^<]*)<\/e:CipherValue><\/e:CipherData><\/e:EncryptedData>/.exec(whole)?.[1] ?? '';
      const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1);
      try {
        uidIn(message(whole.replace(value, changed)));
        return 'taken';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(new Set(reasons)).toEqual(new Set(['The assertion could not be decrypted.']));
  });
});
