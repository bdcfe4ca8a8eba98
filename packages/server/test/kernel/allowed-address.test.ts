import { describe, expect, it } from 'vitest';
import { allowedAddress, withParameter } from '../../src/kernel/allowed-address.ts';

const LIST = [
  'https://library.example/reset',
  'https://app.library.example',
  'http://localhost:5173/r',
  'club://reset',
];

const ALLOWED = [
  'https://library.example/reset',
  'https://library.example/reset?lang=de',
  'https://library.example/reset?next=https://evil.example/',
  'https://library.example/reset#part',
  'https://library.example:443/reset',
  'HTTPS://LIBRARY.example/reset',
  'https://app.library.example',
  'https://app.library.example/',
  'https://app.library.example/?a=1',
  'http://localhost:5173/r',
  'club://reset',
  'club://reset?from=mail',
];

const HOSTS = [
  'https://evil.example/reset',
  'https://library.example.evil.example/reset',
  'https://evil-library.example/reset',
  'https://evillibrary.example/reset',
  'https://sub.library.example/reset',
  'https://library.example./reset',
  'https://library.exampleX/reset',
  'https://library.exampl/reset',
  'https://library/reset',
  'https://example/reset',
  'https://library.example%2eevil.example/reset',
  'https://library.example%00.evil.example/reset',
  'https://library.example%2f@evil.example/reset',
  'https://library.example%5c@evil.example/reset',
  'https://library.example%40evil.example/reset',
  'https://xn--library-.example/reset',
  'https://librаry.example/reset', // a Cyrillic а
  'https://libr\u0430ry.example/reset',
  'https://lıbrary.example/reset',
  'https://127.0.0.1/reset',
  'https://[::1]/reset',
  'https://0x7f000001/reset',
  'https://evil.example#library.example/reset',
  'https://evil.example?library.example/reset',
  'https://evil.example/library.example/reset',
  'https://evil.example/https://library.example/reset',
  'https://evil.example/?https://library.example/reset',
  'http://localhost/r',
  'http://localhost:5174/r',
  'http://localhost:517/r',
  'http://localhost:51730/r',
  'http://localhost:5173.evil.example/r',
  'http://localhost.:5173/r',
  'http://127.0.0.1:5173/r',
];

const USERS = [
  'https://library.example@evil.example/reset',
  'https://library.example:x@evil.example/reset',
  'https://user@library.example/reset',
  'https://user:password@library.example/reset',
  'https://@library.example/reset',
  'https://:@library.example/reset',
  'https://evil.example@library.example/reset',
  'https://library.example/reset@evil.example',
  'https://evil.example\\@library.example/reset',
  'https://library.example\\@evil.example/reset',
  'https://evil.example\\.library.example/reset',
  'https://a@b@library.example/reset',
  'https://library.example%252f@evil.example/reset',
];

const PATHS = [
  'https://library.example',
  'https://library.example/',
  'https://library.example/reset/',
  'https://library.example/reset/more',
  'https://library.example/reset.evil.example',
  'https://library.example/resets',
  'https://library.example/rese',
  'https://library.example/RESET',
  'https://library.example//reset',
  'https://library.example/./reset',
  'https://library.example/x/../reset',
  'https://library.example/reset/..',
  'https://library.example/reset/../reset',
  'https://library.example/%2e/reset',
  'https://library.example/x/%2e%2e/reset',
  'https://library.example/x/.%2E/reset',
  'https://library.example/%72eset',
  'https://library.example/reset%00',
  'https://library.example/reset%2f',
  'https://library.example/reset%20',
  'https://library.example/reset;x=1',
  'https://library.example/other?/reset',
  'https://library.example/other#/reset',
  'https://app.library.example/reset',
  'https://app.library.example/index.html',
];

const SCHEMES = [
  'http://library.example/reset',
  'ftp://library.example/reset',
  'ws://library.example/reset',
  'wss://library.example/reset',
  'https:/library.example/reset',
  'https:library.example/reset',
  'https:///library.example/reset',
  'https:////library.example/reset',
  'https:\\\\library.example\\reset',
  'https:/\\library.example/reset',
  'https://\\library.example/reset',
  '//library.example/reset',
  '///library.example/reset',
  '\\\\library.example\\reset',
  '/\\library.example/reset',
  '/reset',
  'reset',
  '',
  'library.example/reset',
  'javascript:alert(1)',
  'javascript://library.example/reset%0aalert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data://library.example/reset',
  'vbscript:x',
  'blob:https://library.example/reset',
  'file:///library.example/reset',
  'view-source:https://library.example/reset',
  'about:blank',
  'https://library.example:80/reset',
  'https://library.example:444/reset',
  'https://library.example:0443x/reset',
  'https://library.example:-1/reset',
  'clubs://reset',
  'club://reset/more',
  'club:reset',
  'club://Reset',
  'club://evil/reset',
];

const WHITESPACE = [
  ' https://library.example/reset',
  'https://library.example/reset ',
  '\thttps://library.example/reset',
  'https://library.example/reset\n',
  'https://library.example/reset\r\nSet-Cookie: a=b',
  'ht\ttps://library.example/reset',
  'https://library\t.example/reset',
  'https://evil.example\n@library.example/reset',
  'https://library.example/re\nset',
  'https://library.example/\u0000reset',
  '\u0001https://library.example/reset',
  'https://library.example/reset\u007f',
  '\u00a0https://library.example/reset',
  '\ufeffhttps://library.example/reset',
  'https://library.example/reset\u2028',
  'https://library.example/reset?a=b c',
  'java\nscript:alert(1)',
  'https://libr\u00adary.example/reset',
  'https://libr\u200bary.example/reset',
  `https://library.example/reset?${'a'.repeat(3000)}`,
];

describe('addresses that people may be sent to', () => {
  it.each(ALLOWED)('%s', (given) => {
    expect(allowedAddress(given, LIST)).not.toBeNull();
  });

  const tricks = [...HOSTS, ...USERS, ...PATHS, ...SCHEMES, ...WHITESPACE];
  it('and tricks, more than a hundred, which are none', () => {
    expect(tricks.length).toBeGreaterThan(120);
    expect(tricks.filter((given) => allowedAddress(given, LIST) !== null)).toEqual([]);
  });

  it('none where the list is empty', () => {
    expect(ALLOWED.filter((given) => allowedAddress(given, []) !== null)).toEqual([]);
  });

  it('with a parameter in the place of any of the same name', () => {
    expect(withParameter('https://a.example/r', 'token', 'x.y-z')).toBe('https://a.example/r?token=x.y-z');
    expect(withParameter('https://a.example/r?b=1&token=old&token=older#f', 'token', 'new')).toBe(
      'https://a.example/r?b=1&token=new#f',
    );
    expect(withParameter('https://a.example/r', 'token', 'a&b=<c>')).toBe('https://a.example/r?token=a%26b%3D%3Cc%3E');
    expect(withParameter('club://reset', 'token', 'x')).toBe('club://reset?token=x');
  });
});
