import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBelow } from '../src/adapters/protected-paths.ts';
import { createSessions, safeRedirect } from '../src/index.ts';

const APP = 'https://app.example.com';
const API = 'https://api.example.com';

/** What has fooled redirect checks elsewhere. */
const HOSTILE = [
  ...[
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    'https:evil.example',
    'https:/evil.example',
  ],
  ...[
    '/\\evil.example',
    '\\\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
  ],
  ...[
    ' //evil.example',
    '\u0000//evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ],
  ...[
    '/.//evil.example',
    '/..//evil.example',
    '/./\\evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2e//evil.example',
  ],
  ...[
    '/%2f/evil.example',
    '/%2F%2Fevil.example',
    '/%5cevil.example',
    'https://app.example.com@evil.example/',
    'https://app.example.com.evil.example/',
  ],
  ...[
    'https://user:password@app.example.com/',
    'http://app.example.com/',
    'https://app.example.com:8443/',
    'https://app.example.com//evil.example',
  ],
  ...[
    'https://app.example.com\\@evil.example',
    'https://app.example.com#@evil.example',
    '//app.example.com/',
    'evil.example',
    './/evil.example',
  ],
  ...[
    '?a=1',
    '#a',
    '',
    'null',
    'undefined',
    '/\u000b/evil.example',
    'https://ev\u0131l.example',
    '/%09/../..//evil.example',
    `/${'a'.repeat(3000)}`,
  ],
];

describe('where a person may be sent', () => {
  it.each(HOSTILE)('not to %j', (target) => {
    expect(safeRedirect(target, APP, '/home')).toBe('/home');
  });

  it.each([undefined, null, 5, {}, ['/a'], { toString: () => '/a' }])('not to %j', (target) => {
    expect(safeRedirect(target, APP, '/home')).toBe('/home');
  });

  it.each([
    ['/profile', '/profile'],
    ['/posts?page=2#c', '/posts?page=2#c'],
    [`${APP}/posts/5`, '/posts/5'],
    ['/a/../b', '/b'],
    ['/search?q=https://evil.example//', '/search?q=https://evil.example//'],
    ['/?redirectedFrom=//evil.example', '/?redirectedFrom=//evil.example'],
  ])('to %s', (target, path) => {
    expect(safeRedirect(target, APP)).toBe(path);
  });

  it('whatever comes, what goes is a path of this app', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '%2f',
      '%5c',
      '%2e',
      '\t',
      '@',
      ':',
      'https:',
      'evil.example',
      'a',
      '?',
      '#',
      APP,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = safeRedirect(pieces.join(''), APP);
        for (const base of [APP, 'http://app.example.com/login/']) {
          if (new URL(path, base).origin !== new URL(base).origin || !/^\/([^/\\]|$)/.test(path)) return false;
        }
        return safeRedirect(path, APP) === path;
      }),
      { numRuns: 5000 },
    );
  });
});

describe('protected paths', () => {
  it.each([
    '/profile',
    '/profile/',
    '/profile/a',
    '/Profile',
    '//profile',
    '/%70rofile',
    '/profile%2fa',
    '/%E0%A4%A',
    '/profile\\a',
  ])('%s is below /profile', (path) => expect(isBelow(path, ['/profile'])).toBe(true));
  it.each(['/', '/profiles', '/a/profile'])('%s is not', (path) => expect(isBelow(path, ['/profile'])).toBe(false));
});

describe('a user or null', () => {
  /** Whatever the API says in place of a user. */
  const answers: readonly [string, number, unknown][] = [
    ['nothing', 200, { data: null }],
    ['a text', 200, { data: 'Error: no' }],
    ['an error with status 200', 200, { errors: [{ message: 'no', extensions: { code: 'FORBIDDEN' } }] }],
    ['an error object', 200, { data: { message: 'no', extensions: { code: 'FORBIDDEN' } } }],
    ['a list', 200, { data: [{ id: 'x' }] }],
    ['an empty id', 200, { data: { id: '' } }],
    ['a number for an id', 200, { data: { id: 5 } }],
    ['true', 200, { data: true }],
    ['401', 401, { errors: [{ extensions: { code: 'INVALID_CREDENTIALS' } }] }],
    ['403', 403, { errors: [{ extensions: { code: 'FORBIDDEN' } }] }],
    ['401 of a proxy', 401, 'no'],
    ['404', 404, { errors: [{ extensions: { code: 'ROUTE_NOT_FOUND' } }] }],
    ['500', 500, { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
    ['502 of a proxy', 502, '<h1>Bad gateway</h1>'],
  ];
  const sessionWith = (cookie: string, answer: () => Response) =>
    createSessions({ url: API, fetch: async () => answer() }).for(
      new Request(`${APP}/profile?a=1`, { headers: { cookie } }),
    );

  it.each(answers)('never an error in its place: %s', async (_name, status, body) => {
    const session = sessionWith('__Host-limen=1-refresh!access', () => Response.json(body, { status }));
    const found = await session
      .guard()
      .catch((error: { status?: number }) => ({ user: null, location: null, status: error.status }));
    expect(found.user).toBeNull();
    if (found.location === null) expect(found).toHaveProperty('status', 503);
    else expect(found.location).toBe('/login?redirectedFrom=%2Fprofile%3Fa%3D1');
  });

  it('a token that expires while a page is made, which can’t refresh, is no sign-out', async () => {
    const answer = async () => Response.json({ errors: [{ extensions: { code: 'TOKEN_EXPIRED' } }] }, { status: 401 });
    const request = new Request(`${APP}/profile`, { headers: { cookie: '__Host-limen=1-refresh!access' } });
    const session = createSessions({ url: API, fetch: answer }).for(request, { canSetCookies: false });
    await expect(session.user()).rejects.toMatchObject({ status: 503 });
    expect(session.changes).toEqual([]);
  });

  it('malformed cookies are nobody, and are never sent on', async () => {
    const asked: string[] = [];
    const text = fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((one) => one.replaceAll(/[^\x21-\x7e]/g, ''));
    const piece = fc.constantFrom(
      '1-',
      '2-',
      '9-',
      '-',
      '!',
      '.',
      '=',
      ';',
      ' ',
      '%00',
      'a',
      '"',
      '\\',
      'eyJ',
      '__Host-limen',
      '.1',
      '__proto__',
    );
    const cookie = fc.oneof(
      text,
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    );
    await fc.assert(
      fc.asyncProperty(cookie, async (value) => {
        const sessions = createSessions({
          url: API,
          fetch: async (_input, init) => {
            asked.push(new Headers(init?.headers).get('authorization') ?? '');
            return Response.json({ errors: [{ extensions: { code: 'INVALID_CREDENTIALS' } }] }, { status: 401 });
          },
        });
        const session = sessions.for(
          new Request(`${APP}/`, { headers: { cookie: `a=b; __Host-limen=${value}; c=d` } }),
        );
        return (await session.user()) === null;
      }),
      { numRuns: 500 },
    );
    for (const sent of asked) expect(sent).toMatch(/^Bearer [\w.~+/=-]+$|^$/);
  });
});
