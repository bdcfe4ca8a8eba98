import { tmpdir } from 'node:os';
import { ConfigError } from './config-error.ts';
import { type DatabaseConfig, dataFolder, readDatabase } from './families/database.ts';
import { type AuthProvider, readProviders } from './families/providers.ts';
import { readLocations, type StorageLocation } from './families/storage.ts';
import { readTokenIssuers, type TokenIssuer } from './families/token-issuers.ts';
import { makeReader, type Options, type Reader } from './reader.ts';
import type { Values } from './setting.ts';
import { SETTINGS } from './settings/index.ts';
import { openSources } from './sources.ts';
import { warnAboutUnknownNames } from './unknown-names.ts';
import { warnAboutCombinations, warnAboutPlanned } from './warnings.ts';

/** Every setting, read and checked. Frozen to the bottom; names of numbers say their unit. */
export interface Config extends Values<typeof SETTINGS> {
  /** Where people reach the server: `PUBLIC_URL`, else `http://localhost:PORT`; without a slash at its end. */
  readonly publicUrl: string;
  readonly db: DatabaseConfig;
  /** Folder beside the database for what a project keeps, such as its secret. */
  readonly dataFolder: string;
  /** The providers beside the default one, in the order of AUTH_PROVIDERS. */
  readonly authProviders: readonly AuthProvider[];
  /** Other issuers whose tokens count, of TOKEN_ISSUERS. */
  readonly tokenIssuers: readonly TokenIssuer[];
  readonly storage: readonly StorageLocation[];
  readonly tempPath: string;
  /** HSTS_*: e.g. `maxAge` in seconds, `includeSubDomains`, `preload`. */
  readonly hsts: Options;
  /** CONTENT_SECURITY_POLICY_*: e.g. `directives`. */
  readonly contentSecurityPolicy: Options;
  readonly assetsContentSecurityPolicy: Options;
  /** EMAIL_SES_*. */
  readonly emailSes: Options;
  /** EMAIL_MAILGUN_*. */
  readonly emailMailgun: Options;
  readonly rateLimiterWebsocketsPoints: number;
  readonly rateLimiterWebsocketsDurationMs: number;
  readonly redisEnabled: boolean;
  /** Things that do not stop the start and that somebody should see. */
  readonly warnings: readonly string[];
}

export interface ConfigSources {
  /** Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where relative paths and `.env` are looked for. Default: the working directory. */
  readonly cwd?: string;
}

/**
 * Reads every setting from the environment and the configuration file.
 * @throws {ConfigError} with all that is wrong, and nothing else.
 */
export function loadConfig({ env = process.env, cwd = process.cwd() }: ConfigSources = {}): Config {
  const sources = openSources(env, cwd);
  const reader = makeReader(sources, cwd);
  const config = assemble(reader, cwd);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  const known = new Set(reader.known).add('CONFIG_PATH');
  const warnings = [
    ...warnAboutUnknownNames(sources, known),
    ...warnAboutPlanned(reader, config),
    ...warnAboutCombinations(config),
  ];
  return freeze({ ...config, warnings });
}

function assemble(reader: Reader, cwd: string): Omit<Config, 'warnings'> {
  const values = reader.readAll(SETTINGS);
  const db = readDatabase(reader, cwd);
  return {
    ...values,
    publicUrl: values.givenPublicUrl ?? `http://localhost:${values.port}`,
    db,
    dataFolder: dataFolder(db, cwd),
    authProviders: readProviders(reader, values.authProviderNames),
    tokenIssuers: readTokenIssuers(reader, values.tokenIssuerNames),
    storage: readLocations(reader, values.storageLocations),
    tempPath: values.tempPath ?? tmpdir(),
    hsts: reader.options('HSTS_', (name) => name === 'HSTS_ENABLED'),
    contentSecurityPolicy: reader.options('CONTENT_SECURITY_POLICY_'),
    assetsContentSecurityPolicy: reader.options('ASSETS_CONTENT_SECURITY_POLICY_'),
    emailSes: reader.options('EMAIL_SES_'),
    emailMailgun: reader.options('EMAIL_MAILGUN_'),
    rateLimiterWebsocketsPoints: values.rateLimiterWebsocketsPoints ?? values.rateLimiterPoints,
    rateLimiterWebsocketsDurationMs: values.rateLimiterWebsocketsDurationMs ?? values.rateLimiterDurationMs,
    redisEnabled: values.redisEnabled ?? (values.redis !== undefined || values.redisHost !== undefined),
  };
}

/** To the bottom; patterns stay as they are, because a frozen one cannot be matched. */
function freeze<T extends object>(object: T): T {
  for (const value of Object.values(object)) {
    if (typeof value === 'object' && value !== null && !(value instanceof RegExp) && !Object.isFrozen(value))
      freeze(value);
  }
  return Object.freeze(object);
}
