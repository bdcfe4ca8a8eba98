import type { Config } from './load.ts';
import type { Reader } from './reader.ts';
import type { Settings } from './setting.ts';
import { SETTINGS } from './settings/index.ts';
import { PLANNED } from './settings/planned.ts';

type Unwarned = Omit<Config, 'warnings'>;

const DAY_MS = 86_400_000;

/** Memory times passes of the least of the equivalent choices for Argon2id in OWASP's Password Storage Cheat Sheet. */
const LEAST_HASH_WORK = 7_168 * 5;

/** One warning for what is given, right, and without effect in this version. */
export function warnAboutPlanned(reader: Reader, config: Unwarned): readonly string[] {
  const names = plannedNames(SETTINGS, reader, config);
  if (names.length === 0) return [];
  const [verb, subject] = names.length === 1 ? ['has', 'it controls'] : ['have', 'they control'];
  return [`${names.join(', ')}: read and checked, but ${verb} no effect; what ${subject} comes with a later version.`];
}

function plannedNames(settings: Settings, reader: Reader, config: Unwarned): readonly string[] {
  const values: Readonly<Record<string, unknown>> = { ...config };
  return Object.entries(settings)
    .filter(([, entry]) => PLANNED.has(entry.name) && reader.given(entry.name))
    .filter(([key, { kind, default: fallback }]) => {
      // `false` asks for nothing that is missing, nor does what would be so anyway.
      const value = values[key];
      return (
        value !== false && !(fallback !== undefined && JSON.stringify(kind.parse(fallback)) === JSON.stringify(value))
      );
    })
    .map(([, { name }]) => name);
}

/** Values that are right alone and doubtful together. */
export function warnAboutCombinations(config: Unwarned): readonly string[] {
  const warnings: string[] = [];
  const warn = (applies: boolean, message: string) => {
    if (applies) warnings.push(message);
  };
  warn(
    config.sessionCookieSameSite === 'none' && !config.sessionCookieSecure,
    'SESSION_COOKIE_SAME_SITE=none without SESSION_COOKIE_SECURE=true: browsers refuse such a cookie.',
  );
  warn(
    config.refreshTokenCookieSameSite === 'none' && !config.refreshTokenCookieSecure,
    'REFRESH_TOKEN_COOKIE_SAME_SITE=none without REFRESH_TOKEN_COOKIE_SECURE=true: browsers refuse such a cookie.',
  );
  warn(
    config.refreshTokenTtlMs < config.accessTokenTtlMs,
    'REFRESH_TOKEN_TTL is shorter than ACCESS_TOKEN_TTL: nobody can refresh.',
  );
  warn(
    config.accessTokenTtlMs > DAY_MS,
    'ACCESS_TOKEN_TTL is longer than a day: an access token cannot be called back before it ends.',
  );
  warn(
    config.secret !== undefined && config.secret.length < 32,
    'SECRET has fewer than 32 characters: it can be guessed.',
  );
  warn(
    config.publicUrl.startsWith('https:') && !(config.sessionCookieSecure && config.refreshTokenCookieSecure),
    'PUBLIC_URL is https, but SESSION_COOKIE_SECURE or REFRESH_TOKEN_COOKIE_SECURE is not true: browsers would send cookies over http too.',
  );
  warn(
    config.hashMemoryCostKib * config.hashTimeCost < LEAST_HASH_WORK,
    'HASH_MEMORY_COST and HASH_TIME_COST make password hashes cheaper than OWASP recommends (19456 and 2).',
  );
  warn(
    config.adminToken !== undefined && config.adminToken.length < 16,
    'ADMIN_TOKEN has fewer than 16 characters: it can be guessed.',
  );
  warn(
    config.corsEnabled && config.corsOrigin === true && config.corsCredentials,
    'CORS_ORIGIN=true with CORS_CREDENTIALS=true: any page may call the API with the cookies of its visitors.',
  );
  for (const provider of config.authProviders) {
    warn(
      provider.driver === 'ldap' && sendsPlainPasswords(provider.options.clientUrl ?? '', provider.client.startTls),
      `The provider ${provider.name} sends passwords to its directory without encryption: use ldaps:// or CLIENT_START_TLS=true.`,
    );
  }
  return warnings;
}

const sendsPlainPasswords = (clientUrl: string, startTls: unknown): boolean =>
  URL.parse(clientUrl)?.protocol === 'ldap:' &&
  startTls !== true &&
  !['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(clientUrl)?.hostname ?? '');
