import { makeReader } from '../reader.ts';
import type { Setting } from '../setting.ts';
import { DRIVERS, type Driver, drivers, provider } from '../settings/sign-on.ts';
import { type AuthProvider, readProvider } from './providers.ts';

/** A provider that is set up while the server runs. Its settings are those of the environment, in lower case. */
export interface GivenProvider {
  readonly name: string;
  readonly driver: string;
  readonly label: string | null;
  readonly icon: string | null;
  /** `client_id`, `issuer_url` … */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface ProviderProblem {
  /** As in `settings`, or `driver`, `label`, `icon`. */
  readonly setting: string;
  /** What it got (unless secret) and what it takes. */
  readonly message: string;
}

/** Drivers that have something to set up; `local` has nothing. */
export const GIVEN_DRIVERS: readonly Driver[] = DRIVERS.filter((driver) => driver !== 'local');

/**
 * What of AUTH_<PROVIDER>_CLIENT_* may be given at run time: what is read, and nothing that reaches beyond it, as options of
 * node:tls would that name another address or a file.
 */
const CLIENT_METADATA: Readonly<Record<Driver, readonly string[]>> = {
  local: [],
  oauth2: ['CLIENT_TOKEN_ENDPOINT_AUTH_METHOD'],
  openid: ['CLIENT_TOKEN_ENDPOINT_AUTH_METHOD', 'CLIENT_ID_TOKEN_SIGNED_RESPONSE_ALG'],
  ldap: [
    'CLIENT_TIMEOUT',
    'CLIENT_START_TLS',
    'CLIENT_TLS_OPTIONS__CA',
    'CLIENT_TLS_OPTIONS__REJECT_UNAUTHORIZED',
    'CLIENT_TLS_OPTIONS__SERVERNAME',
  ],
  saml: [],
};

const PREFIX = 'AUTH_<PROVIDER>_';

const described = (driver: Driver): readonly Setting<unknown>[] => [provider.mode, ...Object.values(drivers[driver])];

/** The settings of a driver: in lower case → as they are in the environment, after `AUTH_<PROVIDER>_`. */
export function settingsOf(driver: Driver): ReadonlyMap<string, string> {
  const names = described(driver).map(({ name }) => name.slice(PREFIX.length));
  return new Map([...names, ...CLIENT_METADATA[driver]].map((name) => [name.toLowerCase(), name]));
}

/** Those of them that are never shown. */
export const secretSettingsOf = (driver: Driver): readonly string[] =>
  described(driver)
    .filter(({ secret }) => secret)
    .map(({ name }) => name.slice(PREFIX.length).toLowerCase());

/** Addresses are shown, and nobody is asked at one like it. */
const holdsCredentials = (setting: string, value: unknown): boolean =>
  setting.endsWith('_url') && typeof value === 'string' && Boolean(URL.parse(value)?.password);

/** Reads a provider as those of the environment are read. `provider` is null where something is wrong. */
export function readGivenProvider(given: GivenProvider): {
  readonly provider: AuthProvider | null;
  readonly problems: readonly ProviderProblem[];
} {
  const driver = GIVEN_DRIVERS.find((one) => one === given.driver);
  if (!driver) {
    return { provider: null, problems: [{ setting: 'driver', message: `takes ${GIVEN_DRIVERS.join(', ')}` }] };
  }
  const names = settingsOf(driver);
  const prefix = `AUTH_${given.name.toUpperCase()}_`;
  const values = new Map<string, unknown>([[`${prefix}DRIVER`, driver]]);
  if (given.label) values.set(`${prefix}LABEL`, given.label);
  if (given.icon) values.set(`${prefix}ICON`, given.icon);
  const refused: ProviderProblem[] = [];
  for (const [setting, value] of Object.entries(given.settings)) {
    const name = names.get(setting);
    if (name === undefined) refused.push({ setting, message: `is no setting of the driver ${driver}` });
    else if (holdsCredentials(setting, value)) refused.push({ setting, message: 'holds a password, which is shown' });
    else if (value !== null && value !== '') values.set(prefix + name, value);
  }
  // Only names that are known get here, so none that names a file (NAME_FILE) does.
  const reader = makeReader([{ label: 'the project', values }], '.');
  const [provider = null] = readProvider(reader, given.name);
  const found = reader.problems.map(({ setting, message }) => ({
    setting: setting.slice(prefix.length).toLowerCase(),
    message,
  }));
  const problems = [...refused, ...found];
  return { provider: problems.length > 0 ? null : provider, problems };
}
