import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const TEMPLATES = 'mail/template.test.ts';
const OUTBOX = 'mail/outbox.test.ts';
const RESET = 'accounts/password-reset.test.ts';
const REGISTRATION = 'accounts/registration.test.ts';
const INVITATIONS = 'accounts/invitations.test.ts';
const EMAIL_LOGIN = 'accounts/email-login.test.ts';
const EQUAL = 'accounts/equal-answers.test.ts';
const ADDRESSES = 'kernel/allowed-address.test.ts';

/** Mistakes about mail, and about accounts whose people are reached by it. */
export const ACCOUNT_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-jr94-gj3h-c8rf (CVE-2026-26185)',
    mistake: 'the time of an answer told whether there is an account',
    test: EQUAL,
    title: 'gets the same answer, no sooner than after the stall time',
    planted: plant('kernel/stall.ts', ['    await stall.over();', '    stall.cancel();']),
  },
  {
    known: 'GHSA-jr94-gj3h-c8rf (CVE-2026-26185)',
    mistake: 'a registration was quicker for an address that is taken',
    test: EQUAL,
    title: 'do the same work for an address that is taken',
    planted: plant('accounts/registration.ts', [
      '    const { items, engine } = this.#parts;',
      `    const { items, engine } = this.#parts;
    if (newcomer.email.startsWith('known')) return null;`,
    ]),
  },
  {
    known: 'GHSA-jgf4-vwc3-r46v (CVE-2024-39896)',
    mistake: 'a login told that the account is of another provider',
    test: EQUAL,
    title: 'gets the same answer, no sooner than after the stall time',
    planted: plant('auth/login/password.ts', [
      'if (!account || account.password === null || !mayLogIn) throw invalidCredentials();',
      `if (account && account.provider !== provider) throw new ApiError('INVALID_PROVIDER', 'of another provider');
    if (!account || account.password === null || !mayLogIn) throw invalidCredentials();`,
    ]),
  },
  {
    known: 'GHSA-qw9g-7549-7wg5 (CVE-2024-27295)',
    mistake: 'an address that looks like another was taken for it',
    test: RESET,
    title: 'and to nobody for an address that only looks like one',
    planted: plant('auth/email.ts', [
      'email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());',
      "email.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase();",
    ]),
  },
  {
    known: 'GHSA-8xp8-xrh2-88vr',
    mistake: 'mail of a registration went to an address that was not the account’s',
    test: REGISTRATION,
    title: 'refuses',
    planted: plant('auth/email.ts', ['text.length <= LENGTH && ADDRESS.test(text);', "text.includes('@');"]),
  },
  {
    known: 'GHSA-8xp8-xrh2-88vr',
    mistake: 'mail went to an address that is not the stored one',
    test: RESET,
    title: 'the mail goes to the stored address, never to the one that was typed',
    planted: plant('mail/letter.ts', [
      '  const to = account?.email;',
      '  const to = String(account?.email).toLowerCase();',
    ]),
  },
  {
    known: 'GHSA-4hmq-ggrm-qfc6 (CVE-2023-27474)',
    mistake: 'HTML got into a mail',
    test: OUTBOX,
    title: 'escapes a link and a code wherever they come from',
    planted: plant('mail/template.ts', [
      'oneLine(value).replace(/[&<>"\'`]/g, (one) => ENTITIES[one] ?? one);',
      'oneLine(value).replace(/[&"]/g, (one) => ENTITIES[one] ?? one);',
    ]),
  },
  {
    known: 'GHSA-5h38-6755-g83w',
    mistake: 'the name of a template was a path',
    test: TEMPLATES,
    title: 'have no path for a name',
    planted: plant('mail/template-files.ts', [
      'const NAME = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;',
      'const NAME = /^[^\\0]{1,64}$/;',
    ]),
  },
  {
    known: 'GHSA-2h87-4q2w-v4hf (CVE-2023-22621)',
    mistake: 'what somebody wrote was run as a template',
    test: TEMPLATES,
    title: 'take values for texts, whatever is in them',
    planted: plant('mail/template.ts', [
      'parts.push(safe(value));',
      'parts.push(fillTemplate(safe(value), values, safe));',
    ]),
  },
  {
    known: 'GHSA-m4j5-5x4r-2xp9 (CVE-2025-8419)',
    mistake: 'an address brought headers and recipients of its own',
    test: OUTBOX,
    title: 'goes nowhere where the account is gone, or its address is more than one',
    planted: plant('mail/address.ts', [
      'text.length <= MAX_LENGTH && ONE_ADDRESS.test(text);',
      'text.length <= MAX_LENGTH && ONE_ADDRESS.test(text.split(/[\\r\\n,]/)[0]?.trim() ?? text);',
    ]),
  },
  {
    known: 'GHSA-m4j5-5x4r-2xp9 (CVE-2025-8419)',
    mistake: 'a name broke out of its line',
    test: TEMPLATES,
    title: 'keep a value on its line',
    planted: plant('mail/template.ts', ['.replace(/[\\p{Cc}', '.replace(/[\\p{Co}']),
  },
  {
    known: 'GHSA-xv97-c62v-4587 (CVE-2022-35924), GHSA-5jpx-9hw9-2fx4',
    mistake: 'a link was mailed to several addresses',
    test: TEMPLATES,
    title: 'none, or more than one',
    planted: plant('mail/address.ts', [
      'text.length <= MAX_LENGTH && ONE_ADDRESS.test(text);',
      "text.split(',').every((one) => ONE_ADDRESS.test(one));",
    ]),
  },
  {
    known: 'GHSA-hp5w-3hxx-vmwf (CVE-2026-34751)',
    mistake: 'something else than a text was taken for the address of a forgotten password',
    test: RESET,
    title: 'asks for an address and nothing odd',
    planted: plant('accounts/input.ts', [
      `  const value = body[name];
  if (typeof value !== 'string' || value === '') throw`,
      `  const value = body[name] as string;
  if (!value) throw`,
    ]),
  },
  {
    known: 'GHSA-hp5w-3hxx-vmwf (CVE-2026-34751)',
    mistake: 'a registration took what is not for newcomers to say',
    test: REGISTRATION,
    title: 'refuses',
    planted: plant('accounts/registration.ts', [
      'if (other !== undefined) throw',
      'if (other === undefined + "") throw',
    ]),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518)',
    mistake: 'a link to reset a password was good for several at once',
    test: RESET,
    title: 'of twenty at once, one wins',
    planted: plant('accounts/password-reset.ts', ["AND COALESCE(password, '') = ?", "AND '' <= ?"]),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518)',
    mistake: 'an invitation was accepted several times',
    test: INVITATIONS,
    title: 'mail a link that is good for one acceptance',
    planted: plant('accounts/invitations.ts', [
      " WHERE email = ? AND status = 'invited' RETURNING id",
      ' WHERE email = ? RETURNING id',
    ]),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518)',
    mistake: 'a link to sign in was good more than once',
    test: EMAIL_LOGIN,
    title: 'with the link, once, of twenty at once',
    planted: plant(
      'auth/login/email-login-tickets.ts',
      [
        "'DELETE FROM limen_email_logins WHERE id = ? AND expires > ?'",
        "'UPDATE limen_email_logins SET failures = 0 WHERE id = ? AND expires > ?'",
      ],
      ['    await endEmailLogins(tx, this.#store, user);', ''],
    ),
  },
  {
    known: 'GHSA-fmh4-wcc4-5jm3 (CVE-2026-53514)',
    mistake: 'an invitation was good for another address than the one it was mailed to',
    test: INVITATIONS,
    title: 'are bound to the address: renamed, withdrawn, deleted, they are worth nothing',
    planted: plant(
      'accounts/invitations.ts',
      ["    if (waiting?.status !== 'invited') throw invalidInvite();", ''],
      [
        " WHERE email = ? AND status = 'invited' RETURNING id",
        " WHERE ? <> '' AND status IN ('invited', 'archived') RETURNING id",
      ],
    ),
  },
  {
    known: 'GHSA-jgf4-vwc3-r46v (CVE-2024-39896)',
    mistake: 'the public learned by an invitation who has an account',
    test: INVITATIONS,
    title: 'are not for the public, even where it may create users',
    planted: plant('accounts/invitations.ts', ["if (accountability.kind !== 'user') throw forbidden();", '']),
  },
  {
    known: 'GHSA-cf45-hxwj-4cfj',
    mistake: 'a list of addresses was passed by what two parsers read differently',
    test: ADDRESSES,
    title: 'and tricks, more than a hundred, which are none',
    planted: plant('kernel/allowed-address.ts', [
      "if (!written || written[1]?.includes('@') || DOT_SEGMENT.test(written[2] ?? '')) return () => false;",
      '',
    ]),
  },
  {
    known: 'GHSA-fr3w-2p22-6w7p (CVE-2024-28239), GHSA-vp58-j275-797x',
    mistake: 'another port or scheme passed for the address of the list',
    test: ADDRESSES,
    title: 'and tricks, more than a hundred, which are none',
    planted: plant('kernel/allowed-address.ts', ['known.origin === url.origin', 'known.hostname === url.hostname']),
  },
  {
    known: 'a link that was opened elsewhere',
    mistake: 'a link signed in whoever opened it, in any browser',
    test: EMAIL_LOGIN,
    title: 'only in the browser that asked',
    planted: plant('auth/login/email-login.ts', ['const asked = anyBrowser ? null : browser;', 'const asked = null;']),
  },
  {
    known: 'a short code without a limit',
    mistake: 'a code could be guessed as often as one likes',
    test: EMAIL_LOGIN,
    title: 'a code is guessed five times at most, in parallel too',
    planted: plant('auth/login/email-login-tickets.ts', ['const MAX_TRIES = 5;', 'const MAX_TRIES = 5_000;']),
  },
  {
    known: 'a login that is switched off',
    mistake: 'a link was a way around a login that is switched off',
    test: EMAIL_LOGIN,
    title: 'no way around AUTH_DISABLE_DEFAULT',
    planted: plant('http/routes/accounts.ts', [' && !config.authDisableDefault) return;', ') return;']),
  },
  {
    known: 'an account of a provider',
    mistake: 'mail opened an account that a provider answers for',
    test: EMAIL_LOGIN,
    title: 'not for accounts that may not sign in with a password here',
    planted: plant('accounts/holder.ts', [' || row.provider !== DEFAULT_PROVIDER) return null;', ') return null;']),
  },
  {
    known: 'secrets in logs',
    mistake: 'the answer of a mail server brought a token into the log',
    test: OUTBOX,
    title: 'is given up in the end, and the log says so without the token',
    planted: plant('mail/outbox.ts', ["(secret ? rest.replaceAll(secret, '…') : rest)", '(secret ? rest : rest)']),
  },
];
