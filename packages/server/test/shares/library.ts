import { type Answer, Client, makeCollection } from '../resources/project.ts';
import type { StartedServer } from '../started-server.ts';

/** Stands in everything that no share may ever show. */
export const HIDDEN = 'CANARY';

export interface Rule {
  collection: string;
  action?: string;
  fields?: string[];
  permissions?: object;
}

export interface Person {
  readonly id: string;
  readonly policy: string;
  readonly token: string;
  readonly client: Client;
}

export interface Library {
  readonly admin: Client;
  /** Role of visitors, with the policy that says what a visit shows. */
  readonly reader: { readonly role: string; readonly policy: string };
  /** Shares books of status `shown`. */
  readonly nora: Person;
  /** The shared book. */
  readonly book: number;
  /** A book that is never shared. */
  readonly other: number;
  readonly files: { readonly cover: string; readonly other: string };
}

const m2o = (field: string) => ({ field, type: 'integer', meta: { special: ['m2o'] } });
const text = (field: string) => ({ field, type: 'string' });

/** What both the role of visitors and those who share may read, with every relation there is around a book. */
const READABLE: readonly Rule[] = [
  { collection: 'books', fields: ['*'], permissions: { status: { _eq: 'shown' } } },
  { collection: 'authors' },
  { collection: 'chapters' },
  { collection: 'paragraphs' },
  { collection: 'tags' },
  { collection: 'books_tags' },
  { collection: 'books_books' },
  { collection: 'blocks' },
  { collection: 'texts' },
  { collection: 'quotes' },
  { collection: 'directus_files' },
];

/** A library: a book with an author, parts, tags, kin, blocks of any kind and a cover; and as much of another book. */
export async function makeLibrary(server: StartedServer): Promise<Library> {
  const admin = new Client(server);
  await makeModel(server, admin);
  const { book, other, files } = await fill(admin);
  const role = (await made(admin, '/roles', { name: 'Readers' })).id;
  const policy = await makePolicy(admin, 'Readers', READABLE, { role });
  const nora = await makePerson(server, 'nora', [
    ...READABLE,
    { collection: 'books', action: 'share', permissions: { status: { _eq: 'shown' } } },
    { collection: 'directus_shares', action: 'create' },
    { collection: 'directus_shares', action: 'read' },
    { collection: 'directus_shares', action: 'update' },
    { collection: 'directus_shares', action: 'delete' },
  ]);
  return { admin, reader: { role, policy }, nora, book, other, files };
}

async function makeModel(server: StartedServer, admin: Client): Promise<void> {
  await makeCollection(server, 'authors', [text('name')]);
  const plain = ['title', 'notes', 'status'].map(text);
  const cover = { field: 'cover', type: 'uuid', meta: { special: ['file'] } };
  await makeCollection(server, 'books', [...plain, m2o('author'), m2o('parent'), cover]);
  await makeCollection(server, 'chapters', [text('title'), m2o('book')]);
  await makeCollection(server, 'paragraphs', [text('text'), m2o('chapter')]);
  await makeCollection(server, 'tags', [text('name')]);
  await makeCollection(server, 'books_tags', [m2o('book'), m2o('tag')]);
  await makeCollection(server, 'books_books', [m2o('one'), m2o('two')]);
  await makeCollection(server, 'texts', [text('body'), m2o('source'), m2o('author')]);
  await makeCollection(server, 'quotes', [text('body')]);
  await makeCollection(server, 'blocks', [m2o('book'), text('item'), text('collection')]);
  const relations: [collection: string, field: string, related: string, alias: string | null][] = [
    ['books', 'author', 'authors', 'books'],
    ['books', 'parent', 'books', 'children'],
    ['books', 'cover', 'directus_files', null],
    ['chapters', 'book', 'books', 'chapters'],
    ['paragraphs', 'chapter', 'chapters', 'paragraphs'],
    ['books_tags', 'book', 'books', 'tags'],
    ['books_tags', 'tag', 'tags', 'books'],
    ['books_books', 'one', 'books', 'kin'],
    ['books_books', 'two', 'books', 'kin_of'],
    ['blocks', 'book', 'books', 'blocks'],
    ['texts', 'source', 'books', 'quoted_in'],
    ['texts', 'author', 'authors', 'texts'],
  ];
  for (const [collection, field, related, alias] of relations) {
    if (alias) {
      const special = collection === 'blocks' ? 'm2a' : 'o2m';
      await made(admin, `/fields/${related}`, { field: alias, type: 'alias', meta: { special: [special] } });
    }
    const meta = { one_field: alias, ...(collection === 'blocks' ? { junction_field: 'item' } : {}) };
    await made(admin, '/relations', { collection, field, related_collection: related, schema: {}, meta });
  }
  const meta = { one_collection_field: 'collection', one_allowed_collections: ['texts', 'quotes'] };
  const any = { collection: 'blocks', field: 'item', related_collection: null, schema: null };
  await made(admin, '/relations', { ...any, meta: { ...meta, junction_field: 'book' } });
}

async function fill(admin: Client): Promise<Pick<Library, 'book' | 'other' | 'files'>> {
  const upload = async (name: string): Promise<string> =>
    (await admin.upload('/files', name, 'text/plain', `contents of ${name}`)).body.data.id;
  const files = { cover: await upload('cover.txt'), other: await upload(`${HIDDEN}.txt`) };
  const author = (await made(admin, '/items/authors', { name: 'Ada' })).id;
  const tag = (await made(admin, '/items/tags', { name: 'blue' })).id;
  // Has the key of a quote that belongs to the book.
  await made(admin, '/items/texts', { body: `${HIDDEN} text of the author`, author });
  const book = await makeBook(admin, { author, tag, cover: files.cover, mark: 'seen' });
  const other = await makeBook(admin, { author, tag, cover: files.other, mark: HIDDEN });
  await made(admin, '/items/authors', { name: `${HIDDEN} author` });
  await made(admin, '/items/tags', { name: `${HIDDEN} tag` });
  await made(admin, '/items/books_books', { one: book, two: other });
  await made(admin, '/items/books_books', { one: other, two: book });
  await made(admin, `/items/books/${book}`, { parent: other, children: [{ id: other }] }, 'patch');
  await made(admin, '/items/texts', { body: 'seen quoting the book', source: book });
  return { book, other, files };
}

async function makeBook(
  admin: Client,
  { author, tag, cover, mark }: { author: number; tag: number; cover: string; mark: string },
): Promise<number> {
  const { id } = await made(admin, '/items/books', {
    title: `${mark} book`,
    notes: `${HIDDEN} notes`,
    status: 'shown',
    author,
    cover,
    tags: [{ tag }],
    chapters: [{ title: `${mark} chapter`, paragraphs: [{ text: `${mark} paragraph` }] }],
    blocks: [
      { collection: 'quotes', item: { body: `${mark} quote` } },
      { collection: 'texts', item: { body: `${mark} text` } },
    ],
  });
  return id;
}

/** Creates or changes something; what it is then. */
export async function made(
  client: Client,
  path: string,
  body: object,
  method: 'post' | 'patch' = 'post',
): Promise<Answer['body']> {
  const answer = await client[method](path, body);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body.data;
}

export async function makePolicy(
  admin: Client,
  name: string,
  rules: readonly Rule[],
  holder: { role: string } | { user: string },
  more: object = {},
): Promise<string> {
  const { id } = await made(admin, '/policies', { name, ...more });
  for (const rule of rules) await allow(admin, id, rule);
  await made(admin, '/access', { policy: id, ...holder });
  return id;
}

export const allow = (admin: Client, policy: string, rule: Rule) =>
  made(admin, '/permissions', { policy, action: 'read', permissions: {}, fields: ['*'], ...rule });

/** A user without a role, with a policy of its own. */
export async function makePerson(server: StartedServer, name: string, rules: readonly Rule[]): Promise<Person> {
  const admin = new Client(server);
  const token = `token-of-${name}-0123456789`;
  const { id } = await made(admin, '/users', { email: `${name}@example.com`, password: 'a-long-password', token });
  const policy = await makePolicy(admin, name, rules, { user: id });
  return { id, policy, token, client: new Client(server, token) };
}

/** Shares a book with readers; the share's id. */
export async function share(library: Library, more: object = {}, by: Client = library.nora.client): Promise<string> {
  const { book, reader } = library;
  return (await made(by, '/shares', { collection: 'books', item: book, role: reader.role, ...more })).id;
}

/** What a visitor of a share sees with. */
export async function visit(server: StartedServer, id: string, password?: string): Promise<Client> {
  return new Client(server, await tokenOf(server, id, password));
}

export async function tokenOf(server: StartedServer, id: string, password?: string): Promise<string> {
  const answer = await new Client(server, null).post('/shares/auth', { share: id, password });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.data.access_token;
}

export const anonymous = (server: StartedServer): Client => new Client(server, null);
