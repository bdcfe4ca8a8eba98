import type { Action, FilterInput, Json } from '../wire/index.ts';
import type { Permission } from './model.ts';

const OWN_USER: FilterInput = { user: { _eq: '$CURRENT_USER' } };
const CREATED_BY_SELF: FilterInput = { user_created: { _eq: '$CURRENT_USER' } };
const RECIPIENT: FilterInput = { recipient: { _eq: '$CURRENT_USER' } };
const PRESETS_IN_REACH: FilterInput = {
  _or: [
    OWN_USER,
    { _and: [{ user: { _null: true } }, { role: { _eq: '$CURRENT_ROLE' } }] },
    { _and: [{ user: { _null: true } }, { role: { _null: true } }] },
  ],
};
const OWN_FIELDS = [
  'id',
  'first_name',
  'last_name',
  'last_page',
  'email',
  'password',
  'location',
  'title',
  'description',
  'tags',
  'provider',
  'preferences_divider',
  'avatar',
  'language',
  'appearance',
  'theme_light',
  'theme_dark',
  'tfa_secret',
  'status',
  'role',
];

function grant(
  collection: string,
  action: Action,
  rule: FilterInput,
  fields: readonly string[] = ['*'],
  more: { validation?: FilterInput; presets?: { [field: string]: Json } } = {},
): Permission {
  return {
    id: null,
    policy: null,
    collection,
    action,
    rule,
    fields,
    validation: more.validation ?? null,
    presets: more.presets ?? null,
  };
}

/** What app access grants beside the permissions of the policies: the least that a person needs to use the Studio. */
export const APP_PERMISSIONS: readonly Permission[] = [
  grant('directus_collections', 'read', {}),
  grant('directus_fields', 'read', {}),
  grant('directus_relations', 'read', {}),
  grant('directus_translations', 'read', {}),
  grant('directus_settings', 'read', {}),
  grant('directus_activity', 'read', OWN_USER),
  grant('directus_roles', 'read', { id: { _in: '$CURRENT_ROLES' } }),
  grant('directus_notifications', 'read', RECIPIENT),
  grant('directus_notifications', 'update', RECIPIENT, ['status']),
  grant('directus_presets', 'read', PRESETS_IN_REACH),
  // Without a user it would be everybody's.
  grant('directus_presets', 'create', {}, ['*'], { validation: OWN_USER, presets: { user: '$CURRENT_USER' } }),
  grant('directus_presets', 'update', OWN_USER, ['*'], { validation: OWN_USER }),
  grant('directus_presets', 'delete', OWN_USER),
  grant('directus_comments', 'read', CREATED_BY_SELF),
  grant('directus_comments', 'create', {}, ['*'], { validation: { comment: { _nnull: true } } }),
  grant('directus_comments', 'update', CREATED_BY_SELF, ['comment']),
  grant('directus_comments', 'delete', CREATED_BY_SELF),
  grant('directus_shares', 'read', CREATED_BY_SELF),
  grant('directus_users', 'read', { id: { _eq: '$CURRENT_USER' } }, OWN_FIELDS),
];
