import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type AccessClaims, AccessTokens } from '../../src/auth/access-token.ts';
import { TestClock } from './accounts-database.ts';

const SECRET = 'a-secret-of-the-tests-that-is-long-enough';
const KEY = new TextEncoder().encode(SECRET);
const USER = '0b2c3f0e-5a52-4c0e-9d53-2f6f6c1f0a11';
const CLAIMS: AccessClaims = { id: USER, role: null, app_access: false, admin_access: false };

const clock = new TestClock();
const seconds = () => clock.now() / 1000;
const tokens = new AccessTokens(SECRET, clock);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const OURS = () => ({ ...CLAIMS, iat: seconds() - 10, exp: seconds() + 600, iss: 'directus' });

function signed(payload: unknown, { header = { alg: 'HS256', typ: 'JWT' } as unknown, secret = SECRET } = {}): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('signing', () => {
  it('writes the claims in the order of the wire and nothing that is not there', () => {
    const [header = '', payload = ''] = tokens.sign(CLAIMS, 900_000).split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe('{"alg":"HS256","typ":"JWT"}');
    expect(Buffer.from(payload, 'base64url').toString()).toBe(
      `{"id":"${USER}","role":null,"app_access":false,"admin_access":false,"iat":${seconds()},"exp":${seconds() + 900},"iss":"directus"}`,
    );
    const full = tokens.sign({ ...CLAIMS, enforce_tfa: true, session: 's' }, 1000).split('.')[1] ?? '';
    expect(Object.keys(JSON.parse(Buffer.from(full, 'base64url').toString()))).toEqual([
      'id',
      'role',
      'app_access',
      'admin_access',
      'enforce_tfa',
      'session',
      'iat',
      'exp',
      'iss',
    ]);
  });

  it('is read by jose, and reads what jose signs', async () => {
    const roles = fc.option(fc.uuid());
    const claims = fc.record({ id: fc.uuid(), role: roles, app_access: fc.boolean(), admin_access: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(claims, fc.integer({ min: 1000, max: 1e9 }), async (given, ttl) => {
        const currentDate = new Date(clock.now());
        const ours = tokens.sign(given, ttl);
        const read = await jwtVerify(ours, KEY, { algorithms: ['HS256'], issuer: 'directus', currentDate });
        expect(read.payload).toMatchObject({ ...given, exp: Math.floor((clock.now() + ttl) / 1000) });
        const theirs = await new SignJWT(read.payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(KEY);
        expect(tokens.verify(theirs)).toEqual({
          user: given.id,
          session: null,
          issued: Math.floor(clock.now() / 1000),
          expires: Number(read.payload.exp) * 1000,
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('verifying', () => {
  it.each([
    ['a secret that is not ours', () => signed(OURS(), { secret: 'another-secret-another-secret-1234' }), 'invalid'],
    ['alg none', () => signed(OURS(), { header: { alg: 'none', typ: 'JWT' } }), 'invalid'],
    ['alg none and no signature', () => new UnsecuredJWT(OURS()).encode(), 'invalid'],
    ['alg RS256', () => signed(OURS(), { header: { alg: 'RS256', typ: 'JWT' } }), 'invalid'],
    ['alg in another case', () => signed(OURS(), { header: { alg: 'hs256', typ: 'JWT' } }), 'invalid'],
    ['an extension it does not know', () => signed(OURS(), { header: { alg: 'HS256', crit: ['exp'] } }), 'invalid'],
    ['nbf in the future', () => signed({ ...OURS(), nbf: seconds() + 60 }), 'invalid'],
    ['no user', () => signed({ ...OURS(), id: undefined }), 'invalid'],
    ['a user that is no id', () => signed({ ...OURS(), id: "' OR 1=1 --" }), 'invalid'],
    ['another purpose', () => signed({ ...OURS(), scope: 'invite' }), 'invalid'],
    ['no end', () => signed({ ...OURS(), exp: undefined }), 'invalid'],
    ['an end that is a text', () => signed({ ...OURS(), exp: String(seconds() + 600) }), 'invalid'],
    ['a session that is no text', () => signed({ ...OURS(), session: 1 }), 'invalid'],
    ['a letter behind the signature', () => `${signed(OURS())}x`, 'invalid'],
    ['an altered end', () => withPayload(signed(OURS()), { ...OURS(), exp: seconds() + 6000 }), 'invalid'],
    ['expired and badly signed', () => signed({ ...OURS(), exp: 1 }, { secret: 'x' }), 'invalid'],
    ['expired', () => signed({ ...OURS(), exp: seconds() - 60 }), 'expired'],
    ['expired this second', () => signed({ ...OURS(), exp: seconds() }), 'expired'],
    ['another issuer', () => signed({ ...OURS(), iss: 'somebody-else' }), 'foreign'],
    ['no issuer', () => signed({ ...OURS(), iss: undefined }), 'foreign'],
    ['two parts', () => 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpZCI6IjEifQ', 'foreign'],
    ['four parts', () => `${signed(OURS())}.abcd`, 'foreign'],
    ['no JSON inside', () => 'bm90.anNvbg.c2lnbmF0dXJl', 'foreign'],
    ['a list inside', () => signed([1]), 'foreign'],
    ['null inside', () => signed(null), 'foreign'],
    ['nothing inside', () => '..', 'foreign'],
    ['nothing', () => '', 'foreign'],
    ['a word', () => 'not-a-jwt', 'foreign'],
    ['SQL', () => "' OR 1=1 --", 'foreign'],
  ])('%s', (_, make, outcome) => {
    const token = make();
    expect(tokens.verify(token)).toBe(outcome);
    expect(tokens.verify(token)).toBe(outcome); // and the same from memory
  });

  it('takes a good one, and forgets it when its time is over', () => {
    const token = signed({ ...OURS(), exp: seconds() + 2 });
    expect(tokens.verify(token)).toMatchObject({ user: USER, session: null });
    clock.pass(1999);
    expect(tokens.verify(token)).toMatchObject({ user: USER });
    clock.pass(1);
    expect(tokens.verify(token)).toBe('expired');
    clock.pass(1000 - (clock.now() % 1000));
  });

  it('refuses every token in which one character is another one', () => {
    const good = tokens.sign(CLAIMS, 900_000);
    const position = fc.nat(good.length - 1);
    const character = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n');
    fc.assert(
      fc.property(position, character, (at, other) => {
        fc.pre(good[at] !== other);
        expect(typeof tokens.verify(good.slice(0, at) + other + good.slice(at + 1))).toBe('string');
      }),
      { numRuns: 3000 },
    );
  });

  it('takes only the canonical writing of base64url', () => {
    const good = tokens.sign(CLAIMS, 900_000);
    const [head = '', body = '', signature = ''] = good.split('.');
    for (const variant of [
      `${head}=.${body}.${signature}`,
      `${head}.${body}=.${signature}`,
      `${good}=`,
      ` ${good}`,
      `${good}\n`,
      `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    ]) {
      expect(typeof tokens.verify(variant)).toBe('string');
    }
  });

  it('agrees with jose on whatever is signed with our key', async () => {
    const value = fc.oneof(fc.integer(), fc.string(), fc.constant(null), fc.boolean());
    const payload = fc.record(
      { id: fc.uuid(), exp: fc.integer({ min: -5, max: 5 }), nbf: fc.integer({ min: -5, max: 5 }), extra: value },
      { requiredKeys: ['id', 'exp'] },
    );
    await fc.assert(
      fc.asyncProperty(payload, async ({ exp, nbf, ...rest }) => {
        const times = { exp: seconds() + exp, ...(nbf === undefined ? {} : { nbf: seconds() + nbf }) };
        const token = signed({ ...rest, ...times, iss: 'directus' });
        const currentDate = new Date(clock.now());
        const options = { algorithms: ['HS256'], issuer: 'directus', currentDate };
        const accepted = await jwtVerify(token, KEY, options).then(
          () => true,
          () => false,
        );
        expect(typeof tokens.verify(token) === 'object').toBe(accepted);
      }),
      { numRuns: 300 },
    );
  });
});

function withPayload(token: string, payload: unknown): string {
  const [head, , signature] = token.split('.');
  return `${head}.${encode(payload)}.${signature}`;
}
