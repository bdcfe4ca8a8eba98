import type { Shown } from './pages.ts';
import { ADMIN, type TestProject } from './project.ts';

const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
const field = (name: string, type: string, meta: object = {}, schema: object | null = {}) => ({
  field: name,
  type,
  meta,
  schema,
});

const WRITERS = ['Ada Lindqvist', 'Bernhard Kowalski', 'Chiara Romano', 'Daniel Okafor', 'Elif Yılmaz'];
const TOPICS = ['Travel', 'Kitchen', 'Garden', 'Workshop', 'Books'];
const TITLES = [
  'A week on the night trains of Europe',
  'Sourdough for people with little time',
  'What the hedge is for',
  'Sharpening a plane iron',
  'Ten letters that were never sent',
  'The ferry to Gotland',
  'Beans, slowly',
  'Winter work in the orchard',
  'A stool from one board',
  'Reading aloud',
  'The long way to Trieste',
  'Salt, and when to add it',
  'Moss in the lawn',
  'Repairing the old lathe',
  'Notes from a second-hand bookshop',
  'Walking the Karst',
];
const BODY = `The train leaves Stockholm at five in the afternoon, and by the time the restaurant car opens the lakes have turned
the colour of slate.

## What to take along

- a jumper, even in June
- something to read that you don't mind losing`;

/** A magazine that could be somebody's: content, files, people with rights, and a provider to sign on with. */
export async function makeDemo(project: TestProject): Promise<Shown> {
  await makeCollections(project);
  const pictures = await makeFiles(project);
  await makeItems(project, pictures);
  const { role, policy, user } = await makePeople(project);
  await makeSettings(project);
  return { collection: 'articles', key: '1', user, role, policy, provider: 'club' };
}

async function makeCollections({ ask }: TestProject): Promise<void> {
  await ask('POST', '/collections', {
    collection: 'writers',
    schema: {},
    meta: { display_template: '{{name}}', note: 'Who writes for us.', sort: 2 },
    fields: [
      key,
      field('name', 'string', { required: true }, { is_nullable: false }),
      field('about', 'text', { interface: 'input-multiline' }),
      field('articles', 'alias', { special: ['o2m'], interface: 'list-o2m' }, null),
    ],
  });
  await ask('POST', '/collections', {
    collection: 'topics',
    schema: {},
    meta: { display_template: '{{name}}', sort: 3 },
    fields: [key, field('name', 'string')],
  });
  await ask('POST', '/collections', {
    collection: 'articles',
    schema: {},
    meta: { display_template: '{{title}}', note: 'Everything that we publish, and what is not finished yet.', sort: 1 },
    fields: [
      key,
      field(
        'title',
        'string',
        { required: true, sort: 1, note: 'At most 80 letters look good.' },
        { is_nullable: false },
      ),
      field(
        'status',
        'string',
        {
          sort: 2,
          width: 'half',
          interface: 'select-dropdown',
          options: {
            choices: [
              { text: 'Draft', value: 'draft' },
              { text: 'In review', value: 'review' },
              { text: 'Published', value: 'published' },
            ],
          },
        },
        { default_value: 'draft' },
      ),
      field('published_on', 'date', { sort: 3, width: 'half' }),
      field('writer', 'integer', { sort: 4, width: 'half', special: ['m2o'], interface: 'select-dropdown-m2o' }),
      field('minutes', 'integer', { sort: 5, width: 'half', note: 'How long it takes to read.' }),
      field('cover', 'uuid', { sort: 6, special: ['file'], interface: 'file-image' }),
      field('body', 'text', { sort: 7, interface: 'input-rich-text-md' }),
      field('topics', 'alias', { sort: 8, special: ['m2m'], interface: 'list-m2m' }, null),
      field('featured', 'boolean', { sort: 9 }, { default_value: false }),
      field('author', 'uuid', {
        sort: 10,
        special: ['user-created'],
        interface: 'select-dropdown-m2o',
        readonly: true,
      }),
    ],
  });
  await ask('POST', '/collections', {
    collection: 'articles_topics',
    schema: {},
    meta: { hidden: true },
    fields: [key, field('articles_id', 'integer'), field('topics_id', 'integer')],
  });
  await ask('POST', '/collections', {
    collection: 'imprint',
    schema: {},
    meta: { singleton: true, sort: 4 },
    fields: [key, field('heading', 'string'), field('text', 'text')],
  });
  const relate = (collection: string, name: string, related: string, meta: object = {}) =>
    ask('POST', '/relations', {
      collection,
      field: name,
      related_collection: related,
      schema: { on_delete: 'SET NULL' },
      meta,
    });
  await relate('articles', 'writer', 'writers', { one_field: 'articles' });
  await relate('articles', 'cover', 'directus_files');
  await relate('articles', 'author', 'directus_users');
  await relate('articles_topics', 'articles_id', 'articles', { one_field: 'topics', junction_field: 'topics_id' });
  await relate('articles_topics', 'topics_id', 'topics', { junction_field: 'articles_id' });
}

/** Landscapes of two colours, as PNG. */
async function makeFiles({ url }: TestProject): Promise<readonly string[]> {
  const { default: sharp } = await import('sharp');
  const looks = [
    ['Night train', '#16324f', '#e8a33d'],
    ['Bread', '#6b4226', '#f0d9b5'],
    ['Hedge', '#23422a', '#b7d3a8'],
    ['Workshop', '#3d3a38', '#c98f5a'],
    ['Letters', '#4b2f4f', '#e6d3e8'],
  ] as const;
  const token = await tokenOf(url);
  return Promise.all(
    looks.map(async ([title, below, above]) => {
      const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420"><rect width="640" height="420" fill="${above}"/><circle cx="480" cy="120" r="52" fill="#fff8e7"/><path d="M0 280 Q160 190 320 270 T640 240 V420 H0Z" fill="${below}"/></svg>`;
      const picture = await sharp(Buffer.from(drawing)).png().toBuffer();
      const form = new FormData();
      form.set('title', title);
      form.set(
        'file',
        new File([new Uint8Array(picture)], `${title.toLowerCase().replace(' ', '-')}.png`, { type: 'image/png' }),
      );
      const answer = await fetch(`${url}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
      const { data } = (await answer.json()) as { data: { id: string } };
      return data.id;
    }),
  );
}

async function tokenOf(url: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
  return ((await answer.json()) as { data: { access_token: string } }).data.access_token;
}

async function makeItems({ ask }: TestProject, pictures: readonly string[]): Promise<void> {
  await ask(
    'POST',
    '/items/writers',
    WRITERS.map((name) => ({ name, about: `${name.split(' ')[0]} has been with us since the first issue.` })),
  );
  await ask(
    'POST',
    '/items/topics',
    TOPICS.map((name) => ({ name })),
  );
  await ask(
    'POST',
    '/items/articles',
    TITLES.map((title, at) => ({
      title,
      status: at < 9 ? 'published' : at < 12 ? 'review' : 'draft',
      published_on: at < 9 ? `2026-0${9 - at}-14` : null,
      writer: (at % WRITERS.length) + 1,
      minutes: 3 + ((at * 7) % 11),
      cover: pictures[at % pictures.length],
      body: BODY,
      featured: at % 4 === 0,
      topics: [{ topics_id: (at % TOPICS.length) + 1 }],
    })),
  );
  await ask('PATCH', '/items/articles/1', { minutes: 9 });
  await ask('POST', '/comments', {
    collection: 'articles',
    item: '1',
    comment: 'The map of the route is still missing.',
  });
  await ask('PATCH', '/items/imprint', { heading: 'Who we are', text: 'A small magazine of five people.' });
}

async function makePeople({ ask }: TestProject): Promise<{ role: string; policy: string; user: string }> {
  const policy = await ask<{ id: string }>('POST', '/policies', {
    name: 'Writing',
    icon: 'edit',
    description: 'Own articles, and reading what is published.',
    app_access: true,
  });
  await ask(
    'POST',
    '/permissions',
    [
      { collection: 'articles', action: 'create', permissions: {}, fields: ['*'] },
      {
        collection: 'articles',
        action: 'update',
        permissions: { author: { _eq: '$CURRENT_USER' } },
        fields: ['title', 'body'],
      },
      {
        collection: 'articles',
        action: 'read',
        permissions: { _or: [{ status: { _eq: 'published' } }, { author: { _eq: '$CURRENT_USER' } }] },
        fields: ['*'],
      },
      { collection: 'writers', action: 'read', permissions: {}, fields: ['id', 'name'] },
    ].map((one) => ({ policy: policy.id, ...one })),
  );
  const role = await ask<{ id: string }>('POST', '/roles', { name: 'Writers', description: 'Everybody who writes.' });
  await ask('POST', '/roles', {
    name: 'Proofreaders',
    description: 'Writers who may also correct others.',
    parent: role.id,
  });
  await ask('POST', '/access', { role: role.id, policy: policy.id });
  await ask('PATCH', `/users/${(await ask<{ id: string }>('GET', '/users/me')).id}`, {
    first_name: 'Margit',
    last_name: 'Sand',
  });
  const people = await ask<{ id: string; email: string }[]>(
    'POST',
    '/users',
    WRITERS.map((name, at) => ({
      first_name: name.split(' ')[0],
      last_name: name.split(' ')[1],
      email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
      password: 'a sentence for the demo',
      role: role.id,
      status: at === 3 ? 'suspended' : at === 4 ? 'invited' : 'active',
    })),
  );
  const user = people.find(({ email }) => email === 'ada@example.com')?.id ?? '';
  await ask('POST', `/users/${user}/tokens`, { name: 'Nightly export' });
  return { role: role.id, policy: policy.id, user };
}

async function makeSettings({ ask }: TestProject): Promise<void> {
  await ask('PATCH', '/settings', { project_name: 'The Slow Post', public_registration: true });
  await ask('POST', '/providers', {
    name: 'club',
    driver: 'openid',
    label: 'The Writers’ Club',
    icon: 'key',
    enabled: true,
    settings: { client_id: 'slow-post', client_secret: 'a secret of the demo', issuer_url: 'https://id.club.example' },
  });
  await ask('POST', '/presets', {
    collection: 'articles',
    bookmark: 'To be read by me',
    layout_query: { tabular: { fields: ['title', 'writer', 'status'], sort: ['-published_on'] } },
    filter: { status: { _eq: 'review' } },
  });
}
