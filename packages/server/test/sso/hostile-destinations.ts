/**
 * Addresses that lead somewhere else than they look, or look like one that is allowed, put together from the tricks that
 * other servers fell for. None of them may be named by a login.
 */
export function hostileDestinations(): string[] {
  return [
    ...new Set([
      ...lookalikes(),
      ...schemes(),
      ...slashes(),
      ...userinfo(),
      ...spelledWith(INVISIBLE),
      ...otherPlaces(),
      ...dots(),
      ...foreignLetters(),
    ]),
  ];
}

const EVIL = 'evil.example';
const GOOD = [
  'client.example/login',
  'app.example:8443/welcome/back',
  'api.example.com/base/x',
  'second.example.com/x',
];
const HOSTS = ['client.example', 'api.example.com', 'second.example.com'];

const lookalikes = (): string[] =>
  HOSTS.flatMap((host) => [
    `https://${host}.${EVIL}/login`,
    `https://not${host}/login`,
    `https://${host}-${EVIL}/login`,
    `https://${EVIL}/${host}/login`,
    `https://${EVIL}/?x=https://${host}/login`,
    `https://${EVIL}/#https://${host}/login`,
    `https://${EVIL}/login?${host}`,
    `https://${EVIL}%2f@${host}.${EVIL}/login`,
    `https://sub.${host}/login`,
    `https://www.${host}/login`,
    `https://${host}./login`,
    `https://.${host}/login`,
    `https://${host}:8080/login`,
    `https://${host}:80/login`,
    `https://${host}:0443x/login`,
    `http://${host}/login`,
    `http://${host}:443/login`,
    `https://${host.replace('.', '%2e')}:1/login`,
    `https://${host.replace('.', '')}/login`,
    `https://${host.replace('.', '-')}/login`,
  ]);

const RUNNING = [
  'javascript',
  'data',
  'vbscript',
  'file',
  'blob',
  'about',
  'view-source',
  'ftp',
  'ws',
  'wss',
  'mailto',
];

const schemes = (): string[] =>
  RUNNING.flatMap((scheme) => [
    `${scheme}:alert(1)`,
    `${scheme}://client.example/login`,
    `${scheme}:https://client.example/login`,
    `${scheme.toUpperCase()}://client.example/login`,
    ` ${scheme}:alert(1)`,
    `\t${scheme}:alert(1)`,
    `${scheme.slice(0, 2)}\n${scheme.slice(2)}:alert(1)`,
    `${scheme}&colon;alert(1)`,
    `${scheme}:%0aalert(1)//client.example/login`,
    `/\t${scheme}:alert(1)`,
  ]);

const slashes = (): string[] => {
  const starts = [
    '//',
    '///',
    '////',
    '\\\\',
    '/\\',
    '\\/',
    '/\\/',
    '\\/\\/',
    '/%2f',
    '/%2F',
    '/%5c',
    '/%5C',
    '/%2f%2f',
  ];
  const more = ['/\t/', '/\n/', '/\r/', '/ /', '/\v/', '/\f/', '\t//', ' //', '\n//', '/.//', '/..//', '/./\\', '/x//'];
  const hosts = [EVIL, 'client.example', 'client.example@evil.example', 'evil.example:443'];
  const relative = [...starts, ...more].flatMap((start) => hosts.map((host) => `${start}${host}/login`));
  const absolute = ['https:', 'https:/', 'https:///', 'https:\\\\', 'https:/\\', 'https:\\/', 'http:', 'https:////'];
  return [
    ...relative,
    ...absolute.flatMap((start) => GOOD.map((rest) => `${start}${rest}`)),
    'evil.example',
    'login',
    '.',
  ];
};

const userinfo = (): string[] =>
  GOOD.flatMap((good) => {
    const host = good.split('/')[0] ?? '';
    return [
      `https://${EVIL}@${good}`,
      `https://user:pass@${good}`,
      `https://:@${good}`,
      `https://@${good}`,
      `https://${host}@${EVIL}/login`,
      `https://${host}:x@${EVIL}/login`,
      `https://${host}%40${EVIL}/login`,
      `https://${host}\\@${EVIL}/login`,
      `https://${host}#@${EVIL}/login`,
      `https://${host}?@${EVIL}/login`,
      `https://${host}/@${EVIL}/../../x\\`,
      `https://${EVIL}#@${good}`,
      `https://${EVIL}?@${good}`,
      `https://${EVIL}/@${good}`,
      `https://${EVIL}\\@${good}`,
      `https://${EVIL};@${good}`,
      `https://${EVIL}&@${good}`,
      `https://[${host}]@${EVIL}/`,
    ];
  }).filter((address) => !STAYS.test(address));

/** A query or a fragment behind the address of this server itself is free. */
const STAYS = /^https:\/\/second\.example\.com[#?]@/;

const INVISIBLE = [
  '\t',
  '\n',
  '\r',
  '\0',
  ' ',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\\',
];

const spelledWith = (characters: readonly string[]): string[] =>
  characters.flatMap((odd) =>
    ['/admin', ...GOOD.map((good) => `https://${good}`)].flatMap((good) => [
      `${odd}${good}`,
      `${good}${odd}`,
      `${good.slice(0, 3)}${odd}${good.slice(3)}`,
    ]),
  );

const otherPlaces = (): string[] =>
  ['', '/', '/Login', '/login/', '/login/more', '/logi', '/login.html', '/login;x', '/login%20', '/login%00', '/other']
    .flatMap((path) => [`https://client.example${path}`, `https://app.example:8443${path}`])
    .concat([
      'https://api.example.com/',
      'https://api.example.com',
      'https://api.example.com/other',
      'club://home/other',
    ])
    .concat(['https://api.example.com/basement', 'club://home', 'club:home/in', 'clubs://home/in'])
    .concat([
      'https://app.example/welcome/back',
      'https://app.example:443/welcome/back',
      'https://app.example:08444/welcome/back',
    ])
    .concat(`https://client.example/login?${'x'.repeat(3000)}`, `/${'x'.repeat(3000)}`);

const dots = (): string[] =>
  ['.', '..', '%2e', '%2E', '%2e.', '.%2e', '%2e%2e', '%2E%2e'].flatMap((dot) => [
    `/${dot}/admin`,
    `/admin/${dot}`,
    `/admin/${dot}/x`,
    `/admin/${dot}//${EVIL}`,
    `https://client.example/${dot}/login`,
    `https://client.example/x/${dot}/login`,
    `https://client.example/login/${dot}`,
    `https://api.example.com/base/${dot}/other`,
    `https://api.example.com/${dot}/base/x`,
    `https://second.example.com/x/${dot}/y`,
  ]);

const foreignLetters = (): string[] =>
  [
    'сlient.example',
    'clіent.example',
    'client.exаmple',
    'ａpi.example.com.evil.example',
    'client。evil',
    'xn--lient-2bf.example',
  ]
    .flatMap((host) => [`https://${host}/login`, `//${host}/login`, `https://${host}:443/login`])
    .concat(
      ['ßecond.example.com', 'second.example.c\u0335om', 'sec\u00f3nd.example.com'].map((host) => `https://${host}/x`),
    );
