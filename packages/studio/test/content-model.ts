import { expect } from 'vitest';
import type { TestProject } from './project.ts';

const PATIENCE_MS = 45_000;

/** Waits for what a page shows; a busy machine takes its time. */
export const eventually = <Seen>(look: () => Seen) => expect.poll(look, { timeout: PATIENCE_MS, interval: 200 });

const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
const field = (name: string, type: string, meta: object = {}, schema: object | null = {}) => ({
  field: name,
  type,
  meta,
  schema,
});

/** Writers with posts, posts with tags, and a page that there is one of. */
export async function makeBlog({ ask }: TestProject): Promise<void> {
  await ask('POST', '/collections', {
    collection: 'writers',
    schema: {},
    meta: { display_template: '{{name}}' },
    fields: [
      key,
      field('name', 'string', { required: true }, { is_nullable: false }),
      field('salary', 'integer'),
      field('posts', 'alias', { special: ['o2m'], interface: 'list-o2m' }, null),
    ],
  });
  await ask('POST', '/collections', {
    collection: 'tags',
    schema: {},
    fields: [key, field('label', 'string')],
  });
  await ask('POST', '/collections', {
    collection: 'posts',
    schema: {},
    meta: { display_template: '{{title}}', note: 'What we write.' },
    fields: [
      key,
      field('title', 'string', { required: true, sort: 1 }, { is_nullable: false }),
      field(
        'status',
        'string',
        {
          sort: 2,
          interface: 'select-dropdown',
          options: {
            choices: [
              { text: 'Draft', value: 'draft' },
              { text: 'Published', value: 'published' },
            ],
          },
        },
        { default_value: 'draft' },
      ),
      field('pages', 'integer', { sort: 3, validation: { _and: [{ pages: { _lte: 500 } }] } }),
      field('featured', 'boolean', { sort: 4 }, { default_value: false }),
      field('published_on', 'date', { sort: 5 }),
      field('body', 'text', { sort: 6, interface: 'input-rich-text-md' }),
      field('options', 'json', { sort: 7 }),
      field('secret', 'string', { sort: 8 }),
      field('writer', 'integer', { sort: 9, special: ['m2o'], interface: 'select-dropdown-m2o' }),
      field('tags', 'alias', { sort: 10, special: ['m2m'], interface: 'list-m2m' }, null),
      field('cover', 'uuid', { sort: 11, special: ['file'], interface: 'file-image' }),
      field('changed_at', 'timestamp', { sort: 12, special: ['date-updated'], readonly: true }),
    ],
  });
  await ask('POST', '/collections', {
    collection: 'posts_tags',
    schema: {},
    meta: { hidden: true },
    fields: [key, field('posts_id', 'integer'), field('tags_id', 'integer')],
  });
  await ask('POST', '/collections', {
    collection: 'about',
    schema: {},
    meta: { singleton: true },
    fields: [key, field('heading', 'string')],
  });
  const relate = (collection: string, name: string, related: string, meta: object = {}) =>
    ask('POST', '/relations', {
      collection,
      field: name,
      related_collection: related,
      schema: { on_delete: 'SET NULL' },
      meta,
    });
  await relate('posts', 'writer', 'writers', { one_field: 'posts' });
  await relate('posts', 'cover', 'directus_files');
  await relate('posts_tags', 'posts_id', 'posts', { one_field: 'tags', junction_field: 'tags_id' });
  await relate('posts_tags', 'tags_id', 'tags', { junction_field: 'posts_id' });
  await ask('POST', '/items/writers', [
    { name: 'Ada', salary: 100 },
    { name: 'Grace', salary: 200 },
  ]);
  await ask('POST', '/items/tags', [{ label: 'news' }, { label: 'howto' }]);
}

export const EDITOR = { email: 'editor@example.com', password: 'editors-sesame-1' } as const;

/** Somebody with app access and the permissions that are given. */
export async function makeEditor(
  { ask }: TestProject,
  permissions: readonly { collection: string; action: string; [key: string]: unknown }[],
): Promise<void> {
  const role = await ask<{ id: string }>('POST', '/roles', { name: 'Editors' });
  const policy = await ask<{ id: string }>('POST', '/policies', { name: 'Editing', app_access: true });
  await ask('POST', '/access', { role: role.id, policy: policy.id });
  await ask(
    'POST',
    '/permissions',
    permissions.map((one) => ({ policy: policy.id, fields: ['*'], ...one })),
  );
  await ask('POST', '/users', { ...EDITOR, first_name: 'Edith', role: role.id });
}
