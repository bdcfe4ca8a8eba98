import type { AccessProfile } from '../access/index.ts';
import type { PathItem } from './openapi-items.ts';
import type { Schema } from './openapi-schemas.ts';

type Guard = (profile: AccessProfile) => boolean;

const everybody: Guard = () => true;
const administrators: Guard = ({ admin }) => admin;
const readersOf =
  (collection: string): Guard =>
  (profile) =>
    profile.access(collection, 'read') !== null;

// biome-ignore format: a table is read by its columns.
const ENDPOINTS: readonly (readonly [method: string, path: string, who: Guard, summary: string])[] = [
  ['get',    '/server/ping',                 everybody,      'Whether the server answers'],
  ['get',    '/server/health',               everybody,      'How the server is'],
  ['get',    '/server/info',                 everybody,      'About the project'],
  ['get',    '/server/setup',                everybody,      'Whether the project waits for its administrator'],
  ['post',   '/server/setup',                everybody,      'Choose the administrator of a new project'],
  ['get',    '/server/specs/oas',            everybody,      'This description'],
  ['get',    '/auth',                        everybody,      'Ways to sign in'],
  ['post',   '/auth/login',                  everybody,      'Sign in with a password'],
  ['post',   '/auth/login/{provider}',       everybody,      'Sign in with a password of a provider'],
  ['get',    '/auth/login/{provider}',       everybody,      'Leave for a provider to sign in there'],
  ['get',    '/auth/login/{provider}/callback',  everybody,  'Come back from an OpenID or OAuth 2.0 provider'],
  ['post',   '/auth/login/{provider}/callback',  everybody,  'Come back from a provider that posts its answer'],
  ['get',    '/auth/login/{provider}/metadata',  everybody,  'What a SAML provider has to know of this server'],
  ['post',   '/auth/login/{provider}/acs',       everybody,  'Come back from a SAML provider'],
  ['post',   '/auth/login/{provider}/backchannel-logout', everybody, 'Be told by a provider that somebody signed out'],
  ['post',   '/auth/login/handoff',          everybody,      'Take over a login at a provider with its code'],
  ['post',   '/auth/passkey/options',        everybody,      'What to ask a passkey for signing in'],
  ['post',   '/auth/passkey/login',          everybody,      'Sign in with a passkey'],
  ['post',   '/auth/refresh',                everybody,      'Get new tokens'],
  ['post',   '/auth/logout',                 everybody,      'Sign out'],
  ['post',   '/auth/logout/{provider}',      everybody,      'Sign out here and at a provider'],
  ['get',    '/auth/login/{provider}/logout', everybody,     'Come back from a provider that signed somebody out'],
  ['post',   '/auth/login/{provider}/logout', everybody,     'Hear of a logout from a SAML provider'],
  ['get',    '/users/me',                    readersOf('directus_users'), 'Read your own account'],
  ['patch',  '/users/me',                    readersOf('directus_users'), 'Update your own account'],
  ['get',    '/users/me/tfa',                readersOf('directus_users'), 'Your second factors'],
  ['patch',  '/users/me/tfa',                readersOf('directus_users'), 'Ask for a passkey beside your password'],
  ['post',   '/users/me/tfa/generate',       readersOf('directus_users'), 'Get a secret for one-time passwords'],
  ['post',   '/users/me/tfa/enable',         readersOf('directus_users'), 'Turn your one-time passwords on'],
  ['post',   '/users/me/tfa/disable',        readersOf('directus_users'), 'Turn your one-time passwords off'],
  ['post',   '/users/me/tfa/recovery-codes', readersOf('directus_users'), 'Get new recovery codes'],
  ['post',   '/users/{id}/tfa/disable',      administrators, 'Take the second factors from a user who lost them'],
  ['get',    '/users/me/passkeys',           readersOf('directus_users'), 'List your passkeys'],
  ['post',   '/users/me/passkeys',           readersOf('directus_users'), 'Add a passkey'],
  ['post',   '/users/me/passkeys/options',   readersOf('directus_users'), 'What to ask of a new or of your own passkey'],
  ['patch',  '/users/me/passkeys/{id}',      readersOf('directus_users'), 'Rename your passkey'],
  ['delete', '/users/me/passkeys/{id}',      readersOf('directus_users'), 'Remove your passkey'],
  ['get',    '/users/me/identities',         readersOf('directus_users'), 'List your identities at providers'],
  ['post',   '/users/me/identities',         readersOf('directus_users'), 'Link another identity'],
  ['delete', '/users/me/identities/{id}',    readersOf('directus_users'), 'Unlink an identity'],
  ['get',    '/users/{id}/passkeys',         administrators, 'List the passkeys of a user'],
  ['delete', '/users/{id}/passkeys/{passkey}', administrators, 'Remove a passkey of a user'],
  ['get',    '/roles/me',                    everybody,      'Your roles'],
  ['get',    '/policies/me/globals',         everybody,      'What your policies allow in general'],
  ['get',    '/permissions/me',              everybody,      'Your permissions'],
  ['get',    '/utils/random/string',         everybody,      'A random text'],
  ['post',   '/utils/hash/generate',         everybody,      'Hash a text'],
  ['post',   '/utils/hash/verify',           everybody,      'Compare a text with a hash'],
  ['get',    '/collections',                 readersOf('directus_collections'), 'List collections'],
  ['post',   '/collections',                 administrators, 'Create collections'],
  ['patch',  '/collections',                 administrators, 'Update collections'],
  ['get',    '/collections/{collection}',    readersOf('directus_collections'), 'Read a collection'],
  ['patch',  '/collections/{collection}',    administrators, 'Update a collection'],
  ['delete', '/collections/{collection}',    administrators, 'Delete a collection'],
  ['get',    '/fields',                      readersOf('directus_fields'), 'List fields'],
  ['get',    '/fields/{collection}',         readersOf('directus_fields'), 'List the fields of a collection'],
  ['post',   '/fields/{collection}',         administrators, 'Create a field'],
  ['patch',  '/fields/{collection}',         administrators, 'Update fields'],
  ['get',    '/fields/{collection}/{field}', readersOf('directus_fields'), 'Read a field'],
  ['patch',  '/fields/{collection}/{field}', administrators, 'Update a field'],
  ['delete', '/fields/{collection}/{field}', administrators, 'Delete a field'],
  ['get',    '/relations',                   readersOf('directus_relations'), 'List relations'],
  ['post',   '/relations',                   administrators, 'Create a relation'],
  ['get',    '/relations/{collection}',      readersOf('directus_relations'), 'List the relations of a collection'],
  ['get',    '/relations/{collection}/{field}',    readersOf('directus_relations'), 'Read a relation'],
  ['patch',  '/relations/{collection}/{field}',    administrators, 'Update a relation'],
  ['delete', '/relations/{collection}/{field}',    administrators, 'Delete a relation'],
  ['get',    '/providers',                   administrators, 'List the providers to sign in with'],
  ['post',   '/providers',                   administrators, 'Set up a provider'],
  ['post',   '/providers/test',              administrators, 'Test a provider that is not set up yet'],
  ['get',    '/providers/{name}',            administrators, 'Read a provider'],
  ['patch',  '/providers/{name}',            administrators, 'Change a provider'],
  ['delete', '/providers/{name}',            administrators, 'Delete a provider'],
  ['post',   '/providers/{name}/test',       administrators, 'Test a provider, as it is or with changes'],
  ['get',    '/schema/snapshot',             administrators, 'The data model as a file'],
  ['post',   '/schema/diff',                 administrators, 'Compare the data model with a file'],
  ['post',   '/schema/apply',                administrators, 'Apply a difference'],
];

/** What pages of providers post to. */
const FORMS = /\/login\/\{provider\}\/(callback|acs|logout|backchannel-logout)$/;

/** Endpoints that every project has, as far as the caller may use them. */
export function fixedPaths(profile: AccessProfile): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {};
  for (const [method, path, mayUse, summary] of ENDPOINTS) {
    if (!mayUse(profile)) continue;
    paths[path] = { ...paths[path], [method]: operation(method, path, summary) };
  }
  return paths;
}

function operation(method: string, path: string, summary: string): Schema {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const type = FORMS.test(path) ? 'application/x-www-form-urlencoded' : 'application/json';
  const content = { [type]: { schema: { type: 'object' } } };
  return {
    summary,
    tags: [(path.split('/')[1] ?? '').replace(/^./, (letter) => letter.toUpperCase())],
    ...(names.length > 0
      ? { parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })) }
      : {}),
    ...(method === 'post' || method === 'patch' ? { requestBody: { content } } : {}),
    responses: { 200: { description: 'Done.' }, default: { $ref: '#/components/responses/Error' } },
  };
}
