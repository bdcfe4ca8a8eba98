import { describe, expect, it } from 'vitest';
import { apiCookie } from '../src/adapters/api-cookie.ts';
import { createSessions, type SessionsOptions } from '../src/index.ts';

const url = 'https://api.example.com';

describe('options that do not go together are refused with what to change', () => {
  it.each<[SessionsOptions, RegExp]>([
    [{ url: 'api.example.com' }, /url is the address of the API/],
    [{ url: 'ftp://api.example.com' }, /url is the address of the API/],
    [{ url, storage: 'api' as never }, /storage is apiCookie\(\)/],
    [{ url, cookie: { name: '__Host-x', domain: 'example.com' } }, /needs no cookie\.domain, /],
    [{ url, cookie: { name: '__Host-x', path: '/app' } }, /path/],
    [{ url, cookie: { name: '__Secure-x', secure: false } }, /cookie\.secure/],
    [{ url, cookie: { name: 'a b' } }, /cookie\.name/],
    [{ url, cookie: { sameSite: 'none', secure: false } }, /sameSite/],
    [{ url, cookie: { secret: 'short' } }, /32 characters/],
    [{ url, cookie: { secret: [] } }, /32 characters/],
    [{ url, cookie: { chunkBytes: 10 } }, /chunkBytes/],
    [{ url, cookie: { maxAge: 0 } }, /maxAge/],
    [{ url, storage: apiCookie(), cookie: { name: 'x' } }, /leave one of them out/],
    [{ url, storage: apiCookie({ domain: 'example.org' }) }, /is not within the domain/],
    [{ url, origins: ['https://app.example.com/path'] }, /origins/],
    [{ url, loginPath: '//evil.example' }, /loginPath/],
    [{ url, homePath: 'https://evil.example' }, /homePath/],
    [{ url, refreshSeconds: -1 }, /refreshSeconds/],
  ])('%j', (options, sentence) => {
    expect(() => createSessions(options)).toThrow(sentence);
  });

  it.each([
    ['https://app.other.example', { domain: 'example.com' }, /leave storage out/],
    ['https://app.example.com', {}, /SESSION_COOKIE_DOMAIN/],
    ['https://badexample.com', { domain: 'example.com' }, /leave storage out/],
  ] as const)('the cookie of the API for an app at %s', (app, options, sentence) => {
    const sessions = createSessions({ url, storage: apiCookie(options) });
    expect(() => sessions.for(new Request(`${app}/`))).toThrow(sentence);
  });

  it('the cookie of the API within its domain', () => {
    const sessions = createSessions({
      url: 'http://10.0.0.1:8055',
      publicUrl: url,
      storage: apiCookie({ domain: '.example.com' }),
    });
    expect(sessions.for(new Request('https://app.example.com/'))).toBeDefined();
  });

  it('there is no client to set a token on but that of a request', () => {
    const sessions = createSessions({ url });
    expect(Object.keys(sessions)).toEqual(['for']);
    const one = sessions.for(new Request('https://app.example.com/')).client;
    const other = sessions.for(new Request('https://app.example.com/')).client;
    expect(one).not.toBe(other);
    expect(one).not.toHaveProperty('setToken');
  });
});
