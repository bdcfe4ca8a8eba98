import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollection, createDirectus, createField, createRelation, rest, staticToken } from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asAdmin, makeBlog } from '../journeys/blog.ts';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { limen } from './command.ts';

const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** An app that uses the types; every `@ts-expect-error` fails the compilation where nothing is wrong. */
const APP = `
import { createDirectus, readItems, readSingleton, readUsers, rest, createItem } from '@directus/sdk';
import type { Schema, Posts } from './schema.ts';

const client = createDirectus<Schema>('http://localhost').with(rest());
const posts = await client.request(readItems('posts', {
  fields: ['id', 'title', 'body', 'published', { category: ['id', 'name'], author: ['id', 'email'] }],
  filter: { title: { _eq: 'x' }, category: { name: { _eq: 'y' } } },
}));
const first = posts[0]!;
const id: number = first.id;
const title: string = first.title;
const published: string | null = first.published;
const name: string | undefined = first.category?.name;
const email: string | null | undefined = first.author?.email;
const { posts: under } = (await client.request(readItems('categories', { fields: [{ posts: ['title'] }] })))[0]!;
const titles: string[] | undefined = under?.map((post) => post.title);
const about = await client.request(readSingleton('about_us'));
const text: string | null = about.text;
const dashed = await client.request(readItems('odd-name'));
const odd: number | null = dashed[0]!['a-b'];
const users = await client.request(readUsers({ fields: ['email', 'nickname'] }));
const nickname: string | null = users[0]!.nickname;
await client.request(createItem('posts', { title: 'x', category: 3 }));
const whole: Posts['tags'] = null;

// @ts-expect-error there is no such collection
await client.request(readItems('nothing'));
// @ts-expect-error there is no such field
await client.request(readItems('posts', { fields: ['nothing'] }));
// @ts-expect-error there is no such field of the category
await client.request(readItems('posts', { fields: [{ category: ['nothing'] }] }));
// @ts-expect-error a body may be missing
const body: string = first.body;
// @ts-expect-error a title is text
await client.request(createItem('posts', { title: 5 }));
export { id, title, published, name, email, titles, text, odd, nickname, whole, body };
`;

describe.each(DATABASES)('limen types, %s', (database) => {
  let server: StartedServer;
  beforeAll(async () => {
    server = await startProject(database);
    await makeBlog(asAdmin(server.url));
    const admin = createDirectus(server.url).with(staticToken(ADMIN.token)).with(rest());
    const key = {
      field: 'id',
      type: 'integer',
      schema: { is_primary_key: true, has_auto_increment: true },
      meta: {},
    } as const;
    const plain = (field: string, type: string) => ({ field, type, schema: {}, meta: {} }) as const;
    await admin.request(
      createCollection({
        collection: 'about_us',
        schema: {},
        meta: { singleton: true },
        fields: [key, plain('text', 'text')],
      } as never),
    );
    await admin.request(
      createCollection({
        collection: 'odd-name',
        schema: {},
        meta: {},
        fields: [key, plain('a-b', 'integer')],
      } as never),
    );
    await admin.request(createField('posts', plain('published', 'timestamp') as never));
    await admin.request(createField('posts', plain('tags', 'csv') as never));
    await admin.request(createField('directus_users', plain('nickname', 'string') as never));
    const author = { collection: 'posts', field: 'author', related_collection: 'directus_users', schema: {}, meta: {} };
    await admin.request(createRelation(author as never)).catch(() => undefined); // where the blog has it already
  });
  afterAll(() => discard(server));

  it('compile with the SDK, strictly, and refuse what the model has not', async () => {
    const file = join(server.project.folder, 'schema.ts');
    expect(await limen(server.project, ['types', '--file', file])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const written = readFileSync(file, 'utf8');
    expect(await limen(server.project, ['types'])).toMatchObject({ code: 0, stdout: written });
    expect(written).toContain('export interface DirectusUsers {\n  nickname: string | null;\n}');
    symlinkSync(MODULES, join(server.project.folder, 'node_modules'));
    writeFileSync(join(server.project.folder, 'app.ts'), APP);
    writeFileSync(join(server.project.folder, 'package.json'), '{"type":"module"}');
    const strict = [
      '--strict',
      '--noUncheckedIndexedAccess',
      '--noEmit',
      '--allowImportingTsExtensions',
      '--skipLibCheck',
    ];
    const how = [...strict, '--target', 'es2024', '--module', 'nodenext', '--types', 'node', 'app.ts'];
    const compiled = spawnSync(join(MODULES, '.bin/tsc'), how, { cwd: server.project.folder, encoding: 'utf8' });
    expect(compiled.stdout, written).toBe('');
    expect(compiled.status).toBe(0);
  });
});
