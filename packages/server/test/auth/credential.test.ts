import { describe, expect, it } from 'vitest';
import { invalidCredentials, invalidToken, tokenExpired } from '../../src/errors/index.ts';
import { type CookieSettings, readCookie, setCookie, takeCookieAway } from '../../src/http/cookies.ts';
import { type CredentialPlaces, cookieToTakeAway, findCredential } from '../../src/http/credential.ts';

const COOKIE = 'directus_session_token';
const none = { kind: 'none' };
const token = (value: string, from: string) => ({ kind: 'token', token: value, from });
const PLAIN: CookieSettings = { name: COOKIE, domain: null, secure: false, sameSite: 'lax' };

describe('where a token is looked for', () => {
  it.each([
    ['nowhere', {}, none],
    ['the header', { authorization: 'Bearer b' }, token('b', 'header')],
    ['the header, scheme in any case', { authorization: 'bEARER b' }, token('b', 'header')],
    ['the query', { accessToken: 'b' }, token('b', 'query')],
    ['the session cookie', { cookie: `a=1; ${COOKIE}=c; z=2` }, token('c', 'cookie')],
    ['the header before the cookie', { authorization: 'Bearer b', cookie: `${COOKIE}=c` }, token('b', 'header')],
    ['the query before the cookie', { accessToken: 'b', cookie: `${COOKIE}=c` }, token('b', 'query')],
    ['two spaces', { authorization: 'Bearer  b' }, none],
    ['two tokens', { authorization: 'Bearer b c' }, none],
    ['no scheme', { authorization: 'b' }, none],
    ['a scheme only', { authorization: 'Bearer' }, none],
    ['a scheme and a space', { authorization: 'Bearer ' }, none],
    ['another scheme', { authorization: 'Basic YmV0aA==' }, none],
    ['another scheme beside a cookie', { authorization: 'Basic x', cookie: `${COOKIE}=c` }, token('c', 'cookie')],
    ['an empty query', { accessToken: '' }, none],
    ['an empty query beside a header', { accessToken: '', authorization: 'Bearer b' }, token('b', 'header')],
    ['an empty query beside a cookie', { accessToken: '', cookie: `${COOKIE}=c` }, token('c', 'cookie')],
    ['an empty cookie', { cookie: `${COOKIE}=` }, none],
    ['a cookie of another name', { cookie: `x${COOKIE}=c; directus_refresh_token=r` }, none],
  ])('%s', (_, places: Partial<CredentialPlaces>, expected) => {
    const all: CredentialPlaces = { authorization: undefined, accessToken: undefined, cookie: undefined, ...places };
    expect(findCredential(all, COOKIE)).toEqual(expected);
  });

  it.each([
    ['both header and query', { authorization: 'Bearer b', accessToken: 'b' }],
    ['the query twice', { accessToken: ['b', 'c'] }],
    ['the query as an object', { accessToken: { a: 'b' } }],
  ])('refuses %s', (_, places: Partial<CredentialPlaces>) => {
    const all: CredentialPlaces = {
      authorization: undefined,
      accessToken: undefined,
      cookie: `${COOKIE}=c`,
      ...places,
    };
    expect(() => findCredential(all, COOKIE)).toThrow(expect.objectContaining({ code: 'INVALID_PAYLOAD' }));
  });
});

describe('cookies', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);

  it('are set with Max-Age and Expires, and taken away without Max-Age', () => {
    expect(setCookie(PLAIN, 'abc', 86_400_000, now)).toBe(
      `${COOKIE}=abc; Max-Age=86400; Path=/; Expires=Sat, 03 Jan 2026 03:04:05 GMT; HttpOnly; SameSite=Lax`,
    );
    expect(takeCookieAway(PLAIN)).toBe(
      `${COOKIE}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax`,
    );
  });

  it('have the configured attributes both times', () => {
    const cookie: CookieSettings = { name: 'm', domain: 'museum.example', secure: true, sameSite: 'none' };
    expect(setCookie(cookie, 'abc', 7_200_000, now)).toBe(
      'm=abc; Max-Age=7200; Domain=museum.example; Path=/; Expires=Fri, 02 Jan 2026 05:04:05 GMT; HttpOnly; Secure; SameSite=None',
    );
    expect(takeCookieAway(cookie)).toBe(
      'm=; Domain=museum.example; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=None',
    );
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['n', undefined],
    ['n=', ''],
    ['n=a', 'a'],
    ['m=b;n=a', 'a'],
    ['n=a; n=b', 'a'],
    ['n="a"', 'a'],
    ['n=a%2Eb', 'a.b'],
    ['n=a%', 'a%'],
    ['n=a=b', 'a=b'],
    [' n = a ', 'a'],
    ['N=a', undefined],
  ])('%j has n = %j', (header, value) => {
    expect(readCookie(header, 'n')).toBe(value);
  });
});

describe('a refused session cookie', () => {
  it('is taken away, but not when it has only expired or the credential was another one', () => {
    expect(cookieToTakeAway(invalidCredentials(), 'cookie', PLAIN)).toBe(takeCookieAway(PLAIN));
    expect(cookieToTakeAway(invalidToken(), 'cookie', PLAIN)).toBe(takeCookieAway(PLAIN));
    expect(cookieToTakeAway(tokenExpired(), 'cookie', PLAIN)).toBeNull();
    expect(cookieToTakeAway(invalidCredentials(), 'header', PLAIN)).toBeNull();
    expect(cookieToTakeAway(new Error('x'), 'cookie', PLAIN)).toBeNull();
  });
});
