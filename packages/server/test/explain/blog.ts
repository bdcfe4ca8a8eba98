import { randomUUID } from 'node:crypto';
import { explain } from '../../src/access/explain.ts';
import type { Explanation, Question } from '../../src/access/explain-types.ts';
import type { Access, Accountability } from '../../src/access/index.ts';
import { openProject, type Project } from '../../src/app.ts';
import { loadConfig } from '../../src/config/index.ts';
import type { SqlValue } from '../../src/store/types.ts';
import type { Json } from '../../src/wire/index.ts';
import { KEY, Model } from '../schema/model.ts';
import { type Database, makeProject, SECRET } from '../started-server.ts';

export const ANN = '00000000-0000-4000-8000-00000000000a';
export const BOB = '00000000-0000-4000-8000-00000000000b';

const ORIGIN = { ip: null, userAgent: null, origin: null };
export const PUBLIC: Accountability = { kind: 'anonymous', ...ORIGIN };

/** A blog with authors, categories and comments, opened in this process; Ann and Bob have no rights yet. */
export class Blog {
  readonly project: Project;
  readonly model: Model;
  readonly remove: () => Promise<void>;
  #order = 0;

  constructor(project: Project, remove: () => Promise<void>) {
    this.project = project;
    this.model = new Model(project.store, project.schema, []);
    this.remove = remove;
  }

  /** Runs a statement with `?` placeholders. */
  async sql(text: string, params: readonly SqlValue[] = []): Promise<void> {
    let n = 0;
    const { store } = this.project;
    await store.transaction(async (tx) => {
      await tx.run(
        text.replace(/\?/g, () => store.placeholder(++n)),
        params,
      );
      tx.announce('access');
    });
  }

  async insert(table: string, row: { readonly [column: string]: SqlValue }): Promise<void> {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    const marks = columns.map(() => '?');
    await this.sql(`insert into "${table}" (${columns.join(', ')}) values (${marks.join(', ')})`, Object.values(row));
  }

  /** A policy, attached to somebody; its id. */
  async policy(
    name: string,
    to: { readonly user?: string; readonly role?: string },
    row: { readonly [column: string]: SqlValue } = {},
  ): Promise<string> {
    const id = randomUUID();
    await this.insert('directus_policies', { id, name, ...row });
    const { user = null, role = null } = to;
    this.#order += 1;
    await this.insert('directus_access', { id: randomUUID(), user, role, policy: id, sort: this.#order });
    return id;
  }

  async permission(
    policy: string,
    action: string,
    rule: Json,
    fields = '*',
    more: { readonly collection?: string; readonly validation?: Json; readonly presets?: Json } = {},
  ): Promise<void> {
    const { collection = 'posts', validation = null, presets = null } = more;
    await this.insert('directus_permissions', {
      policy,
      collection,
      action,
      permissions: JSON.stringify(rule),
      fields,
      validation: validation === null ? null : JSON.stringify(validation),
      presets: presets === null ? null : JSON.stringify(presets),
    });
  }

  async role(name: string, parent: string | null = null): Promise<string> {
    const id = randomUUID();
    await this.insert('directus_roles', { id, name, parent });
    return id;
  }

  /** Nobody may do anything. */
  async revokeAll(): Promise<void> {
    for (const table of ['permissions', 'access', 'policies']) await this.sql(`delete from directus_${table}`);
  }

  as(user: string, role: string | null = null, ip: string | null = null): Accountability {
    return { kind: 'user', user, role, session: null, ...ORIGIN, ip };
  }

  access(caller: Accountability): Promise<Access> {
    return this.project.engine.access(caller);
  }

  explain(caller: Accountability, question: Partial<Question>, active = true): Promise<Explanation> {
    const whole: Question = { action: 'read', collection: 'posts', item: null, field: null, ...question };
    return explain(this.project, caller, whole, { active });
  }
}

export async function openBlog(database: Database): Promise<Blog> {
  const place = await makeProject(database, { PRESSURE_LIMITER_ENABLED: 'false' });
  const config = loadConfig({ env: place.settings, cwd: place.folder });
  const project = await openProject({ config, secret: SECRET, log: () => undefined });
  const blog = new Blog(project, async () => {
    await project.close();
    await place.remove();
  });
  await makeModel(blog);
  await makeItems(blog);
  return blog;
}

async function makeModel({ model }: Blog): Promise<void> {
  const text = (field: string) => ({ field, type: 'string', schema: {}, meta: {} });
  const number = (field: string) => ({ field, type: 'integer', schema: {}, meta: {} });
  const toOne = (field: string, type = 'integer') => ({ field, type, schema: {}, meta: { special: ['m2o'] } });
  const toMany = (field: string) => ({ field, type: 'alias', meta: { special: ['o2m'] } });
  await model.table('categories', text('name'), toMany('posts'));
  await model.table(
    'posts',
    text('title'),
    text('status'),
    number('views'),
    { field: 'big', type: 'bigInteger', schema: {}, meta: {} },
    { field: 'published', type: 'timestamp', schema: {}, meta: {} },
    { field: 'secret', type: 'string', schema: {}, meta: { special: ['conceal'] } },
    toOne('author', 'uuid'),
    toOne('category'),
    toMany('comments'),
    { field: 'divider', type: 'alias', meta: { special: ['no-data'] } },
  );
  await model.table('comments', text('body'), number('stars'), toOne('post'));
  await model.collection({
    collection: 'homepage',
    schema: {},
    meta: { singleton: true },
    fields: [KEY, text('headline')],
  });
  await model.collection({ collection: 'folder', schema: null, meta: {} });
  const relation = (collection: string, field: string, related: string, alias: string | null) =>
    model.relation({
      collection,
      field,
      related_collection: related,
      schema: { on_delete: 'SET NULL' },
      meta: { one_field: alias },
    });
  await relation('posts', 'author', 'directus_users', null);
  await relation('posts', 'category', 'categories', 'posts');
  await relation('comments', 'post', 'posts', 'comments');
}

/** Posts 1 to 6, with every combination that rules may look at. */
async function makeItems(blog: Blog): Promise<void> {
  await blog.insert('directus_users', { id: ANN, email: 'ann@example.com', status: 'active' });
  await blog.insert('directus_users', { id: BOB, email: 'bob@example.com', status: 'active' });
  for (const name of ['News', 'Notes']) await blog.insert('categories', { name });
  const posts: { readonly [column: string]: SqlValue }[] = [
    { title: 'One', status: 'draft', views: 1, author: ANN, category: 1 },
    { title: 'Two', status: 'published', views: 20, author: ANN, category: 2 },
    { title: 'Three', status: 'published', views: 300, author: BOB, category: 1 },
    { title: 'Four', status: 'draft', views: 0, author: BOB, category: null },
    { title: 'Five', status: null, views: null, author: null, category: 2 },
    { title: 'Six', status: 'archived', views: 20, author: null, category: null },
  ];
  for (const post of posts) await blog.insert('posts', { ...post, secret: 'hush', big: '9007199254740993' });
  const comments = [
    { body: 'good', stars: 5, post: 1 },
    { body: 'bad', stars: 1, post: 1 },
    { body: 'good', stars: 4, post: 2 },
    { body: null, stars: null, post: 3 },
    { body: 'lost', stars: 5, post: null },
  ];
  for (const comment of comments) await blog.insert('comments', comment);
}
