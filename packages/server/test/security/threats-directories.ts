import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const RESPONSES = 'saml/responses.test.ts';
const REQUESTS = 'saml/requests.test.ts';
const ENCRYPTED = 'saml/decryption.test.ts';
const SAML = 'saml/sign-on.test.ts';
const LOGOUT = 'saml/logout.test.ts';
const LDAP = 'ldap/sign-on.test.ts';
const SAMLIFY = 'GHSA-r683-v43c-6xqv (CVE-2025-47949), samlify';

/** Of signing on with SAML, and with a directory. */
export const DIRECTORY_THREATS: readonly Threat[] = [
  {
    known: SAMLIFY,
    mistake: 'a SAML signature was verified on one assertion, and another one was read',
    test: RESPONSES,
    title: 'wrapped signatures',
    planted: plant(
      'auth/providers/saml/response.ts',
      [
        "const plain = childNamed(document, 'assertion', 'Assertion');",
        "const [plain] = childrenNamed(document, 'assertion', 'Assertion');",
      ],
      [
        'const signature = signatureOf(plain);',
        "const signed = [...descendants(document)].find((one) => childrenNamed(one, 'signature', 'Signature').length > 0);\n    const signature = signed ? signatureOf(signed) : null;\n    if (signed && signature) {\n      signedContent(signed, signature, keys);\n      return plain;\n    }",
      ],
      ['if (!assertion || other) throw', 'if (!assertion) throw'],
      ['if (found !== signatures', 'if (other === null && found !== signatures'],
    ),
  },
  {
    known: SAMLIFY,
    mistake: 'the digest of a SAML signature was not compared',
    test: RESPONSES,
    title: 'wrapped signatures',
    planted: plant('auth/providers/saml/signature.ts', ['|| !timingSafeEqual(digest, own)', '|| digest.length === 0']),
  },
  {
    known: 'GHSA-34r5-q4jw-r36m (CVE-2026-46490), samlify; GHSA-vfpw-vq44-4p63 (CVE-2026-55789), Logto',
    mistake: 'names were put into SAML messages as markup',
    test: REQUESTS,
    title: 'whatever is in a name',
    planted: plant('auth/providers/saml/canonical.ts', ['text.replace(/[&<"\\t\\n\\r]/g', 'text.replace(/[\\r]/g']),
  },
  {
    known: 'GHSA-9wj8-xv4r-qwrp, authentik',
    mistake: 'SAML values ended at a comment',
    test: RESPONSES,
    title: 'the whole text counts',
    planted: plant('auth/providers/saml/xml.ts', ['children[children.length - 1] = last + text;', 'return;']),
  },
  {
    known: 'SAML bindings, XML entities',
    mistake: 'a document type was skipped',
    test: RESPONSES,
    title: 'before the message is refused',
    planted: plant('auth/providers/saml/xml.ts', [
      "throw new XmlError('A document type is not allowed.');",
      "this.#at = this.#indexOf('>', text.length) + 1;",
    ]),
  },
  {
    known: 'GHSA-3573-4c68-g8cc (CVE-2026-22032), GHSA-cpm5-w86q-w85f (CVE-2026-54714)',
    mistake: 'RelayState of SAML was followed without a look at the list',
    test: SAML,
    title: 'sends nobody anywhere that may not be named, leaving or coming back',
    planted: plant('auth/login/saml.ts', [
      "this.destination(name, relayState, 'RelayState') || '/'",
      "String(relayState ?? '') || '/'",
    ]),
  },
  {
    known: 'SAML profiles §4.1.4.5',
    mistake: 'an assertion counted twice',
    test: SAML,
    title: 'lets each assertion in once, also when it comes to two nodes at once',
    planted: plant('auth/providers/saml/uses.ts', [
      '=== 0) throw invalidCredentials();',
      '< 0) throw invalidCredentials();',
    ]),
  },
  {
    known: 'SAML profiles §4.1.4.3',
    mistake: 'a request was answered twice',
    test: SAML,
    title: 'lets one answer to each request in',
    planted: plant('auth/login/saml.ts', ['if (inResponseTo === null) return;', "if (inResponseTo !== '') return;"]),
  },
  {
    known: 'GHSA-x445-f3h2-j279 (CVE-2026-73419), mix-up',
    mistake: 'a SAML request to one provider was answered by another',
    test: SAML,
    title: 'knows requests of other nodes, but not those to other providers',
    planted: plant('kernel/sealed-tickets.ts', ['.update(body).update(scope)', '.update(body)']),
  },
  {
    known: 'SAML core §2.5.1.4',
    mistake: 'assertions for other services counted',
    test: RESPONSES,
    title: 'another audience',
    planted: plant('auth/providers/saml/assertion.ts', [
      'restrictions.length === 0 || !restrictions.every(isFor)',
      'restrictions.length === 0',
    ]),
  },
  {
    known: 'SAML profiles §4.1.4.3',
    mistake: 'assertions confirmed for another address counted',
    test: RESPONSES,
    title: 'another recipient',
    planted: plant('auth/providers/saml/assertion.ts', ["'Recipient') !== consumerUrl", "'Recipient') === null"]),
  },
  {
    known: 'SAML profiles §4.1.4.3',
    mistake: 'answers to requests of others counted',
    test: RESPONSES,
    title: 'a request that was not ours',
    planted: plant('auth/providers/saml/assertion.ts', ['&& !isOwnRequest(inResponseTo)', "&& inResponseTo === ''"]),
  },
  {
    known: 'SAML profiles §4.1.5',
    mistake: 'answers that nobody had asked for counted',
    test: RESPONSES,
    title: 'an answer without a request counts only where that is allowed',
    planted: plant('auth/providers/saml/assertion.ts', [
      'inResponseTo === null && !unsolicited',
      "inResponseTo === ''",
    ]),
  },
  {
    known: 'SAML core §2.4.1.2',
    mistake: 'assertions counted for ever',
    test: RESPONSES,
    title: 'a confirmation that is over',
    planted: plant('auth/providers/saml/assertion.ts', ['if (now >= expires) return', 'if (now < 0) return']),
  },
  {
    known: 'SAML core §5',
    mistake: 'an assertion without a signature counted',
    test: RESPONSES,
    title: 'no signature',
    planted: plant('auth/providers/saml/response.ts', [
      "if (messageSigned) return requiredChild(message, 'assertion', 'Assertion');",
      "return requiredChild(message, 'assertion', 'Assertion');",
    ]),
  },
  {
    known: 'SAML core §6',
    mistake: 'an encrypted assertion counted without a signature',
    test: ENCRYPTED,
    title: 'is refused without a signature',
    planted: plant('auth/providers/saml/response.ts', ['if (messageSigned) return decrypted;', 'return decrypted;']),
  },
  {
    known: 'Jager, Somorovsky: How to break XML encryption',
    mistake: 'CBC was decrypted for whoever sent it',
    test: ENCRYPTED,
    title: 'counts with CBC only within a signed message',
    planted: plant('auth/providers/saml/decryption.ts', [
      '(!cipher.authenticated && !messageSigned)',
      'cipher.keyBytes === 0',
    ]),
  },
  {
    known: 'GHSA-pfj7-wv7c-22pr (CVE-2026-33409), Parse Server',
    mistake: 'somebody whom a provider vouches for (SAML) took over the account with their address',
    test: SAML,
    title: 'refuses strangers, the inactive, the nameless, and addresses of others',
    planted: plant('auth/providers/external-users.ts', ['origin) : UNVERIFIED;', 'origin) : null;']),
  },
  {
    known: 'RFC 4513 §5.1.2',
    mistake: 'a directory (LDAP) took an empty password for an anonymous bind',
    test: LDAP,
    title: 'asks the directory nothing without a name or a password',
    planted: plant('auth/login/ldap-input.ts', [
      "typeof password !== 'string' || password === ''",
      "typeof password !== 'string'",
    ]),
  },
  {
    known: 'CWE-90, LDAP injection',
    mistake: 'the name of a login was part of a filter',
    test: LDAP,
    title: 'finds nobody under',
    planted: plant('auth/providers/ldap/directory.ts', [
      'filter: new EqualityFilter({ attribute: userAttribute, value: identifier })',
      'filter: `(${userAttribute}=${identifier})`',
    ]),
  },
  {
    known: 'LDAP, names that several have',
    mistake: 'the first of two entries was taken',
    test: LDAP,
    title: 'refuses a name that two entries have',
    planted: plant('auth/providers/ldap/directory.ts', ['if (!entry?.dn || other) throw', 'if (!entry?.dn) throw']),
  },
  {
    known: 'LDAP, bind',
    mistake: 'the password was not asked about',
    test: LDAP,
    title: 'lets people in with their own password, and makes their account once',
    planted: plant('auth/providers/ldap/directory.ts', [
      'if (!(await accepts(client, entry.dn, password)))',
      'if (entry.dn === password)',
    ]),
  },
  {
    known: 'LDAP, userAccountControl',
    mistake: 'accounts that the directory had disabled signed in',
    test: LDAP,
    title: 'asks whether an account is',
    planted: plant('auth/providers/ldap/directory.ts', ['if (isBarred(entry)) throw invalidCredentials();', '']),
  },
  {
    known: 'LDAP, refresh',
    mistake: 'people who had left the directory (LDAP) went on with their sessions',
    test: LDAP,
    title: 'ends with the entry',
    planted: plant('auth/auth.ts', ['await ldapLogin.confirm(spent);', '']),
  },
  {
    known: 'CWE-295',
    mistake: 'the certificate of a directory was not looked at',
    test: LDAP,
    title: 'speaks TLS with who has the certificate, and with nobody else',
    planted: plant('auth/providers/ldap/connection.ts', [
      "minVersion: 'TLSv1.2', ...given",
      'rejectUnauthorized: false, ...given',
    ]),
  },
  {
    known: 'LDAP, time',
    mistake: 'a login waited for a directory for ever',
    test: LDAP,
    title: 'waits for a directory that stopped answering only so long, and spends no token meanwhile',
    planted: plant('auth/providers/ldap/connection.ts', [
      "'The directory takes too long.'), timeoutMs)",
      "'The directory takes too long.'), 600_000)",
    ]),
  },
  {
    known: 'LDAP, groups',
    mistake: 'a role stayed when its group was gone (LDAP)',
    test: LDAP,
    title: 'gives the role that has the name of a group, and takes it back',
    planted: plant('auth/providers/external-users.ts', [
      'if (joining.roleFollows) changes',
      "if (joining.roleFollows && joining.role === '') changes",
    ]),
  },
  {
    known: 'LDAP, guessing',
    mistake: 'wrong passwords of a directory were not counted',
    test: LDAP,
    title: 'counts wrong passwords against the account, and forgets them after a right one',
    planted: plant('auth/login/ldap.ts', ['if (user) await attempts.failed(user.id, origin);', '']),
  },
  {
    known: 'LDAP, second factors',
    mistake: 'a second factor was not asked for',
    test: LDAP,
    title: 'wants the one-time password of who has one',
    planted: plant('auth/login/ldap.ts', [
      'await secondFactors.prove(id, input, input.mode, origin).catch',
      'await Promise.resolve(async () => {}).catch',
    ]),
  },
  {
    known: 'GHSA-r683-v43c-6xqv (CVE-2025-47949), single logout',
    mistake: 'a request to sign somebody out (SAML) counted without its signature',
    test: LOGOUT,
    title: 'with a signature of somebody else',
    planted: plant('auth/providers/saml/redirect-binding.ts', [
      'if (!keys.some((key) => verify(',
      'if (keys.length === 0 && !keys.some((key) => verify(',
    ]),
  },
  {
    known: 'GHSA-r683-v43c-6xqv (CVE-2025-47949), wrapped logouts',
    mistake: 'a signature of another message (SAML) stood for a request to sign somebody out',
    test: LOGOUT,
    title: 'wrapped, by POST: what was signed stands beside what somebody else wrote',
    planted: plant('auth/providers/saml/logout-messages.ts', [
      'return signedContent(document, signature, keys);',
      'return document;',
    ]),
  },
  {
    known: 'SAML profiles §4.4, replay',
    mistake: 'a request to sign somebody out (SAML) counted twice',
    test: LOGOUT,
    title: 'counts once',
    planted: plant('auth/login/saml-logout.ts', [
      "await uses.spend(tx, { kind: 'logout', issuer, id: request.id, expires: request.expires });",
      '',
    ]),
  },
  {
    known: 'GHSA-3573-4c68-g8cc (CVE-2026-22032), single logout',
    mistake: 'the RelayState of a logout (SAML) led anywhere',
    test: LOGOUT,
    title: 'an answer that is not the provider’s, or to nothing of ours, is told as a failure',
    planted: plant('auth/login/saml-logout.ts', [
      "this.#parts.login.destination(name, relayState, 'RelayState') || '/'",
      "String(relayState ?? '/')",
    ]),
  },
];
