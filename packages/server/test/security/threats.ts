import { ACCOUNT_THREATS } from './threats-accounts.ts';
import { DIRECTORY_THREATS } from './threats-directories.ts';
import { GRAPHQL_THREATS } from './threats-graphql.ts';
import { OUTBOUND_THREATS } from './threats-outbound.ts';
import { PROVIDER_THREATS } from './threats-providers.ts';
import { REALTIME_THREATS } from './threats-realtime.ts';
import { SIGN_ON_THREATS } from './threats-sign-on.ts';
import { SOCKET_THREATS } from './threats-sockets.ts';
import { TOKEN_THREATS } from './threats-tokens.ts';

/**
 * What went wrong in servers that do the same job, and the tests that keep it out of this one. `planted` brings the mistake
 * back: `npm run test:planted` makes it in a copy of the sources and runs the test, which has to fail.
 */
export interface Threat {
  /** The advisory, or where it was told of. */
  readonly known: string;
  readonly mistake: string;
  /** Below packages/server/test. */
  readonly test: string;
  /** The title of one test in it, or the part of it that is written there. */
  readonly title: string;
  readonly planted: Planted;
}

/** A mistake: texts of a file below packages/server/src, each of which stands there once, and what is put in their place. */
export interface Planted {
  readonly file: string;
  readonly edits: readonly (readonly [find: string, put: string])[];
}

const CANARIES = 'canaries/canaries.test.ts';

const plant = (file: string, ...edits: (readonly [string, string])[]): Planted => ({ file, edits });

export const THREATS: readonly Threat[] = [
  {
    known: 'GHSA-c6w9-5g5j-jh2p',
    mistake: 'the key of a cache had not all that the answer depends on',
    test: 'security/identities.test.ts',
    title: 'do not get the answers of each other',
    planted: plant('access/engine.ts', [": ids.join(' ');", ": '';"]),
  },
  {
    known: 'a cached decision that ignored the address of the client',
    mistake: 'a policy that is bound to an address was used from another one',
    test: 'security/identities.test.ts',
    title: 'and the words of one address hold at no other',
    planted: plant('access/engine.ts', [
      'return policiesFrom(attachedPolicies(model, own, roles), ip);',
      'return policiesFrom(attachedPolicies(model, own, roles), (globalThis.name ||= ip ?? ""));',
    ]),
  },
  {
    known: 'GHSA-p623-wgx3-wxp8',
    mistake: 'a refused change left something behind',
    test: 'journeys/denied-requests.test.ts',
    title: 'a denied request did nothing',
    planted: plant('store/sqlite/store.ts', [
      "if (this.#writer.inTransaction) this.#writer.run('ROLLBACK');",
      "if (this.#writer.inTransaction) this.#writer.run('COMMIT');",
    ]),
  },
  {
    known: 'GHSA-6hpw-rhhq-6xq3',
    mistake: 'an action was done before anybody asked whether it may be',
    test: 'security/closed-doors.test.ts',
    title: 'are closed to those without permissions',
    planted: plant('resources/caches.ts', [
      'if (!access.profile.admin) throw forbidden();',
      'if (!access) throw forbidden();',
    ]),
  },
  {
    known: 'GHSA-7h45-q5jx-7r87',
    mistake: 'a share was pointed to another item',
    test: 'shares/changing.test.ts',
    title: 'is not re-pointed to what its author may not share',
    planted: plant('resources/shares.ts', [
      'item = await requireShareable(store, context, after.collection, after.item);',
      'item = await requireShareable(store, context, before.collection, before.item);',
    ]),
  },
  {
    known: 'GHSA-pmf4-v838-29hg (CVE-2025-24353)',
    mistake: 'a share gave more than its author may read',
    test: 'shares/limits.test.ts',
    title: 'lends no right that its author has not, however strong the role',
    planted: plant('access/shares.ts', ['    this.#author = author;', '    this.#author = role;']),
  },
  {
    known: 'GHSA-pqp8-63c5-fm34',
    mistake: 'a share led to the neighbours of its item',
    test: 'shares/reach.test.ts',
    title: 'leads to no other book over',
    planted: plant('access/shares.ts', [
      'const rows = allOf([readable.rows ?? ALWAYS, this.#reach.rows(readable.collection)]);',
      'const rows = allOf([readable.rows ?? ALWAYS]);',
    ]),
  },
  {
    known: 'GHSA-7p53-c7p5-8j2j',
    mistake: 'a version held changes that its author may not make',
    test: 'resources/versions.test.ts',
    title: 'saving takes the right to change the item, in its fields',
    planted: plant('resources/versions.ts', [
      'const allowed = await writer.permitted(name, version.item, payload);',
      'const allowed = payload;',
    ]),
  },
  {
    known: 'GHSA-99vm-5v2h-h6r6',
    mistake: 'fields of one permission went with the items of another',
    test: 'security/overlapping-updates.test.ts',
    title: 'nobody sets the password of those whose name they may change',
    planted: plant('items/require-rows.ts', ['if (condition) conditions.add(condition);', 'if (condition) continue;']),
  },
  {
    known: 'policies of one user applied to another through a cache',
    mistake: 'what was kept for one user was given to another',
    test: 'security/identities.test.ts',
    title: 'do not get the answers of each other',
    planted: plant(
      'access/engine.ts',
      ['this.#policiesOfUser.get(user)', 'this.#policiesOfUser.get(user.slice(0, 1))'],
      ['this.#policiesOfUser.set(user, loaded)', 'this.#policiesOfUser.set(user.slice(0, 1), loaded)'],
    ),
  },
  {
    known: 'GHSA-7wq3-jr35-275c (CVE-2025-30352)',
    mistake: 'search looked into fields that the caller may not read',
    test: CANARIES,
    title: 'asked by fields',
    planted: plant(
      'query/search.ts',
      ['if (!operator || !guard.readable(collection, field.name)) continue;', 'if (!operator) continue;'],
      ['left: columnOf(field, guard.field(collection, field.name)),', 'left: columnOf(field, null),'],
    ),
  },
  {
    known: 'GHSA-8jpw-gpr4-8cmh (CVE-2025-64748)',
    mistake: 'search found concealed values',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('query/search.ts', [
      'if (!field.column || !field.searchable || field.concealed || field.hashed) continue;',
      'if (!field.column || !field.searchable) continue;',
    ]),
  },
  {
    known: 'GHSA-38hg-ww64-rrwc (CVE-2026-35442)',
    mistake: 'the least and the greatest of a concealed field are its values',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('query/aggregate.ts', [
      'if (!field || field.concealed || field.hashed) throw forbidden();',
      'if (!field) throw forbidden();',
    ]),
  },
  {
    known: 'GHSA-p8v3-m643-4xqx (CVE-2024-34708)',
    mistake: 'under an alias a concealed field was shown',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('query/emit.ts', ['if (field?.concealed)', 'if (field?.concealed && key === field.name)']),
  },
  {
    known: 'GHSA-m5q3-8wgf-x8xf (CVE-2023-27481)',
    mistake: 'a filter told hashes apart, letter by letter',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('access/filter/operators.ts', [
      'if (field && (field.concealed || field.hashed)) {',
      "if (field && field.name === '') {",
    ]),
  },
  {
    known: 'GHSA-2xcm-7h22-3m66',
    mistake: 'a filter saw related items outside of the rule',
    test: CANARIES,
    title: 'asked by rows',
    planted: plant('access/filter/compile.ts', [
      '{ guard: this.#context.guard.rows(related), visible }',
      '{ guard: null, visible }',
    ]),
  },
  {
    known: 'GHSA-rjg2-95x7-8qmx (CVE-2026-27886)',
    mistake: 'a filter over relations asked about fields that the caller may not read',
    test: CANARIES,
    title: 'asked by fields',
    planted: plant('access/filter/compile.ts', [
      'return this.#context.guard ? this.#context.guard.field(collection, name) : null;',
      'return this.#context.guard?.readable(collection, name) ? this.#context.guard.field(collection, name) : null;',
    ]),
  },
  {
    known: 'GHSA-35jj-vqcf-f2jf (CVE-2023-30843)',
    mistake: 'the order of concealed values told them apart',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('query/list.ts', [
      'if (field.concealed || field.hashed) throw forbidden();',
      'if (field.hashed) throw forbidden();',
    ]),
  },
  {
    known: 'GHSA-chmr-rg2f-9jmf (CVE-2023-34093)',
    mistake: 'what somebody may read of some items was shown of all',
    test: CANARIES,
    title: 'asked by mixed',
    planted: plant('access/effective.ts', ['fields.set(name, condition);', 'fields.set(name, null);']),
  },
  {
    known: 'GHSA-m284-85mf-cgrc (CVE-2023-37263)',
    mistake: 'a variable brought what the caller may not read into the caller’s own filter',
    test: CANARIES,
    title: 'asked by everything',
    planted: plant('access/filter/operators.ts', [
      "(variable.kind === 'user' || variable.kind === 'role') && variable.path.length > 0",
      'variable.kind === undefined',
    ]),
  },
  {
    known: 'GHSA-7ch5-98q2-7289 (CVE-2026-30947)',
    mistake: 'the seed of one-time passwords was shown to its owner and to administrators',
    test: CANARIES,
    title: 'asked by admin',
    planted: plant('store/system-tables/access.ts', [
      "varchar('tfa_secret', 255, { special: ['conceal'] }),",
      "varchar('tfa_secret', 255),",
    ]),
  },
  {
    known: 'GHSA-mvv8-v4jj-g47j (CVE-2026-39943)',
    mistake: 'revisions kept secrets',
    test: 'journeys/secrets.test.ts',
    title: 'and the hash of a password only in its own column',
    planted: plant('items/update.ts', ['const delta = concealed(collection, own);', 'const delta = own;']),
  },
  {
    known: 'GHSA-r9xq-xp38-j4j3',
    mistake: 'whoever may use the app could read the keys of providers',
    test: 'security/app-access.test.ts',
    title: 'sees of what is named like a secret a mask',
    planted: plant('store/system-tables/settings.ts', [
      "text('ai_openai_api_key', { special: ['conceal'] }),",
      "text('ai_openai_api_key'),",
    ]),
  },
  {
    known: 'GHSA-9x5g-62gj-wqf2 (CVE-2025-64746)',
    mistake: 'a new field inherited the permissions of an old one of its name',
    test: 'security/recreated-names.test.ts',
    title: 'a field',
    planted: plant('schema/ddl/forget.ts', ['await forgetInPermissions(change, collection, field);', '']),
  },
  {
    known: 'GHSA-9x5g-62gj-wqf2, of collections',
    mistake: 'a new collection inherited the permissions of an old one of its name',
    test: 'security/recreated-names.test.ts',
    title: 'a collection',
    planted: plant('schema/ddl/forget.ts', [
      "const permissions = await deleteRows(change, 'directus_permissions', { collection });",
      'const permissions = 1;',
    ]),
  },
  {
    known: 'GHSA-cph6-524f-3hgr (CVE-2025-64749)',
    mistake: 'what is not there and what is not allowed were told apart',
    test: 'security/existence.test.ts',
    title: 'answer %s as one that is not there',
    planted: plant('access/effective.ts', [
      'if (!known) return null; // names',
      "if (!known) throw new Error('no such collection'); // names",
    ]),
  },
  {
    known: 'GHSA-hxgm-ghmv-xjjm (CVE-2024-39701)',
    mistake: 'a rule with a variable that has no value let everybody in',
    test: 'security/empty-variables.test.ts',
    title: 'lets nobody in',
    planted: plant('sql/emit-predicate.ts', [
      "if (operator !== 'neq' || comparison.closed || right.kind !== 'variable') return compared;",
      "if (operator !== 'neq' || right.kind !== 'variable') return compared;",
    ]),
  },
  {
    known: 'GHSA-56p6-qw3c-fq2g',
    mistake: 'the session of a suspended user went on',
    test: 'auth/identify.test.ts',
    title: 'refuses every token of a user who is %s, at once',
    planted: plant('auth/identities.ts', ["if (row?.status !== 'active') return null;", 'if (!row) return null;']),
  },
  {
    known: 'GHSA-g65h-35f3-x2w3 (CVE-2024-34709)',
    mistake: 'a token was good after signing out',
    test: 'journeys/cookies.test.ts',
    title: 'logging out takes the cookie away and ends it also for who kept a copy',
    planted: plant('auth/sessions.ts', [
      'const ended = await tx.all(this.#sql.end, [kind, hashToken(plain), family]);',
      'const ended = await tx.all(this.#sql.end, [kind, hashToken(plain + family), ""]);',
    ]),
  },
  {
    known: 'GHSA-3fff-gqw3-vj86 (CVE-2024-6534)',
    mistake: 'a preset was moved to another user',
    test: 'security/owners.test.ts',
    title: 'do not change by a change',
    planted: plant('access/app-access.ts', [
      "grant('directus_presets', 'update', OWN_USER, ['*'], { validation: OWN_USER }),",
      "grant('directus_presets', 'update', OWN_USER, ['*']),",
    ]),
  },
  {
    known: 'GHSA-jq29-r496-r955 (CVE-2026-25574)',
    mistake: 'the preferences of others were read by their key',
    test: 'security/owners.test.ts',
    title: 'are the only ones who see, change and delete it',
    planted: plant('access/app-access.ts', [
      "grant('directus_presets', 'delete', OWN_USER),",
      "grant('directus_presets', 'delete', {}),",
    ]),
  },
  {
    known: 'GHSA-7cvf-pxgp-42fc (CVE-2025-53889), GHSA-fq27-7m2r-q6vm',
    mistake: 'an action was open to everybody',
    test: 'security/closed-doors.test.ts',
    title: 'are closed to those without permissions',
    planted: plant('access/viewer.ts', ['admin: profile.admin,', 'admin: profile !== null,']),
  },
  ...ACCOUNT_THREATS,
  ...DIRECTORY_THREATS,
  ...GRAPHQL_THREATS,
  ...OUTBOUND_THREATS,
  ...SIGN_ON_THREATS,
  ...PROVIDER_THREATS,
  ...REALTIME_THREATS,
  ...SOCKET_THREATS,
  ...TOKEN_THREATS,
];
