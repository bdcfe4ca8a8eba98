import { queryOptions } from '@tanstack/react-query';
import { ask } from '../../session/api.ts';

export const DRIVERS = ['openid', 'oauth2', 'saml', 'ldap'] as const;
export type Driver = (typeof DRIVERS)[number];

export interface SetUpProvider {
  readonly name: string;
  readonly driver: Driver | 'local';
  readonly label: string | null;
  readonly icon: string | null;
  readonly enabled: boolean;
  readonly source: 'environment' | 'project';
  readonly read_only: boolean;
  readonly state: 'ready' | 'disabled' | 'unreadable' | 'invalid' | 'shadowed';
  /** What keeps it from being used. */
  readonly problem: string | null;
  readonly settings: Readonly<Record<string, unknown>> | null;
}

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: () => ask<SetUpProvider[]>('/providers'),
});

export const providerQuery = (name: string) =>
  queryOptions({ queryKey: ['providers', name], queryFn: () => ask<SetUpProvider>(`/providers/${name}`) });

export interface Step {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The setting at fault. */
  readonly setting?: string | null;
}

export interface TestResult {
  readonly ok: boolean;
  readonly steps: readonly Step[];
}

export interface SettingInput {
  readonly name: string;
  readonly kind: 'text' | 'secret' | 'boolean' | 'list' | 'json' | 'long' | 'role' | 'mode';
  readonly required?: boolean;
}

const JOINING: readonly SettingInput[] = [
  { name: 'allow_public_registration', kind: 'boolean' },
  { name: 'default_role_id', kind: 'role' },
  { name: 'sync_user_info', kind: 'boolean' },
];
const MAPPING: readonly SettingInput[] = [
  { name: 'group_claim_name', kind: 'text' },
  { name: 'role_mapping', kind: 'json' },
];
const CODE_FLOW: readonly SettingInput[] = [
  { name: 'scope', kind: 'text' },
  { name: 'identifier_key', kind: 'text' },
  { name: 'email_key', kind: 'text' },
  { name: 'first_name_key', kind: 'text' },
  { name: 'last_name_key', kind: 'text' },
];
const REDIRECTS: SettingInput = { name: 'redirect_allow_list', kind: 'list' };

/** What is asked for of each kind of provider, what everybody needs first. */
export const INPUTS: Readonly<Record<Driver, readonly SettingInput[]>> = {
  openid: [
    { name: 'client_id', kind: 'text', required: true },
    { name: 'client_secret', kind: 'secret', required: true },
    { name: 'issuer_url', kind: 'text', required: true },
    REDIRECTS,
    ...JOINING,
    { name: 'require_verified_email', kind: 'boolean' },
    ...CODE_FLOW,
    ...MAPPING,
  ],
  oauth2: [
    { name: 'client_id', kind: 'text', required: true },
    { name: 'client_secret', kind: 'secret', required: true },
    { name: 'authorize_url', kind: 'text', required: true },
    { name: 'access_url', kind: 'text', required: true },
    { name: 'profile_url', kind: 'text', required: true },
    REDIRECTS,
    ...JOINING,
    ...CODE_FLOW,
    ...MAPPING,
  ],
  saml: [
    { name: 'idp_metadata', kind: 'long', required: true },
    { name: 'sp_metadata', kind: 'long', required: true },
    REDIRECTS,
    { name: 'identifier_key', kind: 'text' },
    { name: 'email_key', kind: 'text' },
    ...JOINING,
    ...MAPPING,
  ],
  ldap: [
    { name: 'client_url', kind: 'text', required: true },
    { name: 'bind_dn', kind: 'text', required: true },
    { name: 'bind_password', kind: 'secret', required: true },
    { name: 'user_dn', kind: 'text', required: true },
    { name: 'user_attribute', kind: 'text' },
    { name: 'user_scope', kind: 'text' },
    { name: 'mail_attribute', kind: 'text' },
    { name: 'first_name_attribute', kind: 'text' },
    { name: 'last_name_attribute', kind: 'text' },
    { name: 'group_dn', kind: 'text' },
    { name: 'group_attribute', kind: 'text' },
    { name: 'default_role_id', kind: 'role' },
    { name: 'sync_user_info', kind: 'boolean' },
  ],
};
