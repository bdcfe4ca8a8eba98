import '../queries/zone.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { APP_PERMISSIONS } from '../../src/access/app-access.ts';
import { asAuthor } from '../../src/access/author-variables.ts';
import { AccessProfile, type CollectionAccess } from '../../src/access/index.ts';
import { ShareProfile } from '../../src/access/shares.ts';
import { type TokenScope, withinScope } from '../../src/access/token-scope.ts';
import { touchedFields } from '../../src/access/touched.ts';
import { anchorsOf } from '../../src/query/anchors.ts';
import type { Snapshot } from '../../src/schema/types.ts';
import { emitPredicate, type Predicate, StatementWriter } from '../../src/sql/index.ts';
import type { Action } from '../../src/wire/index.ts';
import { bookshop, type Granted, profileWith, told } from './bookshop.ts';

const ACTIONS: readonly Action[] = ['create', 'read', 'update', 'delete', 'share'];
const read = (...rules: Granted[1][]): Granted[] => rules.map((rule) => ['books', rule]);

/** Permissions, and the collections that are asked about. */
const RIGHTS: Readonly<Record<string, readonly Granted[] | null>> = {
  'of an administrator': null,
  'of nobody': [],
  'with a rule for everything beside others': read({ title: 'a' }, {}, { title: 'b' }),
  'with rules that include each other': read(
    { title: 'a' },
    { _and: [{ title: 'a' }, { pages: { _gt: 1 } }] },
    { _and: [{ pages: { _gt: 1 } }, { title: 'b' }] },
    { _and: [{ title: 'b' }, { pages: { _gt: 1 } }, { live: true }] },
  ),
  'with one list of values': read(
    { title: 'a' },
    { title: { _in: ['b', 'c'] } },
    { status: 'x' },
    { title: { _in: ['$CURRENT_USER', 'd'] } },
    { title: { _eq: '$CURRENT_USER' } },
    { _and: [{ title: 'a' }, { pages: 7 }] },
    { _and: [{ title: 'z' }, { pages: 7 }] },
    { _and: [{ title: { _in: ['a', 'b'] } }, { sold: 3 }] },
  ),
  'with what a list takes anyway': read(
    { title: { _in: ['a', 'b'] } },
    { title: 'c' },
    { _and: [{ title: 'b' }, { pages: { _gt: 7 } }] },
    { _and: [{ title: { _in: ['a', 'c'] } }, { sold: { _gt: 3 } }] },
    { _and: [{ title: { _in: ['a', 'd'] } }, { sold: { _gt: 4 } }] },
    { _and: [{ title: '$CURRENT_USER' }, { sold: { _gt: 5 } }] },
    { _and: [{ status: 'a' }, { sold: { _gt: 6 } }] },
  ),
  'with a list of values under a condition': read(
    { _and: [{ title: 'a' }, { live: true }] },
    { _and: [{ title: 'b' }, { live: true }] },
    { _and: [{ pages: 1 }, { live: true }] },
    { _and: [{ pages: 2 }, { live: true }] },
    { _and: [{ pages: 3 }, { live: { _gt: false } }] },
  ),
  'with a condition that several share': read(
    { _and: [{ live: { _neq: true } }, { title: { _gt: 'a' } }] },
    { _and: [{ live: { _neq: true } }, { title: { _lt: 'b' } }] },
    { _and: [{ live: { _neq: true } }, { pages: { _lt: 3 } }, { sold: { _gt: 1 } }] },
    { _and: [{ sold: { _gt: 1 } }, { pages: { _gt: 9 } }] },
    { status: { _contains: 'x' } },
  ),
  'with three cases of a column': read(
    { _and: [{ title: 'a' }, { pages: { _gt: 1 } }] },
    { _and: [{ title: 'b' }, { pages: { _gt: 2 } }] },
    { _and: [{ title: { _in: ['c', 'd'] } }, { pages: { _gt: 3 } }] },
    { status: { _starts_with: 'x' } },
  ),
  'with two cases of a column': read(
    { _and: [{ title: 'a' }, { pages: { _gt: 1 } }] },
    { _and: [{ title: 'b' }, { pages: { _gt: 2 } }] },
  ),
  'with cases of numbers': read(
    { _and: [{ pages: 1 }, { title: { _gt: 'a' } }] },
    { _and: [{ pages: 2 }, { title: { _gt: 'b' } }] },
    { _and: [{ pages: 3 }, { title: { _gt: 'c' } }] },
    { _and: [{ pages: 1 }, { title: { _lt: 'd' } }] },
  ),
  'with values that are spelled alike': read(
    { _and: [{ title: 'a' }, { pages: { _gt: 1 } }] },
    { _and: [{ title: 'A' }, { pages: { _gt: 2 } }] },
    { _and: [{ title: 'a ' }, { pages: { _gt: 3 } }] },
  ),
  'with values that no database tells apart for sure': read(
    { _and: [{ price: '1' }, { pages: { _gt: 1 } }] },
    { _and: [{ price: '2' }, { pages: { _gt: 2 } }] },
    { _and: [{ price: '3' }, { pages: { _gt: 3 } }] },
    { _and: [{ pages: 1.5 }, { sold: { _gt: 3 } }] },
    { _and: [{ pages: '2' }, { sold: { _gt: 4 } }] },
    { _and: [{ pages: '3' }, { sold: { _gt: 5 } }] },
  ),
  'with rules that can not be understood': [
    ...read({ nothing: 1 }, { title: { _eq: '$CURRENT_NOTHING' } }, { title: { _like: 'x' } }),
    ['notes', { _or: [{ nothing: 1 }] }],
    ['authors', { books: { author: { books: { author: { books: { title: 'a' } } } } } }],
    ['nothing', null],
    ['folder', null],
  ],
  'over relations': [
    ['books', { author: { name: '$CURRENT_USER.name' } }, ['id', 'title']],
    ['books', { notes: { _some: { stars: { _gt: 1 } } } }, ['id', 'notes', 'nothing']],
    ['books', { blocks: { 'item:authors': { name: 'x' } } }, ['id', 'line', 'seed']],
    ['books', { _and: [{ 'count(notes)': { _gt: 1 } }, { 'year(printed)': 2030 }, { 'count(doc)': 2 }] }, ['id']],
    ['notes', { book: { _none: { author: { name: 'x' } } } }],
    ['authors', { '$FOLLOW(books,author)': { title: 'a' } }],
    ['shelves', { children: { _null: true } }],
  ],
  'to write': [
    ['books', { title: 'a' }, ['title'], 'create', { presets: { title: 'a', pages: 1 }, validation: { pages: 1 } }],
    ['books', null, ['pages'], 'create', { presets: { title: 'b' }, validation: { title: { _nnull: true } } }],
    ['books', { title: 'a' }, ['*'], 'update'],
    ['books', { title: 'b' }, [], 'update'],
    ['books', { title: 'c' }, [], 'delete'],
    ['notes', { _and: [{ body: 'x' }, { doc: 1 }] }, ['*'], 'delete'],
    ['shelves', { label: 'x' }, ['*'], 'share'],
  ],
};

const COLLECTIONS = [
  'books',
  'notes',
  'authors',
  'shelves',
  'blocks',
  'closed',
  'folder',
  'nothing',
  'directus_users',
  'directus_permissions',
];

function condition(predicate: Predicate): string {
  const writer = new StatementWriter('sqlite');
  return told(writer.finish(emitPredicate(writer, 't', predicate)));
}

/** Fields by the condition under which they count. */
function fieldsOf({ fields }: CollectionAccess): string[] {
  const groups = Map.groupBy(fields, ([, visible]) => (visible ? condition(visible) : 'always'));
  return [...groups].map(([when, list]) => `  ${list.map(([name]) => name).join(' ')}: ${when.replace('\n', '\n  ')}`);
}

function access(profile: AccessProfile, name: string, action: Action): string[] {
  const allowed = profile.access(name, action);
  if (!allowed) return [];
  const { collection, rows, presets, validations, grants } = allowed;
  const lines = [`${action} ${name}: ${rows ? condition(rows) : 'all'}`, ...fieldsOf(allowed)];
  const more = Object.keys(presets).length + validations.length;
  if (more > 0) lines.push(`  presets ${JSON.stringify(presets)} validations ${JSON.stringify(validations)}`);
  for (const { rule, permission } of grants) {
    const touched = touchedFields(profile.snapshot, collection, rule);
    const names = touched.map(({ collection: on, field, own }) => `${own ? '' : `${on}.`}${field}`);
    lines.push(`  permission ${permission.id}: found by ${anchorsOf(rule)}, looks at ${names}`);
  }
  return lines;
}

function allowedBy(profile: AccessProfile, names: readonly string[] = COLLECTIONS): string {
  const facts = `admin ${profile.admin}, app ${profile.app}, 2fa ${profile.enforceTfa}, policies ${profile.policies}, permissions ${profile.permissions.length}`;
  const lines = names.flatMap((name) => ACTIONS.flatMap((action) => access(profile, name, action)));
  return `${[facts, ...lines].join('\n')}\n`;
}

/** A change of what permissions allow shows in a file. `npx vitest run … --update` writes it anew. */
describe('rights', () => {
  let snapshot: Snapshot;
  beforeAll(async () => {
    snapshot = await bookshop();
  });

  const inFile = (name: string): string => `expected/${name.replaceAll(' ', '-')}.txt`;

  it.each(Object.keys(RIGHTS))('%s', async (name) => {
    const profile = profileWith(snapshot, RIGHTS[name] ?? null);
    await expect(allowedBy(profile)).toMatchFileSnapshot(inFile(`rights ${name}`));
  });

  const READER: readonly Granted[] = [
    ['books', { status: 'shown' }, ['*']],
    ['books', { live: true }, ['id', 'title', 'notes', 'author']],
    ['authors', { name: '$CURRENT_USER' }],
    ['notes', null],
    ['blocks', null],
    ['shelves', null, ['id', 'label', 'children']],
    ['directus_users', null],
  ];

  it.each<[name: string, role: readonly Granted[] | null, author: readonly Granted[] | null, collection: string]>([
    ['of administrators', null, null, 'books'],
    ['of a reader by an administrator', READER, null, 'books'],
    ['of an administrator by a reader', null, READER, 'books'],
    [
      'of a note',
      READER,
      [
        ['notes', { book: { author: '$CURRENT_USER' } }],
        ['books', { title: '$CURRENT_ROLE' }],
      ],
      'notes',
    ],
    ['of what the author may not read', READER, [['notes', null]], 'books'],
    ['of what nobody may read', READER, null, 'closed'],
    ['of nothing', READER, null, 'nothing'],
    ['of a shelf', null, READER, 'shelves'],
  ])('shares %s', async (name, role, author, collection) => {
    const profile = new ShareProfile(profileWith(snapshot, role), profileWith(snapshot, author), {
      collection,
      item: '7',
    });
    const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });
    expect(() => profile.entry('blocks')).toThrow(forbidden);
    const opened = profile.access(collection, 'read');
    if (opened) expect(profile.entry(collection)).toBe(opened);
    else expect(() => profile.entry(collection)).toThrow(forbidden);
    await expect(allowedBy(profile)).toMatchFileSnapshot(inFile(`shares ${name}`));
  });

  it('of an author leave values of rules as they are', () => {
    const variable = { kind: 'variable', variable: { kind: 'user', path: [] } };
    const literal = { kind: 'literal', value: variable };
    expect(asAuthor([literal, variable, null, 1])).toEqual([
      literal,
      { kind: 'variable', variable: { kind: 'user', path: [], of: 'author' } },
      null,
      1,
    ]);
  });

  it('of app access alone', async () => {
    const facts = { admin: false, app: true, enforceTfa: false, policies: [], maxDepth: 4 };
    const profile = new AccessProfile({ ...facts, permissions: APP_PERMISSIONS, snapshot });
    const names = [...new Set(APP_PERMISSIONS.map(({ collection }) => collection))];
    await expect(allowedBy(profile, names)).toMatchFileSnapshot(inFile('rights of app access'));
  });

  const scopeOf = (collections: Readonly<Record<string, Action[]>> | null): TokenScope => ({
    key: 'k',
    policies: null,
    collections: collections && new Map(Object.entries(collections).map(([name, list]) => [name, new Set(list)])),
  });

  it.each<[name: string, granted: readonly Granted[] | null, scope: TokenScope | undefined]>([
    ['without a scope', READER, undefined],
    ['for policies only', READER, scopeOf(null)],
    ['for some collections', READER, scopeOf({ notes: ['read'], books: ['update'] })],
    ['for everything but writes', READER, scopeOf({ '*': ['read'] })],
    ['of an administrator', null, scopeOf({ '*': ['read'], notes: ['create', 'share'] })],
    ['of an administrator for nothing', null, scopeOf({})],
  ])('tokens %s', async (name, granted, scope) => {
    const profile = withinScope(profileWith(snapshot, granted), scope, 4);
    await expect(allowedBy(profile)).toMatchFileSnapshot(inFile(`tokens ${name}`));
  });
});
