import { readFileSync } from 'node:fs';
import { hash } from '@node-rs/argon2';
import Database from 'better-sqlite3';

/** Who can sign in to the project of `buildReferenceDatabase`, and what is in it. */
export const REFERENCE = {
  admin: { id: '0b1f6a52-6d0b-4b60-9d63-0f6a4e8f3a01', email: 'admin@example.com', password: 'correct horse battery' },
  author: {
    id: '1c2a7b63-7e1c-4c71-8e74-1a7b5f904b02',
    email: 'Ada@Example.com',
    password: 'a password of 2023',
    /** Plain, as such a database keeps it. */
    token: 'plain-static-token-of-ada-0123456789',
  },
  suspended: { id: '2d3b8c74-8f2d-4d82-9f85-2b8c6fa15c03', email: 'gone@example.com', password: 'no longer welcome' },
  /** Signs in elsewhere and has no password. */
  external: { id: '3e4c9d85-903e-4e93-a096-3c9d70b26d04', email: 'sso@example.com', identifier: 'sub-4711' },
  adminRole: '4f5dae96-a14f-4fa4-b1a7-4dae81c37e05',
  authorRole: '506ebfa7-b260-40b5-82b8-5ebf92d48f06',
  adminPolicy: '617fc0b8-c371-41c6-93c9-6fc0a3e59007',
  authorPolicy: '7280d1c9-d482-42d7-a4da-70d1b4f6a108',
  publicPolicy: 'abf8a154-5b1c-4a46-ac9c-7300570f4f17',
  /** A session of the author's, kept in plain text, valid for years. */
  sessionToken: 'PlainSessionToken_of_another_server-0123456789abcdefghijklmnopqr',
  /** Ids of posts: the first two are Ada's, the third the administrator's; the second is a draft. */
  posts: [1, 2, 3],
  categories: ['news', 'howto'],
  file: '8391e2da-e593-43e8-b5eb-81e2c507b209',
} as const;

/** Parameters that differ from ours, of the same kind (Argon2id). */
const OLD_PARAMETERS = { memoryCost: 65_536, timeCost: 3, parallelism: 4 };

const CREATED = Date.UTC(2024, 1, 29, 12, 34, 56, 789);

type Row = Record<string, string | number | null>;

/**
 * Writes a SQLite file as a server of version 11.17 leaves it: its tables, some that Limen does not know, dates as
 * milliseconds beside texts from column defaults, plain tokens, Argon2 hashes with other parameters, and a small blog.
 */
export async function buildReferenceDatabase(filename: string): Promise<void> {
  const passwords = await Promise.all(
    [REFERENCE.admin, REFERENCE.author, REFERENCE.suspended].map(({ password }) => hash(password, OLD_PARAMETERS)),
  );
  const database = new Database(filename);
  try {
    database.pragma('foreign_keys = ON');
    database.exec(readFileSync(new URL('./reference-schema.sql', import.meta.url), 'utf8'));
    database.exec(BLOG_TABLES);
    const insert = (table: string, ...rows: Row[]): void => {
      for (const row of rows) {
        const names = Object.keys(row);
        const text = `INSERT INTO \`${table}\` (${names.map((name) => `\`${name}\``)}) VALUES (${names.map(() => '?')})`;
        database.prepare(text).run(Object.values(row).map(asStored));
      }
    };
    database.transaction(() => {
      insertAccounts(insert, passwords);
      insertDataModel(insert);
      insertContent(insert);
      insertUnknown(insert);
    })();
  } finally {
    database.close();
  }
}

const asStored = (value: string | number | null): string | number | bigint | null =>
  Number.isSafeInteger(value) ? BigInt(value as number) : value;

type Insert = (table: string, ...rows: Row[]) => void;

function insertAccounts(insert: Insert, [admin = '', author = '', suspended = '']: string[]): void {
  const { adminRole, authorRole, adminPolicy, authorPolicy, publicPolicy } = REFERENCE;
  insert(
    'directus_roles',
    { id: adminRole, name: 'Administrator', icon: 'verified', description: '$t:admin_description' },
    { id: authorRole, name: 'Authors', parent: null },
  );
  insert(
    'directus_policies',
    { id: adminPolicy, name: 'Administrator', icon: 'verified', admin_access: 1, app_access: 1 },
    { id: publicPolicy, name: '$t:public_label', icon: 'public', description: '$t:public_description' },
    { id: authorPolicy, name: 'Authors write their own', app_access: 1, ip_access: null },
  );
  insert(
    'directus_users',
    {
      id: REFERENCE.admin.id,
      first_name: 'Admin',
      last_name: 'User',
      email: 'admin@example.com',
      password: admin,
      role: adminRole,
    },
    {
      id: REFERENCE.author.id,
      first_name: 'Ada',
      last_name: 'Lovelace',
      email: REFERENCE.author.email,
      password: author,
      role: authorRole,
      token: REFERENCE.author.token,
      tags: '["writer"]',
      last_access: CREATED,
      language: 'de-DE',
    },
    {
      id: REFERENCE.suspended.id,
      email: REFERENCE.suspended.email,
      password: suspended,
      role: authorRole,
      status: 'suspended',
    },
    {
      id: REFERENCE.external.id,
      email: REFERENCE.external.email,
      role: authorRole,
      provider: 'keycloak',
      external_identifier: REFERENCE.external.identifier,
      auth_data: '{"refreshToken":"opaque"}',
    },
  );
  insert(
    'directus_access',
    { id: '94a2f3eb-f6a4-44f9-86fc-92f3d618c30a', role: adminRole, policy: adminPolicy, sort: null },
    { id: 'a5b304fc-07b5-450a-970d-a304e729d40b', role: authorRole, policy: authorPolicy, sort: 1 },
    { id: 'b6c4150d-18c6-461b-a81e-b415f83ae50c', role: null, user: null, policy: publicPolicy, sort: 1 },
  );
  const own = '{"_and":[{"author":{"_eq":"$CURRENT_USER"}}]}';
  insert(
    'directus_permissions',
    {
      policy: publicPolicy,
      collection: 'posts',
      action: 'read',
      permissions: '{"status":{"_eq":"published"}}',
      fields: 'id,title,body',
    },
    { policy: authorPolicy, collection: 'posts', action: 'read', permissions: own, fields: '*' },
    {
      policy: authorPolicy,
      collection: 'posts',
      action: 'update',
      permissions: own,
      fields: 'title,body,status,options',
    },
    {
      policy: authorPolicy,
      collection: 'posts',
      action: 'create',
      permissions: '{}',
      presets: '{"author":"$CURRENT_USER"}',
      validation: '{"title":{"_nempty":true}}',
      fields: '*',
    },
    { policy: authorPolicy, collection: 'categories', action: 'read', permissions: null, fields: '*' },
    {
      policy: authorPolicy,
      collection: 'directus_users',
      action: 'read',
      permissions: '{"id":{"_eq":"$CURRENT_USER"}}',
      fields: '*',
    },
  );
  insert('directus_sessions', {
    token: REFERENCE.sessionToken,
    user: REFERENCE.author.id,
    expires: Date.UTC(2099, 0, 1),
    ip: '192.0.2.7',
    user_agent: 'Mozilla/5.0',
    origin: 'https://example.com',
  });
}

function insertDataModel(insert: Insert): void {
  insert(
    'directus_collections',
    { collection: 'content', icon: 'folder', accountability: null },
    {
      collection: 'posts',
      icon: 'article',
      note: 'What we write',
      sort: 1,
      group: 'content',
      archive_field: 'status',
      archive_value: 'archived',
    },
    { collection: 'categories', sort: 2, group: 'content' },
    { collection: 'posts_related', hidden: 1 },
  );
  insert(
    'directus_fields',
    { collection: 'posts', field: 'id', interface: 'input', readonly: 1, hidden: 1, sort: 1 },
    { collection: 'posts', field: 'title', interface: 'input', required: 1, sort: 2 },
    {
      collection: 'posts',
      field: 'status',
      interface: 'select-dropdown',
      options: '{"choices":[{"text":"Draft","value":"draft"}]}',
      sort: 3,
    },
    { collection: 'posts', field: 'author', special: 'user-created,m2o', interface: 'select-dropdown-m2o', sort: 4 },
    { collection: 'posts', field: 'date_created', special: 'date-created,cast-timestamp', sort: 5 },
    { collection: 'posts', field: 'featured', special: 'cast-boolean', interface: 'boolean', sort: 6 },
    { collection: 'posts', field: 'tags', special: 'cast-csv', interface: 'tags', sort: 7 },
    { collection: 'posts', field: 'options', special: 'cast-json', interface: 'input-code', sort: 8 },
    { collection: 'posts', field: 'category', special: 'm2o', sort: 9 },
    { collection: 'posts', field: 'cover', special: 'file', interface: 'file-image', sort: 10 },
    { collection: 'posts', field: 'related', special: 'm2m', interface: 'list-m2m', sort: 11 },
    { collection: 'categories', field: 'posts', special: 'o2m', interface: 'list-o2m', sort: 3 },
    { collection: 'directus_users', field: 'nickname', interface: 'input', sort: 1 },
  );
  insert(
    'directus_relations',
    { many_collection: 'posts', many_field: 'author', one_collection: 'directus_users' },
    { many_collection: 'posts', many_field: 'category', one_collection: 'categories', one_field: 'posts' },
    { many_collection: 'posts', many_field: 'cover', one_collection: 'directus_files' },
    {
      many_collection: 'posts_related',
      many_field: 'posts_id',
      one_collection: 'posts',
      one_field: 'related',
      junction_field: 'related_posts_id',
    },
    {
      many_collection: 'posts_related',
      many_field: 'related_posts_id',
      one_collection: 'posts',
      junction_field: 'posts_id',
    },
  );
  insert('directus_presets', {
    user: REFERENCE.author.id,
    collection: 'posts',
    layout_query: '{"tabular":{"fields":["title"]}}',
  });
  insert('directus_settings', {
    project_name: 'Ada writes',
    project_color: '#123456',
    auth_login_attempts: 10,
    module_bar: '[]',
  });
}

function insertContent(insert: Insert): void {
  const { admin, author, file, categories } = REFERENCE;
  insert('directus_folders', { id: 'c7d5261e-29d7-472c-b92f-c5260949f60d', name: 'Pictures' });
  insert('directus_files', {
    id: file,
    storage: 'local',
    filename_disk: `${file}.png`,
    filename_download: 'cover.png',
    title: 'Cover',
    type: 'image/png',
    folder: 'c7d5261e-29d7-472c-b92f-c5260949f60d',
    uploaded_by: author.id,
    filesize: 9_007_199_254_740,
    tags: '["a","b"]',
    metadata: '{}',
    uploaded_on: CREATED,
  });
  insert('categories', { id: categories[0], name: 'News' }, { id: categories[1], name: 'How to' });
  insert(
    'posts',
    {
      id: 1,
      status: 'published',
      title: 'Ä first post 👩‍🚀',
      body: 'Hello',
      author: author.id,
      date_created: CREATED,
      published_on: CREATED,
      featured: 1,
      rating: 4.5,
      tags: 'red,green',
      options: '{"theme":{"dark":true}}',
      category: 'news',
      cover: file,
    },
    { id: 2, title: 'A draft', author: author.id, category: 'howto', featured: 0 },
    { id: 3, status: 'published', title: 'By the administrator', author: admin.id, date_created: null, options: '[]' },
  );
  insert('posts_related', { posts_id: 1, related_posts_id: 3 });
  insert(
    'directus_activity',
    {
      action: 'login',
      user: author.id,
      timestamp: CREATED,
      ip: '192.0.2.7',
      collection: 'directus_users',
      item: author.id,
    },
    { action: 'create', user: author.id, collection: 'posts', item: '1' },
  );
  insert('directus_revisions', {
    activity: 2,
    collection: 'posts',
    item: '1',
    data: '{"title":"First"}',
    delta: '{"title":"First"}',
  });
  insert('directus_comments', {
    id: 'd8e6372f-3ae8-483d-8a30-d6371a5a070e',
    collection: 'posts',
    item: '1',
    comment: 'Nice',
    user_created: admin.id,
  });
  insert('directus_notifications', { recipient: author.id, subject: 'Welcome', timestamp: CREATED });
}

/** What such a database holds beyond the tables that Limen serves. */
function insertUnknown(insert: Insert): void {
  insert(
    'directus_migrations',
    { version: '20201028A', name: 'Remove Collection Foreign Keys' },
    { version: '20250813A', name: 'Add MCP' },
  );
  insert('directus_extensions', { id: 'e9f74830-4bf9-494e-9b41-e7482b6b180f', folder: 'my-panel', source: 'local' });
  insert('directus_deployments', { id: 'fa085941-5c0a-4a5f-ac52-f8593c7c2910', provider: 'vercel' });
}

const BLOG_TABLES = `
  ALTER TABLE \`directus_users\` ADD COLUMN \`nickname\` varchar(255) null;
  CREATE TABLE \`categories\` (\`id\` varchar(255) not null, \`name\` varchar(255) null, primary key (\`id\`));
  CREATE TABLE \`posts\` (
    \`id\` integer not null primary key autoincrement,
    \`status\` varchar(255) not null default 'draft',
    \`title\` varchar(255) null,
    \`body\` text null,
    \`author\` char(36) null,
    \`date_created\` datetime null default CURRENT_TIMESTAMP,
    \`published_on\` date null,
    \`featured\` boolean null default '0',
    \`rating\` float null,
    \`tags\` text null,
    \`options\` json null,
    \`category\` varchar(255) null,
    \`cover\` char(36) null,
    constraint \`posts_author_foreign\` foreign key (\`author\`) references \`directus_users\` (\`id\`) on delete set null,
    constraint \`posts_category_foreign\` foreign key (\`category\`) references \`categories\` (\`id\`) on delete set null,
    constraint \`posts_cover_foreign\` foreign key (\`cover\`) references \`directus_files\` (\`id\`) on delete set null
  );
  CREATE TABLE \`posts_related\` (
    \`id\` integer not null primary key autoincrement,
    \`posts_id\` integer null references \`posts\` (\`id\`) on delete set null,
    \`related_posts_id\` integer null references \`posts\` (\`id\`) on delete set null
  );
`;
