import type { Clock } from '../../../kernel/clock.ts';
import type { OutboundClient } from '../../../kernel/outbound/index.ts';
import type { Store } from '../../../store/types.ts';
import { postsAnswers, requestsFor } from '../../login/redirecting-providers.ts';
import { statement } from '../../statements.ts';
import type { LiveProvider } from '../live-providers.ts';
import { checkLdap } from './ldap.ts';
import { checkOAuth2, checkOpenId } from './openid.ts';
import { checkSaml } from './saml.ts';
import { type CheckStep, Walk } from './walk.ts';
import { callbacksOf, checkCookies, type WebSettings } from './web.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: WebSettings;
  readonly outbound: () => OutboundClient;
}

/** Walks through all that a login needs, as far as that goes without somebody who signs in. */
export async function checkProvider(
  live: LiveProvider,
  { store, clock, settings, outbound }: Parts,
): Promise<readonly CheckStep[]> {
  const walk = new Walk();
  const { settings: provider, revision } = live;
  const callbacks = callbacksOf(provider.name, settings);
  switch (provider.driver) {
    case 'openid':
      await checkOpenId(walk, provider, { requests: requestsFor(provider, revision, outbound), clock, callbacks });
      break;
    case 'oauth2':
      await checkOAuth2(walk, provider, { requests: requestsFor(provider, revision, outbound), clock, callbacks });
      break;
    case 'saml':
      await checkSaml(walk, provider, settings);
      break;
    case 'ldap':
      await checkLdap(walk, provider, revision === null ? null : outbound());
      break;
    case 'local':
      walk.passed('settings', 'its passwords are kept here');
  }
  await checkRights(walk, live, store);
  if (provider.driver === 'openid' || provider.driver === 'oauth2') {
    checkCookies(walk, settings, provider.mode, postsAnswers(provider));
  }
  if (provider.driver === 'saml') checkCookies(walk, settings, provider.mode, false);
  return walk.steps;
}

/** Whether the roles and policies are there that settings name. */
async function checkRights(walk: Walk, { settings: { options } }: LiveProvider, store: Store): Promise<void> {
  const { defaultRoleId, roleMapping, policyMapping } = options as {
    defaultRoleId?: string;
    roleMapping?: Readonly<Record<string, unknown>>;
    policyMapping?: Readonly<Record<string, unknown>>;
  };
  const idsIn = (mapping: Readonly<Record<string, unknown>> = {}): string[] =>
    Object.values(mapping).flat().map(String);
  const named = [
    { setting: 'default_role_id', table: 'directus_roles', what: 'role', ids: defaultRoleId ? [defaultRoleId] : [] },
    { setting: 'role_mapping', table: 'directus_roles', what: 'role', ids: idsIn(roleMapping) },
    { setting: 'policy_mapping', table: 'directus_policies', what: 'policy', ids: idsIn(policyMapping) },
  ];
  for (const { setting, table, what, ids } of named) {
    for (const id of new Set(ids)) {
      const row = await store.get(statement(store, `SELECT 1 FROM ${table} WHERE id = ?`), [id.toLowerCase()]);
      if (!row) walk.failed('rights', `there is no ${what} ${id}: nobody would get in`, setting);
    }
  }
}
