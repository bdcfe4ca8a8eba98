import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, FORBIDDEN, failure } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { allow, HIDDEN, type Library, made, makeLibrary, share, visit } from './library.ts';

/** Every relation of a book there and back again, and on from there. */
const PATHS = [
  'author.books.title',
  'author.books.author.books.title',
  'author.texts.body',
  'author.texts.source.title',
  'quoted_in.author.texts.body',
  'parent.title',
  'parent.children.title',
  'children.title',
  'children.parent.title',
  'children.chapters.title',
  'kin.one.title',
  'kin.two.title',
  'kin.two.chapters.paragraphs.text',
  'kin_of.one.title',
  'kin_of.one.kin.two.title',
  'tags.tag.books.book.title',
  'tags.tag.books.tag.books.book.title',
  'blocks.item:texts.body',
  'blocks.item:texts.source.title',
  'blocks.item:quotes.body',
  'blocks.book.blocks.item:texts.source.blocks.collection',
  'chapters.book.author.books.title',
  'quoted_in.source.parent.title',
];

const FILTERS = [
  { author: { books: { title: { _contains: HIDDEN } } } },
  { parent: { title: { _contains: HIDDEN } } },
  { children: { _some: { title: { _contains: HIDDEN } } } },
  { kin: { two: { title: { _contains: HIDDEN } } } },
  { tags: { tag: { books: { book: { title: { _contains: HIDDEN } } } } } },
  { notes: { _contains: HIDDEN } },
  { '$FOLLOW(books,parent)': { title: { _contains: HIDDEN } } },
];

/** A share opens one item and what belongs to it: what is linked with another book stays closed, whatever the way there. */
describe.each(DATABASES)('what a share reaches on %s', (database) => {
  let server: StartedServer;
  let library: Library;
  let guest: Client;

  beforeAll(async () => {
    server = await startProject(database);
    library = await makeLibrary(server);
    const { admin, reader } = library;
    // Notes are the one field of the book that visitors may not see.
    const [own] = (await admin.get(`/permissions?filter[policy]=${reader.policy}&filter[collection]=books`)).body.data;
    const fields = ['id', 'title', 'status', 'author', 'parent', 'children', 'cover', 'chapters', 'tags', 'kin'];
    await made(admin, `/permissions/${own.id}`, { fields: [...fields, 'kin_of', 'blocks', 'quoted_in'] }, 'patch');
    guest = await visit(server, await share(library));
  });
  afterAll(() => discard(server));

  const book = async (fields: string) => {
    const answer = await guest.get(`/items/books/${library.book}?fields=${fields}`);
    expect([fields, answer.status]).toEqual([fields, 200]);
    return answer.body.data;
  };

  it('opens the item and its parts', async () => {
    expect(await book('title,author.name,cover.filename_download')).toEqual({
      title: 'seen book',
      author: { name: 'Ada' },
      cover: { filename_download: 'cover.txt' },
    });
    expect(await book('chapters.title,chapters.paragraphs.text')).toEqual({
      chapters: [{ title: 'seen chapter', paragraphs: [{ text: 'seen paragraph' }] }],
    });
    expect(await book('tags.tag.name')).toEqual({ tags: [{ tag: { name: 'blue' } }] });
    const { blocks } = await book('blocks.collection,blocks.item:texts.body,blocks.item:quotes.body');
    expect(blocks).toEqual([
      { collection: 'quotes', item: { body: 'seen quote' } },
      { collection: 'texts', item: { body: 'seen text' } },
    ]);
  });

  it.each(PATHS)('leads to no other book over %s', async (path) => {
    const answer = await guest.get(`/items/books/${library.book}?fields=*,${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.text).not.toContain(HIDDEN);
  });

  it('leads to no other book under an alias, in deep, in an export, in SEARCH', async () => {
    const queries = [
      'alias[all]=children&fields=all.title',
      'fields=author.books.title&deep[author][books][_filter][title][_contains]=CANARY',
      'fields=author.books.title&deep[author][books][_limit]=-1&deep[author][books][_sort]=-id',
      'fields=*.*.*.*&export=json',
      'fields=*.*.*&export=csv',
      'fields=*.*.*.*&search=CANARY',
      'fields=*.*.*&sort=-author.books.title',
      'fields=*.*.*&backlink=true&meta=*',
    ];
    for (const query of queries) {
      const answer = await guest.get(`/items/books?${query}`);
      expect([query, answer.status < 500, answer.text.includes(HIDDEN)]).toEqual([query, true, false]);
    }
  });

  it('counts and aggregates nothing else', async () => {
    const counted = await guest.get('/items/books?aggregate[count]=*&aggregate[max]=id&aggregate[min]=title');
    expect(counted.body.data).toEqual([{ count: 1, max: { id: library.book }, min: { title: 'seen book' } }]);
    const grouped = await guest.get('/items/books?groupBy[]=title&aggregate[count]=id');
    expect(grouped.body.data.map((group: { title: string }) => group.title)).toEqual(['seen book']);
    expect(await book('count(children),count(kin),count(chapters),count(quoted_in)')).toEqual({
      children_count: 0,
      kin_count: 1,
      chapters_count: 1,
      quoted_in_count: 1,
    });
    expect(await book('author.count(books),author.count(texts)')).toEqual({
      author: { books_count: 1, texts_count: 0 },
    });
    const all = await guest.get('/items/books?meta=*');
    expect(all.body.meta).toEqual({ total_count: 1, filter_count: 1 });
  });

  it.each(FILTERS)('finds nothing by %j', async (filter) => {
    const answer = await guest.get(`/items/books?fields=id&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    expect(answer.status === 200 ? answer.body.data : failure(answer)).toEqual('notes' in filter ? FORBIDDEN : []);
  });

  it('names no item but the shared one', async () => {
    for (const id of [library.other, 4711, 'x', '../1', `${library.other}?fields=*`]) {
      expect(failure(await guest.get(`/items/books/${id}`))).toEqual(FORBIDDEN);
    }
    for (const name of ['authors', 'chapters', 'tags', 'books_tags', 'blocks', 'texts', 'missing', 'directus_files']) {
      expect([name, failure(await guest.get(`/items/${name}`))]).toEqual([name, FORBIDDEN]);
      expect([name, failure(await guest.get(`/items/${name}/1`))]).toEqual([name, FORBIDDEN]);
    }
    const places = ['activity', 'revisions', 'comments', 'versions', 'users', 'roles', 'shares', 'files', 'folders'];
    for (const place of [...places, 'collections', 'fields', 'relations', 'settings', 'permissions', 'policies']) {
      expect([place, failure(await guest.get(`/${place}`))]).toEqual([place, FORBIDDEN]);
    }
  });

  it('sends the file that belongs to the item, and no other', async () => {
    expect((await guest.get(`/assets/${library.files.cover}`)).text).toBe('contents of cover.txt');
    expect(failure(await guest.get(`/assets/${library.files.other}`))).toEqual(FORBIDDEN);
  });

  it('ends where a row on the way may not be read', async () => {
    const { admin, reader, book: id } = library;
    const [chapters] = (await admin.get(`/permissions?filter[policy]=${reader.policy}&filter[collection]=chapters`))
      .body.data;
    await made(admin, `/permissions/${chapters.id}`, { permissions: { title: { _eq: 'another' } } }, 'patch');
    expect(await book('chapters.title')).toEqual({ chapters: [] });
    expect(await book('count(chapters)')).toEqual({ chapters_count: 0 });
    await admin.delete(`/permissions/${chapters.id}`);
    // As with every collection that may not be read: a nested field of it is dropped.
    expect(await book('title,chapters.title')).toEqual({ title: 'seen book' });
    expect((await guest.get(`/items/books/${id}?fields=chapters.paragraphs.text`)).text).not.toContain('paragraph');
    await allow(admin, reader.policy, { collection: 'chapters' });
  });

  it('goes through no row and no field that may not be read', async () => {
    const { admin, reader, book: id } = library;
    const texts = async () => {
      const { author } = await book('author.texts.body');
      return author.texts.map(({ body }: { body: string }) => body);
    };
    const item = { body: 'of the author, in a block', author: 1 };
    const { id: block } = await made(admin, '/items/blocks', { book: id, collection: 'texts', item });
    expect(await texts()).toEqual(['of the author, in a block']);
    const permission = async (collection: string) => {
      const query = `filter[policy]=${reader.policy}&filter[collection]=${collection}`;
      return (await admin.get(`/permissions?${query}`)).body.data[0];
    };
    const blocks = `/permissions/${(await permission('blocks')).id}`;
    await made(admin, blocks, { permissions: { id: { _neq: block } } }, 'patch');
    expect(await texts()).toEqual([]);
    await made(admin, blocks, { permissions: {}, fields: ['id', 'book', 'collection'] }, 'patch');
    // No way leads to a text any more, so there are none for this share.
    expect((await guest.get(`/items/books/${id}?fields=author.texts.body`)).text).not.toContain('in a block');
    await made(admin, blocks, { fields: ['*'] }, 'patch');
    const { id: books, fields } = await permission('books');
    const withoutBlocks = fields.filter((field: string) => field !== 'blocks');
    await made(admin, `/permissions/${books}`, { fields: withoutBlocks }, 'patch');
    expect(await texts()).toEqual([]);
    const elsewhere = { collection: 'books', fields: ['blocks'], permissions: { title: { _eq: 'another' } } };
    const { id: partly } = await allow(admin, reader.policy, elsewhere);
    expect(await texts()).toEqual([]);
    await admin.delete(`/permissions/${partly}`);
    await made(admin, `/permissions/${books}`, { fields }, 'patch');
    expect(await texts()).toEqual(['of the author, in a block']);
  });

  it('describes the shared item and what belongs to it, and nothing else', async () => {
    const oas = await guest.get('/server/specs/oas');
    expect(oas.status).toBe(200);
    const writes = Object.entries(oas.body.paths as Record<string, object>)
      .filter(([path]) => path.startsWith('/items/'))
      .flatMap(([, verbs]) => Object.keys(verbs))
      .filter((verb) => ['post', 'patch', 'delete'].includes(verb));
    expect(writes).toEqual([]);
    expect(oas.text).not.toContain('directus_permissions');
    const sdl = await guest.get('/server/specs/graphql');
    expect(sdl.status).toBe(200);
    expect(sdl.text).not.toContain('notes');
    expect(sdl.text).not.toContain('create_');
  });
});
