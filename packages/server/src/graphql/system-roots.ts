import type { Action } from '../wire/index.ts';
import type { InputTypes } from './input-types.ts';
import type { OutputTypes } from './output-types.ts';
import type { Place, RootFields } from './roots.ts';
import type { Visible } from './visible.ts';

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
export function addSystemRoots(roots: RootFields, outputs: OutputTypes, inputs: InputTypes, visible: Visible): void {
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
    users_register: {
      type: 'Boolean',
      args: {
        email: 'String!',
        password: 'String!',
        verification_url: 'String',
        first_name: 'String',
        last_name: 'String',
      },
    },
    users_register_verify: { type: 'Boolean', args: { token: 'String!' } },
    users_invite_accept: { type: 'Boolean', args: { token: 'String!', password: 'String!' } },
    users_me_tfa_generate: { type: 'tfa_proposal', args: { password: 'String!' } },
    users_me_tfa_enable: { type: 'Boolean', args: { secret: 'String!', otp: 'String!' } },
    users_me_tfa_disable: { type: 'Boolean', args: { otp: 'String!' } },
    utils_random_string: { type: 'String', args: { length: 'Int' } },
    utils_hash_generate: { type: 'String', args: { string: 'String!' } },
    utils_hash_verify: { type: 'Boolean', args: { string: 'String!', hash: 'String!' } },
    utils_sort: { type: 'Boolean', args: { collection: 'String!', item: 'ID!', to: 'ID!' } },
    utils_revert: { type: 'Boolean', args: { revision: 'ID!' } },
    utils_cache_clear: { type: 'Void' },
  });
  if (visible.access('directus_users', 'create')) {
    const args = { email: 'String!', role: 'String!', invite_url: 'String' };
    roots.mutation.users_invite = { type: 'Boolean', args };
  }
  addModelRoots(roots, visible);
  const user = outputs.item('directus_users');
  const changes = inputs.of('directus_users', 'update');
  if (user) roots.query.users_me = { type: user };
  if (visible.access('directus_users', 'delete')) roots.mutation.delete_users_me = { type: 'delete_one' };
  if (changes) roots.mutation.update_users_me = { type: user ?? 'Boolean', args: { data: `${changes}!` } };
}

/** The data model and the own rights, for whoever may read the collections that they stand in. */
function addModelRoots({ query }: RootFields, visible: Visible): void {
  const mayRead = (collection: string): boolean => visible.access(collection, 'read') !== null;
  if (mayRead('directus_collections')) {
    query.collections = { type: '[collection_model!]!' };
    query.collections_by_name = { type: 'collection_model', args: { name: 'String!' } };
  }
  if (mayRead('directus_fields')) {
    query.fields = { type: '[field_model!]!' };
    query.fields_in_collection = { type: '[field_model!]!', args: { collection: 'String!' } };
    query.fields_by_name = { type: 'field_model', args: { collection: 'String!', field: 'String!' } };
  }
  if (mayRead('directus_relations')) {
    query.relations = { type: '[relation_model!]!' };
    query.relations_in_collection = { type: '[relation_model!]!', args: { collection: 'String!' } };
    query.relations_by_name = { type: 'relation_model', args: { collection: 'String!', field: 'String!' } };
  }
  if (mayRead('directus_permissions')) query.permissions_me = { type: 'JSON' };
  if (mayRead('directus_roles')) query.roles_me = { type: 'JSON' };
  if (mayRead('directus_policies')) query.policies_me_globals = { type: 'own_globals' };
}
