export { ConfigError, type Problem } from './config-error.ts';
export type { DatabaseConfig } from './families/database.ts';
export {
  GIVEN_DRIVERS,
  type GivenProvider,
  type ProviderProblem,
  readGivenProvider,
  secretSettingsOf,
  settingsOf,
} from './families/given-provider.ts';
export type { AuthProvider, ProviderOptions } from './families/providers.ts';
export type { StorageLocation } from './families/storage.ts';
export type { TokenIssuer } from './families/token-issuers.ts';
export { type Config, type ConfigSources, loadConfig } from './load.ts';
export { projectSecret } from './project-secret.ts';
export type { Driver } from './settings/sign-on.ts';
