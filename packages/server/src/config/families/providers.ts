import type { Options, Reader } from '../reader.ts';
import type { Setting, Settings, Values } from '../setting.ts';
import { type Driver, drivers, provider } from '../settings/sign-on.ts';

/** What a provider of one driver is told, typed by its driver. */
export type ProviderOptions<D extends Driver> = Values<(typeof drivers)[D]>;

interface Common {
  /** As in AUTH_PROVIDERS. */
  readonly name: string;
  readonly label: string | undefined;
  readonly icon: string | undefined;
  readonly mode: 'session' | 'cookie';
  /** Further metadata of an OAuth2 client (AUTH_<PROVIDER>_CLIENT_*), in camelCase. */
  readonly client: Options;
}

export type AuthProvider = {
  [D in Driver]: Common & { readonly driver: D; readonly options: ProviderOptions<D> };
}[Driver];

/** What a driver cannot do without. */
const REQUIRED: Readonly<Record<Driver, readonly string[]>> = {
  local: [],
  oauth2: ['CLIENT_ID', 'AUTHORIZE_URL', 'ACCESS_URL', 'PROFILE_URL'],
  openid: ['CLIENT_ID', 'ISSUER_URL'],
  ldap: ['CLIENT_URL', 'USER_DN'],
  saml: ['SP_metadata', 'IDP_metadata'],
};

export function readProviders(reader: Reader, names: readonly string[]): readonly AuthProvider[] {
  const seen = new Set<string>();
  const providers: AuthProvider[] = [];
  for (const name of names) {
    if (seen.has(variable(name))) reader.report('AUTH_PROVIDERS', `names ${JSON.stringify(name)} twice`);
    else providers.push(...readProvider(reader, name));
    seen.add(variable(name));
  }
  return providers;
}

export function readProvider(reader: Reader, name: string): readonly AuthProvider[] {
  const prefix = `AUTH_${variable(name)}_`;
  const common = reader.readAll(named(provider, name));
  if (common.driver === undefined) {
    if (!reader.given(`${prefix}DRIVER`))
      reader.report(`${prefix}DRIVER`, 'is not given; takes local, oauth2, openid, ldap or saml');
    return [];
  }
  const driver: Driver = common.driver;
  for (const required of REQUIRED[driver]) {
    if (!reader.given(prefix + required))
      reader.report(prefix + required, `is not given; the driver ${driver} needs it`);
  }
  const options = reader.readAll(named(drivers[driver], name));
  const isDescribed = (variableName: string) => reader.known.has(variableName);
  checkMappings(reader, prefix, options);
  const client = reader.options(`${prefix}CLIENT_`, isDescribed);
  return [{ ...common, name, driver, options, client } as AuthProvider];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isId = (id: unknown): boolean => typeof id === 'string' && UUID.test(id);

function checkMappings(reader: Reader, prefix: string, options: object): void {
  const { roleMapping, policyMapping } = options as { roleMapping?: object; policyMapping?: object };
  if (!Object.values(roleMapping ?? {}).every(isId)) {
    reader.report(`${prefix}ROLE_MAPPING`, 'takes an object with the ids of roles, such as json:{"staff":"<UUID>"}');
  }
  if (
    !Object.values(policyMapping ?? {})
      .flat()
      .every(isId)
  ) {
    const example = 'json:{"staff":["<UUID>"]}';
    reader.report(`${prefix}POLICY_MAPPING`, `takes an object with the ids of policies, such as ${example}`);
  }
}

/** Settings of a family with a name in the place of `<PROVIDER>` or `<LOCATION>`. */
export function named<S extends Settings>(settings: S, name: string): S {
  const fill = (entry: Setting<unknown>) => ({ ...entry, name: entry.name.replace(/<[A-Z]+>/, variable(name)) });
  return Object.fromEntries(Object.entries(settings).map(([key, entry]) => [key, fill(entry)])) as S;
}

function variable(name: string): string {
  return name.toUpperCase();
}
