import { createPrivateKey } from 'node:crypto';
import type { AuthProvider } from '../../../config/index.ts';
import type { AuthSettings } from '../../settings.ts';
import type { Walk } from './walk.ts';

type SamlProvider = Extract<AuthProvider, { driver: 'saml' }>;

/** Walks through the metadata of both sides. Nobody is asked: an identity provider answers browsers only. */
export async function checkSaml(
  walk: Walk,
  { name, options }: SamlProvider,
  { publicUrl, authAllowedPublicUrls = [] }: Pick<AuthSettings, 'publicUrl' | 'authAllowedPublicUrls'>,
): Promise<void> {
  const { readIdentityProvider, readServiceProvider } = await import('../saml/metadata.ts');
  const read = <T>(setting: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      walk.failed('metadata', error instanceof Error ? error.message : String(error), setting);
      return null;
    }
  };
  const provider = read('idp_metadata', () => readIdentityProvider(options.idpMetadata ?? ''));
  const service = read('sp_metadata', () => readServiceProvider(options.spMetadata ?? ''));
  const key = options.spPrivateKey;
  const usable = key === undefined || isPrivateKey(key);
  if (!usable) walk.failed('keys', 'the key is no private key in PEM', 'sp_private_key');
  if (provider) {
    walk.passed('metadata', `the provider is ${provider.entityId}; people are sent to ${provider.signOnUrl}`);
    if (provider.wantsSignedRequests && key === undefined) {
      walk.failed('keys', 'the provider wants signed requests, and there is no key to sign with', 'sp_private_key');
    } else if (usable) walk.passed('keys', `answers are signed with one of ${provider.keys.length} keys`);
  }
  if (!service) return;
  const own = [publicUrl, ...authAllowedPublicUrls].map((base) => `${base.replace(/\/+$/, '')}/auth/login/${name}/acs`);
  if (own.includes(service.consumerUrl)) {
    return walk.passed(
      'redirect_uri',
      `answers are posted to ${service.consumerUrl}; this server is ${service.entityId}`,
    );
  }
  const detail = `answers would be posted to ${service.consumerUrl}, and this server takes them at ${own[0]}`;
  walk.failed('redirect_uri', detail, 'sp_metadata');
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === 'private';
  } catch {
    return false;
  }
}
