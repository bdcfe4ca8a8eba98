import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const HOSTILE = 'sso/hostile-provider.test.ts';
const UNUSABLE = 'sso/unusable-providers.test.ts';
const IDENTITIES = 'sso/identities.test.ts';
const HAND_OFF = 'sso/hand-off.test.ts';
const DESTINATIONS = 'sso/destinations.test.ts';
const LINKING = 'sso/verified-linking.test.ts';
const OUT = 'sso/signing-out.test.ts';
const PEOPLE = 'sso/people.test.ts';
const CORPUS = 'no hostile address, of more than five hundred';

/** Of signing in at providers: OpenID Connect and OAuth 2.0. */
export const SIGN_ON_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-cff8-x7jv-4fm8 (CVE-2024-45596)',
    mistake: 'an answer of single sign-on could be kept by a cache',
    test: HOSTILE,
    title: 'answers are for one browser and one window',
    planted: plant('http/routes/sign-on.ts', ["'cache-control', 'no-store'", "'cache-control', 'public, max-age=60'"]),
  },
  {
    known: 'GHSA-8m32-p958-jg99 (CVE-2026-35408)',
    mistake: 'pages of single sign-on shared a window with who opened them',
    test: HOSTILE,
    title: 'answers are for one browser and one window',
    planted: plant('http/routes/sign-on.ts', [
      "'cross-origin-opener-policy', 'same-origin'",
      "'cross-origin-opener-policy', 'unsafe-none'",
    ]),
  },
  {
    known: 'GHSA-fr3w-2p22-6w7p (CVE-2024-28239)',
    mistake: 'a login led to any address that was named',
    test: IDENTITIES,
    title: 'nobody links without proving who they are',
    planted: plant('auth/login/sign-on-addresses.ts', [
      "typeof redirect === 'string' ? allowedDestination(redirect, { own, listed }) : null",
      'String(redirect)',
    ]),
  },
  {
    known: 'GHSA-cf45-hxwj-4cfj, paths',
    mistake: 'an address was read in another way than browsers do',
    test: DESTINATIONS,
    title: CORPUS,
    planted: plant('kernel/own-path.ts', ['|%2f|%5c)/i;', ')/i;']),
  },
  {
    known: 'GHSA-cf45-hxwj-4cfj, userinfo',
    mistake: 'an address with something before its host was taken',
    test: DESTINATIONS,
    title: CORPUS,
    planted: plant('kernel/allowed-address.ts', ["|| written[1]?.includes('@')", '']),
  },
  {
    known: 'GHSA-cvg2-7c3j-g36j (CVE-2023-6134), GHSA-vp58-j275-797x',
    mistake: 'whatever began like a listed address was taken',
    test: DESTINATIONS,
    title: CORPUS,
    planted: plant('kernel/allowed-address.ts', [
      'known.pathname === url.pathname',
      'url.pathname.startsWith(known.pathname)',
    ]),
  },
  {
    known: 'GHSA-8jhw-6pjj-8723',
    mistake: 'an address without a scheme led to another server',
    test: DESTINATIONS,
    title: CORPUS,
    planted: plant('kernel/allowed-address.ts', [
      'if (!url || !home ||',
      'if (url && home && url.host !== home.host) return url.pathname.length > 1;\n  if (!url || !home ||',
    ]),
  },
  {
    known: 'GHSA-v36f-qvww-8w8m (CVE-2026-31813), issuer',
    mistake: 'the issuer of an id_token was not looked at',
    test: HOSTILE,
    title: 'another issuer',
    planted: plant('auth/providers/id-tokens.ts', ['issuer: metadata.issuer,', '']),
  },
  {
    known: 'GHSA-v36f-qvww-8w8m, audience',
    mistake: 'an id_token for another client was taken',
    test: HOSTILE,
    title: 'another audience',
    planted: plant('auth/providers/id-tokens.ts', ["audience: this.#provider.options.clientId ?? '',", '']),
  },
  {
    known: 'GHSA-v36f-qvww-8w8m, authorized party',
    mistake: 'an id_token that was made for another client was taken',
    test: HOSTILE,
    title: 'made for another client',
    planted: plant('auth/providers/id-tokens.ts', [
      'azp === undefined ? several : azp !== own',
      'azp === undefined && several',
    ]),
  },
  {
    known: 'GHSA-v36f-qvww-8w8m, nonce',
    mistake: 'an id_token of another attempt was taken',
    test: HOSTILE,
    title: 'another nonce',
    planted: plant('auth/providers/id-tokens.ts', ['!sameText(said, nonce)', "said === ''"]),
  },
  {
    known: 'GHSA-xv3q-jrmm-4fxv, GHSA-583x-23h9-f5w7 (CVE-2023-22893)',
    mistake: 'an id_token without a signature was taken',
    test: HOSTILE,
    title: 'alg none',
    planted: plant('auth/providers/id-tokens.ts', [
      'if (!keys) return null;',
      "if (token.endsWith('.')) return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());\n    if (!keys) return null;",
    ]),
  },
  {
    known: 'OpenID Connect Core §5.3.2',
    mistake: 'a profile about somebody else was used',
    test: HOSTILE,
    title: 'a profile about somebody else',
    planted: plant('auth/login/openid.ts', ['profile.sub !== token.sub', "profile.sub === ''"]),
  },
  {
    known: 'RFC 9700 §4.7',
    mistake: 'an answer with another state was taken',
    test: HOSTILE,
    title: 'another state',
    planted: plant('auth/login/sign-on.ts', ['if (state !== attempt.state)', "if (state === '')"]),
  },
  {
    known: 'GHSA-x445-f3h2-j279 (CVE-2026-73419)',
    mistake: "what bound a login to its browser opened another provider's answer",
    test: HOSTILE,
    title: "an answer of one provider at the other's address",
    planted: plant(
      'kernel/sealed-box.ts',
      ['nonce).setAAD(Buffer.from(scope))', 'nonce)'],
      ['\n      .setAAD(Buffer.from(scope))', ''],
    ),
  },
  {
    known: 'RFC 9207, mix-up',
    mistake: 'an answer that names another issuer was taken',
    test: HOSTILE,
    title: 'the answer of another issuer',
    planted: plant('auth/login/openid.ts', [
      'return said === null ? !saysIssuer : said === issuer;',
      'return saysIssuer || issuer !== said;',
    ]),
  },
  {
    known: 'GHSA-9g98-5mj6-f9mv (CVE-2023-0264)',
    mistake: 'a code was taken from another browser than the one that left',
    test: HOSTILE,
    title: 'another browser',
    planted: plant('auth/login/sign-on.ts', [
      "return this.#attempts.open(scope, cookies.get(cookieNameOf(state)) ?? '');",
      'return [...cookies.values()].map((sealed) => this.#attempts.open(scope, sealed))[0] ?? null;',
    ]),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518), attempts',
    mistake: 'one attempt counted several times',
    test: HOSTILE,
    title: 'of twenty that come back at once with the same, one is let in',
    planted: plant('auth/login/sign-on.ts', [
      'attempt === null || !(await this.#spend(known, attempt))',
      'attempt === null',
    ]),
  },
  {
    known: 'GHSA-9h47-pqcx-hjr4',
    mistake: 'the challenge of a login was the verifier itself',
    test: HOSTILE,
    title: 'the same provider signs in whom it says truly',
    planted: plant('auth/login/sign-on.ts', [
      'code_challenge: challengeOf(attempt.verifier)',
      'code_challenge: attempt.verifier',
    ]),
  },
  {
    known:
      'GHSA-g38m-r43w-p2q7 (CVE-2026-53516), GHSA-pq7p-mc74-g65w (CVE-2026-44166), GHSA-m93w-4fxv-r35v (CVE-2024-38351)',
    mistake: 'a login at a provider opened the account that somebody else had made with the address',
    test: IDENTITIES,
    title: 'an unverified or a verified address of somebody with a password opens nothing',
    planted: plant('auth/providers/verified-linking.ts', ['if (!row.verified)', 'if (row.verified === null)']),
  },
  {
    known: 'GHSA-g38m-r43w-p2q7, unverified there',
    mistake: 'an address that the provider had not verified opened the account that has it',
    test: LINKING,
    title: 'is refused where',
    planted: plant('auth/providers/external-users.ts', [
      'const mayLink = emailVerified && joining.mayLink === true;',
      'const mayLink = joining.mayLink === true;',
    ]),
  },
  {
    known: 'GHSA-g38m-r43w-p2q7, changed since',
    mistake: 'an account was opened by an address that it had not when one was verified',
    test: LINKING,
    title: 'is refused where the address was not verified here, or is another one by now',
    planted: plant('auth/verified-addresses.ts', [' AND v.email = ${alias}.email)', ')']),
  },
  {
    known: 'GHSA-q4h3-38gc-4p4j, second factors',
    mistake: 'an address opened an account that a second factor protects',
    test: LINKING,
    title: 'is refused by an account with a second factor',
    planted: plant('auth/providers/verified-linking.ts', ['if (row.tfa) return', "if (row.tfa === 'x') return"]),
  },
  {
    known: 'nOAuth',
    mistake: 'an address opened the account of an administrator',
    test: LINKING,
    title: 'is refused by an account with a second factor, one that administers',
    planted: plant('access/administrators.ts', [' OR a.role IN (SELECT id FROM chain)', '']),
  },
  {
    known: 'REQUIRE_VERIFIED_EMAIL',
    mistake: 'an address that the provider has not verified counted',
    test: HOSTILE,
    title: 'an address that is not verified',
    planted: plant('auth/providers/claims.ts', ['(email === null || !isVerified(claims))', 'email === null']),
  },
  {
    known: 'GHSA-3529-5m8x-rpv3, GHSA-pfrf-9r5f-73f5 (CVE-2026-29067)',
    mistake: 'people were sent back to the host that a request named',
    test: PEOPLE,
    title: 'a server of several domains sends people back to the one that they came from',
    planted: plant('auth/login/sign-on-addresses.ts', [
      '?.host === host) ?? publicUrl;',
      '?.host === host) ?? (host ? `http://${host}` : publicUrl);',
    ]),
  },
  {
    known: 'GHSA-5rr4-8452-hf4v (CVE-2026-53513)',
    mistake: 'a provider made the server ask an address inside the network',
    test: UNUSABLE,
    title: 'an address that a provider names inside the network is not asked',
    planted: plant('auth/providers/provider-requests.ts', [
      "this.#trusted.has(URL.parse(address)?.host ?? '') ? this.#anywhere : this.#outbound()",
      'this.#trusted.size > 0 ? this.#anywhere : this.#outbound()',
    ]),
  },
  {
    known: 'GHSA-8p72-rcq4-h6pw (CVE-2024-39699), providers',
    mistake: 'a redirect of a provider was followed',
    test: UNUSABLE,
    title: 'redirecting',
    planted: plant('auth/providers/provider-requests.ts', [
      '.send(address, { ...options, headers: { ...JSON_ONLY, ...headers } })',
      '.get(address, { ...options, headers: { ...JSON_ONLY, ...headers } })',
    ]),
  },
  {
    known: 'RFC 8414 §3.3',
    mistake: 'a discovery document spoke for another issuer',
    test: UNUSABLE,
    title: 'another',
    planted: plant('auth/providers/discovery.ts', ['bare(said.issuer) !== bare(this.#issuer)', "said.issuer === ''"]),
  },
  {
    known: 'GHSA-q4h3-38gc-4p4j (CVE-2026-55377), identities',
    mistake: 'another identity was linked without a proof of who asks',
    test: IDENTITIES,
    title: 'nobody links without proving who they are',
    planted: plant('http/routes/identities.ts', ['await ownIdentities.proveOwner(request.access, body);', '']),
  },
  {
    known: 'GHSA-rjg6-39jm-rgg4, linked identities',
    mistake: "somebody else's identity was linked",
    test: IDENTITIES,
    title: "somebody else's identity is not taken",
    planted: plant('auth/providers/linked-identities.ts', [
      'if (owner) return isOwn(owner, user);',
      'if (owner?.owner === user) return false;',
    ]),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g, unlinking',
    mistake: 'a session went on that an unlinked identity had opened',
    test: IDENTITIES,
    title: 'unlinking ends that way in and the other sessions',
    planted: plant('auth/providers/own-identities.ts', [
      "if (asking.kind === 'user') await sessions",
      "if (asking.kind === 'share') await sessions",
    ]),
  },
  {
    known: 'locked out by oneself',
    mistake: 'the last way to sign in could be taken away',
    test: IDENTITIES,
    title: 'an account of a provider keeps its last way in',
    planted: plant('auth/providers/own-identities.ts', ['others === 0 && !this', 'others < 0 && !this']),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518), codes of logins',
    mistake: 'a code could be redeemed twice',
    test: 'sso/single-use.test.ts',
    title: 'asked for at the same moment on two nodes are redeemed once',
    planted: plant('auth/login/hand-off.ts', [
      'if ((await tx.run(this.#sql.redeem, key)) === 0) throw',
      'if ((await tx.run(this.#sql.redeem, key)) < 0) throw',
    ]),
  },
  {
    known: 'GHSA-xqxv-4jc2-x56x (CVE-2026-55672)',
    mistake: 'a code was not bound to the page that it was sent to',
    test: HAND_OFF,
    title: 'is of no use to who has another verifier, or a page elsewhere',
    planted: plant('auth/login/hand-off.ts', ["row.origin.startsWith('http')", "row.origin.startsWith('file')"]),
  },
  {
    known: 'OpenID Connect Back-Channel Logout 1.0 §2.6',
    mistake: 'another token of the provider signed somebody out',
    test: 'sso/back-channel-logout.test.ts',
    title: 'is not believed from anybody else, nor with another token of the provider',
    planted: plant('auth/providers/id-tokens.ts', ['if (!isLogout || nonce !== undefined ||', 'if (']),
  },
  {
    known: 'RFC 9700 §4.7, signing out',
    mistake: 'a page of another site signed its visitors out',
    test: OUT,
    title: 'no page of another site signs its visitors out',
    planted: plant('http/routes/sign-out.ts', ['    refuseForeignForm(request, config);\n', '']),
  },
  {
    known: 'GHSA-fr3w-2p22-6w7p (CVE-2024-28239), signing out',
    mistake: 'signing out led to any address that was named',
    test: OUT,
    title: 'nobody is sent anywhere that may not be named, and then nothing has ended',
    planted: plant('auth/login/sign-out.ts', [
      'known ? addresses.destination(known.provider, redirect)',
      "known ? String(redirect ?? '')",
    ]),
  },
  {
    known: 'GHSA-x445-f3h2-j279 (CVE-2026-73419), signing out',
    mistake: 'what was sealed for one provider led somewhere for another',
    test: OUT,
    title: 'coming back with anything else than what was sealed for this provider leads to /',
    planted: plant(
      'auth/login/sign-out.ts',
      ["Buffer.from(state, 'base64url'), scope)", "Buffer.from(state, 'base64url'), '')"],
      ['{ destination, expires }), scope)', "{ destination, expires }), '')"],
    ),
  },
  {
    known: 'GHSA-x3vm-88hf-gpxp (CVE-2025-53885), ID tokens',
    mistake: 'ID tokens stood in the database',
    test: OUT,
    title: 'what the provider is told later is sealed in the database',
    planted: plant('auth/providers/provider-sessions.ts', [
      'const sealed = this.#box.close(JSON.stringify(said), scope)',
      'const sealed = Buffer.from(JSON.stringify(said))',
    ]),
  },
  {
    known: 'GHSA-8m32-p958-jg99 (CVE-2026-35408), SAML',
    mistake: 'pages of SAML shared a window with who opened them',
    test: 'saml/sign-on.test.ts',
    title: 'answers are for one browser and one window',
    planted: plant('http/routes/saml.ts', [".header('cross-origin-opener-policy', 'same-origin')", '']),
  },
  {
    known: 'GHSA-q75c-4gmv-mg9x (CVE-2026-35411)',
    mistake: 'the Studio led to any address after signing in',
    test: DESTINATIONS,
    title: 'the Studio goes on to none of them after signing in, and to its own pages',
    planted: plant('../../studio/src/app/continue.ts', ['!isOwnPath(wanted)', "!wanted.startsWith('/')"]),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g, codes of logins',
    mistake: 'a code opened a session after all sessions of the account had been ended',
    test: HAND_OFF,
    title: 'counts no more after all sessions of the account were ended',
    planted: plant('auth/sessions.ts', ['    await tx.run(this.#sql.endCodes, [user]);\n', '']),
  },
];
