// What this example needs of Limen: posts, members who see and change their own ones only, and registration. Run it once:
//   LIMEN_TOKEN=… npm run setup      the token of an administrator (ADMIN_TOKEN of Limen)
//   LIMEN_URL=…                      where Limen is, if not at http://localhost:8055
const { LIMEN_URL: url = 'http://localhost:8055', LIMEN_TOKEN: token } = process.env;
const ROLE = '5e6f7a10-0000-4000-8000-000000000001';
const POLICY = '5e6f7a10-0000-4000-8000-000000000002';

async function ask(method, path, body) {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

const there = (path) => fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } }).then(({ ok }) => ok);

if (!token) throw new Error('LIMEN_TOKEN is missing: the token of an administrator.');

if (!(await there('/collections/posts'))) {
  const key = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } };
  const title = { field: 'title', type: 'string', schema: { is_nullable: false } };
  const author = { field: 'author', type: 'uuid', meta: { special: ['m2o', 'user-created'] } };
  await ask('POST', '/collections', { collection: 'posts', schema: {}, meta: {}, fields: [key, title, author] });
  await ask('POST', '/relations', { collection: 'posts', field: 'author', related_collection: 'directus_users' });
}

if (!(await there(`/roles/${ROLE}`))) {
  const own = { author: { _eq: '$CURRENT_USER' } };
  const self = { id: { _eq: '$CURRENT_USER' } };
  const permissions = [
    { collection: 'posts', action: 'create', fields: ['title'] },
    { collection: 'posts', action: 'read', fields: ['*'], permissions: own },
    { collection: 'posts', action: 'update', fields: ['title'], permissions: own },
    { collection: 'posts', action: 'delete', permissions: own },
    { collection: 'directus_users', action: 'read', fields: ['id', 'email'], permissions: self },
    { collection: 'directus_users', action: 'update', fields: ['email'], permissions: self },
  ];
  await ask('POST', '/roles', { id: ROLE, name: 'Members' });
  await ask('POST', '/policies', { id: POLICY, name: 'Own posts', permissions });
  await ask('POST', '/access', { role: ROLE, policy: POLICY });
}

await ask('PATCH', '/settings', {
  public_registration: true,
  public_registration_role: ROLE,
  // A real app has addresses verified; then Limen has to be able to send mail.
  public_registration_verify_email: false,
});
console.log(`${url} is ready: anybody can sign up, and has posts of their own.`);
