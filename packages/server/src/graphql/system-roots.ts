import type { Action } from '../wire/index.ts';
import type { InputTypes } from './input-types.ts';
import type { OutputTypes } from './output-types.ts';
import type { Place, RootFields } from './roots.ts';

const ALL: readonly Action[] = ['read', 'create', 'update', 'delete'];

/** What can be done here beyond reading; content comes with a file, and history is not made by hand. */
const ACTIONS: Readonly<Record<string, readonly Action[]>> = {
  activity: ['read'],
  revisions: ['read'],
  files: ['read', 'update', 'delete'],
};

const ROOTS =
  'access activity comments dashboards files flows folders notifications operations panels permissions policies presets ' +
  'revisions roles settings shares translations users versions';

export const SYSTEM_PLACES: readonly Place[] = ROOTS.split(' ').map((root) => ({
  collection: `directus_${root}`,
  root,
  actions: ACTIONS[root] ?? ALL,
  versions: false,
}));

/** What everybody can ask of the server, and everybody with an account of the own account. */
export function addSystemRoots(roots: RootFields, outputs: OutputTypes, inputs: InputTypes): void {
  Object.assign(roots.query, {
    server_ping: { type: 'String' },
    server_info: { type: 'JSON' },
    server_health: { type: 'JSON' },
    server_specs_oas: { type: 'JSON' },
    server_specs_graphql: { type: 'String', args: { scope: 'graphql_sdl_scope' } },
  });
  Object.assign(roots.mutation, {
    auth_login: {
      type: 'auth_tokens',
      args: { email: 'String!', password: 'String!', mode: 'auth_mode', otp: 'String' },
    },
    auth_refresh: { type: 'auth_tokens', args: { refresh_token: 'String', mode: 'auth_mode' } },
    auth_logout: { type: 'Boolean', args: { refresh_token: 'String', mode: 'auth_mode' } },
    auth_password_request: { type: 'Boolean', args: { email: 'String!', reset_url: 'String' } },
    auth_password_reset: { type: 'Boolean', args: { token: 'String!', password: 'String!' } },
  });
  const user = outputs.item('directus_users');
  const changes = inputs.of('directus_users', 'update');
  if (user) roots.query.users_me = { type: user };
  if (changes) roots.mutation.update_users_me = { type: user ?? 'Boolean', args: { data: `${changes}!` } };
}
