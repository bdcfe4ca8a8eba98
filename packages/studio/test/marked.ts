import type { Shown } from './pages.ts';
import { ADMIN, type TestProject } from './project.ts';

/** Text that would be a script in every way that a page can be careless. `mark` says which value it is. */
export const marked = (mark: string): string =>
  `${mark}"'><img src=x onerror="window.__canary=1"><svg onload="window.__canary=1"></svg><script>window.__canary=1</script>{{7*7}}`;

/** The same for what has to be short. */
const short = (mark: string): string => `${mark}"'><img src=x onerror=__canary=1>`;
const ICON = short('icon ');

/** An address that would be a script for whoever follows it. */
export const ADDRESS = 'javascript:window.__canary=1//';

const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };

function field(name: string, type: string, meta: Readonly<Record<string, unknown>> = {}) {
  const translations = [{ language: 'en-US', translation: marked(`label of ${name} `) }];
  return { field: name, type, schema: {}, meta: { note: marked(`note of ${name} `), translations, ...meta } };
}

/** A project of which every text is a trap. */
export async function makeTraps(project: TestProject): Promise<Shown> {
  const { ask } = project;
  await makeCollections(project);
  const file = await upload(project);
  await ask('POST', '/items/writers', [{ name: marked('writer '), home: ADDRESS }]);
  const post = {
    title: marked('title '),
    body: marked('body '),
    home: ADDRESS,
    options: { [marked('name ')]: marked('value '), address: ADDRESS },
    words: [marked('word ')],
    kind: marked('choice '),
    color: `red;background:url(${ADDRESS})`,
    writer: 1,
    picture: file,
  };
  await ask('POST', '/items/posts', [post, { ...post, title: ADDRESS }]);
  await ask('PATCH', '/items/posts/1', { body: marked('changed body '), options: [marked('in a list ')] });
  await ask('POST', '/comments', { collection: 'posts', item: '1', comment: `${marked('comment ')} ${ADDRESS}` });
  const { user, role, policy } = await makePeople(project);
  await makeSurroundings(project);
  return { collection: 'posts', key: '1', user, role, policy, provider: 'trap' };
}

async function makeCollections({ ask }: TestProject): Promise<void> {
  const meta = (name: string, template: string) => ({
    note: marked(`note of ${name} `),
    display_template: template,
    icon: ICON,
    color: ADDRESS,
    preview_url: ADDRESS,
    translations: [
      { language: 'en-US', translation: marked(`name of ${name} `), singular: marked('one '), plural: marked('many ') },
    ],
  });
  await ask('POST', '/collections', {
    collection: 'writers',
    schema: {},
    meta: meta('writers', `${marked('template ')} {{name}}`),
    fields: [key, field('name', 'string'), field('home', 'string')],
  });
  const choices = [{ text: marked('words of the choice '), value: marked('choice '), icon: ADDRESS, color: ADDRESS }];
  await ask('POST', '/collections', {
    collection: 'posts',
    schema: {},
    meta: meta('posts', '{{title}}'),
    fields: [
      key,
      field('title', 'string', { options: { placeholder: marked('placeholder '), iconLeft: ICON } }),
      field('body', 'text', { interface: 'input-rich-text-html' }),
      field('home', 'string', { display: 'formatted-value', display_options: { prefix: marked('prefix ') } }),
      field('options', 'json'),
      field('words', 'csv'),
      field('kind', 'text', { interface: 'select-dropdown', options: { choices } }),
      field('color', 'text', { interface: 'select-color' }),
      field('writer', 'integer', {
        special: ['m2o'],
        interface: 'select-dropdown-m2o',
        options: { template: `${marked('own template ')} {{name}}` },
      }),
      field('picture', 'uuid', { special: ['file'], interface: 'file-image' }),
      {
        ...field('links', 'alias', {
          special: ['alias', 'no-data'],
          interface: 'presentation-links',
          options: { links: [{ label: marked('link '), type: 'primary', url: ADDRESS, icon: ADDRESS }] },
        }),
        schema: null,
      },
      {
        ...field('divider', 'alias', {
          special: ['alias', 'no-data'],
          interface: 'presentation-divider',
          options: { title: marked('divider '), color: ADDRESS },
        }),
        schema: null,
      },
    ],
  });
  const relate = (name: string, related: string, more: object = {}) =>
    ask('POST', '/relations', {
      collection: 'posts',
      field: name,
      related_collection: related,
      schema: {},
      meta: more,
    });
  await relate('writer', 'writers');
  await relate('picture', 'directus_files');
}

/** A picture that is a page, for browsers that look at its content. */
async function upload({ url }: TestProject): Promise<string> {
  const { headers } = await signedIn(url, 'Mozilla/5.0');
  const form = new FormData();
  form.set('title', marked('title of the file '));
  form.set('description', marked('description '));
  form.set('tags', JSON.stringify([marked('tag ')]));
  const content = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.__canary=1"><script>window.__canary=1</script></svg>`;
  form.set('file', new File([content], `${marked('file ').replaceAll('/', '')}.svg`, { type: 'image/svg+xml' }));
  const answer = await fetch(`${url}/files`, { method: 'POST', headers, body: form });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { data: { id: string } }).data.id;
}

/** A session of a browser that calls itself whatever it likes. */
async function signedIn(url: string, agent: string): Promise<{ headers: Record<string, string> }> {
  const headers = { 'content-type': 'application/json', 'user-agent': agent };
  const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
  const { data } = (await answer.json()) as { data: { access_token: string } };
  return { headers: { authorization: `Bearer ${data.access_token}`, 'user-agent': agent } };
}

async function makePeople({ ask, url }: TestProject): Promise<{ user: string; role: string; policy: string }> {
  const policy = await ask<{ id: string }>('POST', '/policies', {
    name: short('policy '),
    description: marked('what the policy is for '),
    icon: ICON,
    app_access: true,
  });
  await ask('POST', '/permissions', {
    policy: policy.id,
    collection: 'posts',
    action: 'read',
    fields: ['*'],
    permissions: { title: { _eq: marked('rule ') } },
    validation: { title: { _contains: marked('validation ') } },
    presets: { title: marked('preset ') },
  });
  const role = await ask<{ id: string }>('POST', '/roles', {
    name: short('role '),
    description: marked('what the role is for '),
    icon: ICON,
  });
  await ask('POST', '/access', { role: role.id, policy: policy.id });
  const names = {
    first_name: short('first '),
    last_name: short('last '),
    title: short('title '),
    location: short('place '),
    description: marked('about '),
    tags: [marked('tag ')],
  };
  const user = await ask<{ id: string }>('POST', '/users', {
    ...names,
    email: 'trap@example.com',
    password: 'the password of a trap',
    role: role.id,
  });
  const me = await ask<{ id: string }>('GET', '/users/me');
  await ask('PATCH', `/users/${me.id}`, { first_name: short('my first '), last_name: short('my last ') });
  await ask('POST', `/users/${user.id}/tokens`, { name: short('token ') });
  await ask('POST', '/users/me/tokens', { name: short('my token ') });
  const { headers } = await signedIn(url, marked('agent '));
  await fetch(`${url}/users/me`, { headers });
  return { user: user.id, role: role.id, policy: policy.id };
}

async function makeSurroundings({ ask }: TestProject): Promise<void> {
  await ask('PATCH', '/settings', {
    project_name: short('project '),
    project_descriptor: short('what the project is '),
    public_note: marked('public note '),
    project_url: ADDRESS,
    custom_css: '</style><script>window.__canary=1</script>',
  });
  await ask('POST', '/providers', {
    name: 'trap',
    driver: 'openid',
    label: short('provider '),
    icon: ICON,
    enabled: true,
    settings: { client_id: marked('client '), client_secret: 'a secret', issuer_url: 'https://id.example.invalid' },
  });
  await ask('POST', '/presets', {
    collection: 'posts',
    bookmark: short('bookmark '),
    icon: ICON,
    color: ADDRESS,
    layout_query: { tabular: { fields: ['title', 'home'], sort: ['id'] } },
    search: '',
  });
}
