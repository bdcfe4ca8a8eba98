import { Inside } from '../inside.ts';
import { type Database, makeProject, type Project as Place } from '../started-server.ts';

/** Everybody who asks, by name; '' is the public. Tokens are the names with a tail. */
export const CALLERS = ['fields', 'fields-app', 'rows', 'mixed', 'app', 'everything'] as const;
export type CallerName = (typeof CALLERS)[number] | 'admin' | 'public';

export const tokenOf = (name: string): string => `${name}-static-token-0123456789`;
export const userOf = (name: string): string => `00000000-0000-4000-8000-0000000000${hex(name)}`;
export const FILES = { shown: id(0xf1), hidden: id(0xf2) } as const;
export const VERSION = id(0xe1);

type Permission = { collection: string; action: string; [key: string]: unknown };

function id(number: number): string {
  return `00000000-0000-4000-8000-0000000000${number.toString(16).padStart(2, '0')}`;
}

function hex(name: string): string {
  return ([...CALLERS, 'victim'] as readonly string[]).indexOf(name).toString(16).padStart(2, '0');
}

const KEY = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };
const column = (field: string, type = 'string', special?: string[]) => ({
  field,
  type,
  schema: {},
  meta: special ? { special } : {},
});
const list = (field: string, special: string) => ({ field, type: 'alias', meta: { special: [special] } });

/** Every type whose values filters, functions and aggregates treat in a way of their own. */
const VAULT = [
  KEY,
  column('label'),
  column('open', 'boolean'),
  column('code'),
  column('pin', 'integer'),
  column('opened', 'timestamp'),
  column('doc', 'json', ['cast-json']),
  column('tags', 'csv', ['cast-csv']),
  column('amount', 'decimal'),
  column('seed', 'string', ['conceal']),
  column('passphrase', 'hash', ['hash', 'conceal']),
  column('room', 'integer', ['m2o']),
  column('cell', 'integer', ['m2o']),
  column('owner', 'uuid', ['m2o']),
  list('notes', 'o2m'),
  list('marks', 'm2m'),
  list('blocks', 'm2a'),
];

async function makeModel(admin: Inside): Promise<void> {
  const make = (collection: string, fields: unknown[], meta = {}) =>
    admin.must('POST', '/collections', { collection, schema: {}, meta, fields });
  await make('rooms', [KEY, column('name'), column('secret'), column('size', 'integer'), list('vaults', 'o2m')]);
  await make('closed', [KEY, column('label'), column('level', 'integer')]);
  await make('vaults', VAULT, { versioning: true });
  await make('notes', [KEY, column('text'), column('secret'), column('vault', 'integer', ['m2o'])]);
  await make('marks', [KEY, column('name'), column('secret')]);
  await make('vaults_marks', [KEY, column('vaults_id', 'integer', ['m2o']), column('marks_id', 'integer', ['m2o'])]);
  await make('blocks', [KEY, column('page', 'integer', ['m2o']), column('collection'), column('item')]);
  await make('desk', [KEY, column('title'), column('secret')], { singleton: true });
  const relate = (collection: string, field: string, related_collection: string | null, meta: object = {}) =>
    admin.must('POST', '/relations', {
      collection,
      field,
      related_collection,
      schema: related_collection ? {} : null,
      meta,
    });
  await relate('vaults', 'room', 'rooms', { one_field: 'vaults' });
  await relate('vaults', 'cell', 'closed');
  await relate('vaults', 'owner', 'directus_users');
  await relate('notes', 'vault', 'vaults', { one_field: 'notes' });
  await relate('vaults_marks', 'vaults_id', 'vaults', { one_field: 'marks', junction_field: 'marks_id' });
  await relate('vaults_marks', 'marks_id', 'marks', { junction_field: 'vaults_id' });
  await relate('blocks', 'page', 'vaults', { one_field: 'blocks', junction_field: 'item' });
  const anything = { one_collection_field: 'collection', one_allowed_collections: ['rooms', 'closed'] };
  await relate('blocks', 'item', null, { ...anything, junction_field: 'page' });
}

/** Ten vaults, of which the even ones are open; everything secret says so. */
async function makeRows(admin: Inside): Promise<void> {
  const put = (collection: string, rows: unknown) => admin.must('POST', `/items/${collection}`, rows);
  const some = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1));
  await put(
    'rooms',
    some(4, (n) => ({ id: n, name: `room ${n}`, secret: `canary-a-${n}`, size: n % 2 })),
  );
  await put(
    'closed',
    some(3, (n) => ({ id: n, label: `canary-a-${n}`, level: n })),
  );
  await put(
    'vaults',
    some(10, (n) => ({
      id: n,
      label: `vault ${n}`,
      open: n % 2 === 0,
      code: `canary-a-${n % 4}`,
      pin: n * 3,
      opened: `20${10 + n}-03-04T05:06:07Z`,
      doc: { a: { b: `canary-a-${n}` }, list: [n] },
      tags: ['canary-a', `t${n}`],
      amount: n * 1.5,
      seed: `canary-a-${n}`,
      room: 1 + (n % 4),
      cell: 1 + (n % 3),
      owner: userOf(n % 3 === 0 ? 'victim' : 'fields'),
    })),
  );
  await put(
    'notes',
    some(20, (n) => ({ id: n, text: `note ${n}`, secret: `canary-a-${n}`, vault: 1 + (n % 10) })),
  );
  await put(
    'marks',
    some(4, (n) => ({ id: n, name: n % 2 ? `seen ${n}` : `canary-a-${n}`, secret: `canary-a-${n}` })),
  );
  await put(
    'vaults_marks',
    some(12, (n) => ({ id: n, vaults_id: 1 + (n % 10), marks_id: 1 + (n % 4) })),
  );
  const kind = (n: number) => (n % 2 ? 'rooms' : 'closed');
  await put(
    'blocks',
    some(6, (n) => ({ id: n, page: n, collection: kind(n), item: String(1 + (n % 3)) })),
  );
  await admin.must('PATCH', '/items/desk', { title: 'desk', secret: 'canary-a' });
}

async function makeSystemRows(admin: Inside): Promise<void> {
  const keys = { ai_openai_api_key: 'canary-a', ai_anthropic_api_key: 'canary-a', ai_google_api_key: 'canary-a' };
  await admin.must('PATCH', '/settings', {
    ...keys,
    ai_openai_compatible_headers: [{ header: 'x', value: 'canary-a' }],
  });
  const comment = { collection: 'vaults', item: '1', comment: 'canary-a' };
  await admin.must('POST', '/comments', { ...comment, id: id(0xc1) });
  await admin.must('POST', '/versions', { id: VERSION, collection: 'vaults', item: '2', key: 'draft', name: 'Draft' });
  await admin.must('POST', `/versions/${VERSION}/save`, { label: 'drafted', code: 'canary-a-draft' });
  await admin.must('POST', '/notifications', { recipient: userOf('victim'), subject: 'canary-a', message: 'canary-a' });
  await admin.must('POST', '/presets', { user: userOf('victim'), bookmark: 'canary-a', collection: 'vaults' });
  for (const [name, file] of Object.entries(FILES)) {
    const part = (field: string, value: string) =>
      `--x\r\ncontent-disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`;
    const fields =
      part('id', file) + part('title', name === 'shown' ? 'seen' : 'canary-a') + part('description', 'canary-a');
    const content = `${fields}--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\ntext\r\n--x--\r\n`;
    const form = { type: 'multipart/form-data; boundary=x', content };
    const made = await admin.ask({ method: 'POST', url: '/files', token: 'admin-static-token-0123456789', form });
    if (!made.startsWith('200')) throw new Error(made);
  }
}

/** Users of whom nobody but the administrator sees more than a name. */
async function makeUsers(admin: Inside): Promise<void> {
  const person = (name: string) => ({
    id: userOf(name),
    email: `${name}@example.com`,
    password: 'canary-a-password',
    token: tokenOf(name),
    first_name: name,
    last_name: 'canary-a',
    title: 'canary-a',
    external_identifier: `canary-a-${name}`,
  });
  for (const name of [...CALLERS, 'victim']) {
    const policy = await admin.must('POST', '/policies', {
      name,
      description: 'canary-a',
      app_access: name.endsWith('app'),
    });
    for (const permission of PERMISSIONS[name] ?? [])
      await admin.must('POST', '/permissions', { policy: policy.id, fields: ['*'], ...permission });
    const role = await admin.must('POST', '/roles', {
      name,
      description: 'canary-a',
      policies: [{ policy: policy.id }],
    });
    await admin.must('POST', '/users', { ...person(name), role: role.id });
  }
  const [attachment] = await admin.must<{ policy: string }[]>('GET', '/access?filter[role][_null]=true');
  for (const permission of PERMISSIONS.fields ?? [])
    await admin.must('POST', '/permissions', { policy: attachment?.policy, fields: ['*'], ...permission });
}

const read = (collection: string, fields: string, permissions: object = {}) => ({
  collection,
  action: 'read',
  fields: fields.split(','),
  permissions,
});
const OPEN = { open: { _eq: true } };

/** Of every item of most collections some fields. */
const FIELDS: Permission[] = [
  read('vaults', 'id,label,room,cell,owner,notes,marks,blocks'),
  { ...read('vaults', 'label'), action: 'update' },
  read('rooms', 'id,name,vaults'),
  read('notes', 'id,text,vault'),
  read('marks', 'id,name'),
  read('vaults_marks', '*'),
  read('blocks', 'id,page,collection,item'),
  read('desk', 'id,title'),
  read('directus_users', 'id,first_name,role'),
  read('directus_roles', 'id,name'),
  read('directus_files', 'id,type'),
  read('directus_comments', 'id,item,collection'),
  read('directus_versions', 'id,key,collection,item'),
  read('directus_activity', 'id,action'),
  read('directus_revisions', 'id,collection,item'),
];

/** Of some items all fields. */
const ROWS: Permission[] = [
  read('vaults', '*', OPEN),
  { ...read('vaults', '*', OPEN), action: 'update' },
  { ...read('vaults', '*', OPEN), action: 'delete' },
  read('rooms', '*', { size: { _gt: 0 } }),
  read('notes', '*', { vault: OPEN }),
  read('marks', '*', { name: { _starts_with: 'seen' } }),
  read('vaults_marks', '*', { _and: [{ vaults_id: OPEN }, { marks_id: { name: { _starts_with: 'seen' } } }] }),
  read('blocks', '*', { page: OPEN }),
  read('directus_users', '*', { id: { _eq: '$CURRENT_USER' } }),
  read('directus_files', '*', { title: { _eq: 'seen' } }),
  read('directus_comments', '*', { user_created: { _eq: '$CURRENT_USER' } }),
  read('directus_versions', '*', { user_created: { _eq: '$CURRENT_USER' } }),
  read('directus_activity', '*', { user: { _eq: '$CURRENT_USER' } }),
  read('directus_notifications', '*', { recipient: { _eq: '$CURRENT_USER' } }),
  read('directus_presets', '*', { user: { _eq: '$CURRENT_USER' } }),
];

/** Of every item some fields, and of some items the others too. */
const MIXED: Permission[] = [
  read('vaults', 'id,label,open,room,notes,marks,blocks'),
  read('vaults', 'code,pin,opened,doc,tags,amount,seed,passphrase,cell,owner', OPEN),
  read('rooms', 'id,name,size,vaults'),
  read('rooms', 'secret', { size: { _gt: 0 } }),
  read('notes', 'id,text,vault'),
  read('notes', 'secret', { vault: OPEN }),
  read('marks', 'id,name'),
  read('vaults_marks', '*'),
  read('blocks', '*'),
  read('directus_users', 'id,first_name'),
  read('directus_users', 'last_name,title', { id: { _eq: '$CURRENT_USER' } }),
];

const SYSTEM = ['users', 'settings', 'files', 'activity', 'revisions', 'versions', 'comments', 'shares', 'presets'];
const EVERYTHING: Permission[] = ['vaults', 'rooms', 'notes', 'marks', 'vaults_marks', 'blocks', 'desk', 'closed']
  .concat(SYSTEM.map((name) => `directus_${name}`))
  .map((collection) => read(collection, '*'));

const PERMISSIONS: Readonly<Record<string, Permission[]>> = {
  fields: FIELDS,
  'fields-app': FIELDS,
  rows: ROWS,
  mixed: MIXED,
  everything: EVERYTHING,
};

/** The project of which all others are copies; nobody has it open. */
export async function makeTemplate(database: Database): Promise<Place> {
  const place = await makeProject(database);
  const admin = await Inside.open(place);
  try {
    await makeModel(admin);
    await makeUsers(admin);
    await makeRows(admin);
    await makeSystemRows(admin);
  } finally {
    await admin.close();
  }
  return place;
}
