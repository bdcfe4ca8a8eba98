import type { Planted, Threat } from './threats.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

const ENDING = 'sessions/access-tokens-ending.test.ts';
const OWN = 'sessions/own-sessions.test.ts';
const NAMED = 'tokens/named-tokens.test.ts';
const KEYS = 'tokens/signing-keys.test.ts';
const ISSUERS = 'tokens/issuers.test.ts';

/** Of sessions, and of tokens of every kind. */
export const TOKEN_THREATS: readonly Threat[] = [
  {
    known: 'GHSA-5v66-m237-hwf7 (CVE-2025-4643)',
    mistake: 'an access token was alive after logout',
    test: ENDING,
    title: 'end with the logout of their session, on every node',
    planted: plant('auth/token-bars.ts', ['bar !== null && issued', 'bar === null && issued']),
  },
  {
    known: 'GHSA-g65h-35f3-x2w3 (CVE-2024-34709), of one session among several',
    mistake: 'a session that was ended by its owner went on',
    test: OWN,
    title: 'mode end one by one, at once, with all their tokens',
    planted: plant('auth/sessions.ts', [
      'if (first) await this.#bars.raise',
      'if (first === null) await this.#bars.raise',
    ]),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g, of access tokens without a session',
    mistake: 'a changed password left them',
    test: OWN,
    title: 'end with another password but for the one that gives it',
    planted: plant('resources/users.ts', [
      'if (payload.password !== undefined) await',
      'if (payload.password === null) await',
    ]),
  },
  {
    known: 'GHSA-392p-2q2v-4372 (CVE-2026-53517)',
    mistake: 'parallel refreshes made several successors',
    test: 'auth/sessions.test.ts',
    title: 'gives 200 parallel callers with a session token the same successor',
    planted: plant('auth/session-tokens.ts', ["this.#mac('successor', plain));", 'randomBytes(PART));']),
  },
  {
    known: 'GHSA-7w99-5wm4-3g79 (CVE-2026-53518)',
    mistake: 'a spent token could be spent again',
    test: 'auth/sessions.test.ts',
    title: 'gives 200 parallel callers with a session token the same successor',
    planted: plant('auth/session-statements.ts', [
      'AND limen_kind = ? AND next_token IS NULL AND expires > ? AND share',
      'AND limen_kind = ? AND expires > ? AND share',
    ]),
  },
  {
    known: 'GHSA-392p-2q2v-4372, reuse',
    mistake: 'the family of a token that was used twice went on',
    test: ENDING,
    title: 'end with the family of a stolen refresh token',
    planted: plant('auth/session-statements.ts', [
      'AND newest.limen_rotated_at <= ?)',
      'AND newest.limen_rotated_at < ? AND 1 = 0)',
    ]),
  },
  {
    known: 'two tabs, or a lost answer',
    mistake: 'a spent token that came back at once was taken for theft',
    test: ENDING,
    title: 'do not end, nor anything else, when a spent refresh token comes back in a hurry',
    planted: plant('auth/sessions.ts', ['const HURRY_MS = 10_000;', 'const HURRY_MS = 0;']),
  },
  {
    known: 'GHSA-26rv-h2hf-3fw4 (CVE-2025-4644)',
    mistake: 'a token of a deleted account opened the one that got its id',
    test: OWN,
    title: 'do not open an account that takes the id of one that another program deleted',
    planted: plant('resources/users.ts', ['if (payload.id !== undefined) for', 'if (payload.id === null) for']),
  },
  {
    known: 'GHSA-4vcf-q4xf-f48m, of sessions',
    mistake: 'a session was ended by whoever knew its id',
    test: OWN,
    title: 'are nobody else’s, but for administrators',
    planted: plant('auth/session-statements.ts', [
      'WHERE "user" = ? AND limen_family = ?',
      'WHERE length(?) > 0 AND limen_family = ?',
    ]),
  },
  {
    known: 'GHSA-4vcf-q4xf-f48m, of tokens',
    mistake: 'a token was deleted by whoever knew its id',
    test: NAMED,
    title: 'of others are for administrators, and everybody else sees nothing there',
    planted: plant('auth/api-tokens/owning.ts', [
      'DELETE FROM limen_tokens WHERE id = ? AND "user" = ?',
      'DELETE FROM limen_tokens WHERE id = ? AND length(?) > 0',
    ]),
  },
  {
    known: 'GHSA-99h5-pjcv-gr6v (CVE-2025-61928)',
    mistake: 'a token was made for the user that the body named',
    test: NAMED,
    title: 'belong to whoever asks, whatever the body says',
    planted: plant('auth/api-tokens/owning.ts', ['  if (unknown !== undefined) {', '  if (unknown === null) {']),
  },
  {
    known: 'GHSA-99h5-pjcv-gr6v, by the path',
    mistake: 'a token was made for the user that the path named',
    test: NAMED,
    title: 'of others are for administrators, and everybody else sees nothing there',
    planted: plant('http/routes/account-owner.ts', ['!access.profile.admin || !UUID', '!UUID']),
  },
  {
    known: 'GHSA-q4h3-38gc-4p4j (CVE-2026-55377), by tokens',
    mistake: 'a token made itself a password',
    test: NAMED,
    title: 'change no credentials and make none, not even those of an administrator',
    planted: plant('auth/credential-changes.ts', ["accountability.proof === 'token' || ", '']),
  },
  {
    known: 'GHSA-c6w9-5g5j-jh2p, of the scopes of tokens',
    mistake: 'one token got what another one may read',
    test: NAMED,
    title: 'get each their own answer from one address, in any order',
    planted: plant('access/engine.ts', [' within ${narrower.key}`', ' within`']),
  },
  {
    known: 'a narrow token of an administrator',
    mistake: 'it administrated all the same',
    test: NAMED,
    title: 'leave an administrator what is named and nothing else',
    planted: plant('access/token-scope.ts', ['    admin: false,', '    admin: profile.admin,']),
  },
  {
    known: 'a scope that names more than its user may',
    mistake: 'it gave what it named',
    test: NAMED,
    title: 'never give what the user does not have',
    planted: plant('access/token-scope.ts', ['profile.admin ? everyPermission', 'profile ? everyPermission']),
  },
  {
    known: 'a scope of policies',
    mistake: 'all policies of the user counted',
    test: NAMED,
    title: 'leave of the policies only those that are named',
    planted: plant('access/token-scope.ts', [
      'left ? policies.filter(({ id }) => left.has(id)) : policies',
      'left ? policies : policies',
    ]),
  },
  {
    known: 'a token from another address',
    mistake: 'its list was not looked at',
    test: NAMED,
    title: 'count from their addresses only',
    planted: plant('auth/api-tokens/finding.ts', ['!token.addresses.includes(ip)', 'token.addresses === null']),
  },
  {
    known: 'a token that is over',
    mistake: 'it was remembered as good',
    test: NAMED,
    title: 'end when they said they would',
    planted: plant('auth/api-tokens/finding.ts', ['token.expires <= now', 'token.expires <= 0']),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g, of named tokens',
    mistake: 'the token of a suspended user was remembered as good',
    test: NAMED,
    title: 'end with the suspension of their user at once',
    planted: plant('auth/api-tokens/finding.ts', [
      'if ((await this.#identities.user(kept.user.id)) === kept.user) return',
      'if (kept.user) return',
    ]),
  },
  {
    known: 'JWS verification corpus: another algorithm',
    mistake: 'a key was used with the algorithm that the token named',
    test: KEYS,
    title: 'forged ones are refused',
    planted: plant('auth/signing/signing-keys.ts', ['key.algorithm === alg && ', '']),
  },
  {
    known: 'JWS verification corpus: extensions',
    mistake: 'an extension that is not understood was passed over',
    test: KEYS,
    title: 'forged ones are refused',
    planted: plant('auth/access-token.ts', [' && crit === undefined', '']),
  },
  {
    known: 'a key that was replaced',
    mistake: 'its tokens were refused before their time',
    test: KEYS,
    title: 'a token outlives the replacement of its key',
    planted: plant('auth/signing/signing-keys.ts', ['return Math.max(', 'return Math.min(']),
  },
  {
    known: 'a claim from a concealed field',
    mistake: 'a token told of it',
    test: KEYS,
    title: 'publishes its keys, and tells of fields that are not concealed',
    planted: plant('auth/signing/extra-claims.ts', [' && !field.concealed', '']),
  },
  {
    known: 'GHSA-v36f-qvww-8w8m (CVE-2026-31813)',
    mistake: 'a token for another audience counted',
    test: ISSUERS,
    title: 'are refused when anything about them is wrong',
    planted: plant('auth/issuers/issuer-tokens.ts', ['audience: [...issuer.audience],', '']),
  },
  {
    known: 'GHSA-xv3q-jrmm-4fxv, GHSA-583x-23h9-f5w7 (CVE-2023-22893)',
    mistake: 'an algorithm counted that nobody allowed',
    test: ISSUERS,
    title: 'are refused when anything about them is wrong',
    planted: plant('auth/issuers/issuer-tokens.ts', ['[...issuer.algorithms],', "[...issuer.algorithms, 'RS512'],"]),
  },
  {
    known: 'a token of another issuer without an end',
    mistake: 'it counted for ever',
    test: ISSUERS,
    title: 'are refused when anything about them is wrong',
    planted: plant('auth/issuers/issuer-tokens.ts', ["requiredClaims: ['exp', 'iss', 'aud'],", '']),
  },
  {
    known: 'GHSA-pq7p-mc74-g65w (CVE-2026-44166), GHSA-m93w-4fxv-r35v (CVE-2024-38351)',
    mistake: 'an address that nobody had verified was somebody',
    test: ISSUERS,
    title: 'find people by their address only where the issuer has verified it',
    planted: plant('auth/issuers/issuer-users.ts', ['if (claims.email_verified !== true) return null;', '']),
  },
];
