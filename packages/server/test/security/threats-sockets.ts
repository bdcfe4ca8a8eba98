import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const ELSEWHERE = 'realtime/threats.test.ts';
const HIDDEN = 'realtime/hidden.test.ts';

/** What went wrong where sockets are opened, and with what they were asked. */
export const SOCKET_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-97xr-jchp-xm3c',
    mistake: 'whose token had expired was nobody, and nobody was the system',
    test: ELSEWHERE,
    title: 'row 1: a bad, an expired and no token give nothing',
    planted: plant(
      'sockets/items-connection.ts',
      ['      if (!this.isOpen) throw tokenExpired();\n      await work();', '      await work();'],
      [
        'const answer = await actOnItems(this.parts, await this.access(), message);\n    if (this.isOpen) this.send(',
        "const who = this.standing.kind === 'known' ? this.standing.accountability : { kind: 'system' };\n    const answer = await actOnItems(this.parts, await this.parts.engine.access(who), message);\n    this.send(",
      ],
    ),
  },
  {
    known: 'GHSA-849r-qrwj-8rv4 (CVE-2024-54151)',
    mistake: 'sockets without a credential were let do everything',
    test: ELSEWHERE,
    title: 'row 2: without a credential there are only the rights of the public',
    planted: plant('sockets/gate.ts', [
      "known({ kind: 'anonymous', ...origin }, null, null)",
      "known({ kind: 'system' }, null, null)",
    ]),
  },
  {
    known: 'GHSA-gggm-66rh-pp98 (CVE-2023-38503)',
    mistake: 'who asked for the same heard the same, whatever the rule was',
    test: ELSEWHERE,
    title: 'row 3: who may not see an item hears nothing of it, whatever happens to it',
    planted: plant('realtime/group.ts', ['key: `${profile.id} ${bound} ${wish.key}`,', 'key: wish.key,']),
  },
  {
    known: 'GHSA-mww8-4gwh-rjfw',
    mistake: 'nobody looked from which page a socket was opened',
    test: ELSEWHERE,
    title: 'row 4: a page of another site can not use the session of its visitor',
    planted: plant('sockets/gate.ts', [
      'if (fromQuery === null && !this.#parts.mayUseCookies(request)) return 403;',
      '',
    ]),
  },
  {
    known: 'GHSA-mww8-4gwh-rjfw, in a browser',
    mistake: 'every origin was an own one',
    test: 'realtime/browser.test.ts',
    title: 'the session cookie is enough on a page that is allowed, and no good on one that is not',
    planted: plant('http/cross-site.ts', ['return origin === undefined || isOwn(', 'return origin !== "" || isOwn(']),
  },
  {
    known: 'GHSA-hmgw-9jrg-hf2m (CVE-2023-45820)',
    mistake: 'a frame that was none ended the server',
    test: 'realtime/hostile.test.ts',
    title: 'outlives frames that are none',
    planted: plant('sockets/connection.ts', ["ws.on('error', () => ws.terminate());", '']),
  },
  {
    known: 'GHSA-ff8w-8crv-9rcf',
    mistake: 'documents over sockets could be as long as they liked',
    test: ELSEWHERE,
    title: 'row 6: GraphQL has the limits that it has over HTTP',
    planted: plant('sockets/index.ts', [
      'new room.Graphql(graphqlLimits(config))',
      'new room.Graphql({ ...graphqlLimits(config), maxTokens: 1_000_000 })',
    ]),
  },
  {
    known: 'GHSA-cph6-524f-3hgr (CVE-2025-64749), on a socket',
    mistake: 'a closed collection was refused otherwise than one that is not there',
    test: HIDDEN,
    title: 'a closed collection is like one that is not there',
    planted: plant('realtime/known-collection.ts', [
      'known && !known.folder && ACTIONS.some((action) => profile.access(name, action) !== null);',
      'known && !known.folder;',
    ]),
  },
  {
    known: 'GHSA-p623-wgx3-wxp8, on a socket',
    mistake: 'a change whose answer was refused had been made',
    test: HIDDEN,
    title: 'a change whose answer may not be shown is not made',
    planted: plant('realtime/items.ts', [
      'await items.readMany(access, collection, { ...query, limit: 0, page: null, kept: null });',
      '',
    ]),
  },
  {
    known: 'GHSA-g293-vf99-xv36, by sockets',
    mistake: 'opening sockets was a way around the limit of requests',
    test: HIDDEN,
    title: 'opening sockets is no way around the limit of requests',
    planted: plant('sockets/gate.ts', ['!== null) return refuse(socket, 429);', '=== 0) return refuse(socket, 429);']),
  },
  {
    known: 'GHSA-wxwm-3fxv-mrvx (CVE-2026-35413), by mistakes',
    mistake: 'without introspection every mistake was told what is there',
    test: HIDDEN,
    title: 'and mistakes suggest nothing where the schema is not told',
    planted: plant('graphql/execution/documents.ts', ['hideSuggestions: !introspection', 'hideSuggestions: false']),
  },
  {
    known: 'a server that remembered what its clients made up',
    mistake: 'one socket could have it remember a gigabyte',
    test: HIDDEN,
    title: 'is bounded for what it follows',
    planted: plant('sockets/connection.ts', ['const MAX_FOLLOWED = 1_000_000;', 'const MAX_FOLLOWED = 1e12;']),
  },
  {
    known: 'recursion over what callers nest',
    mistake: 'a deep message was walked through until the stack was full',
    test: HIDDEN,
    title: 'does not grow with how deep a message is, nor by its being compressed',
    planted: plant('realtime/messages.ts', ['const MAX_NESTING = 200;', 'const MAX_NESTING = 1e9;']),
  },
];
