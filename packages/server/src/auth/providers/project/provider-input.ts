import type { Driver } from '../../../config/index.ts';
import { GIVEN_DRIVERS, type GivenProvider, type ProviderProblem, secretSettingsOf } from '../../../config/index.ts';
import { ApiError, ApiErrors, failedValidation, invalidPayload } from '../../../errors/index.ts';
import { CONCEALED } from '../../static-tokens.ts';

type Settings = GivenProvider['settings'];

/** What a body says of a provider; undefined for what it does not say. */
export interface ProviderInput {
  readonly name?: string;
  readonly driver?: string;
  readonly label?: string | null;
  readonly icon?: string | null;
  readonly enabled?: boolean;
  readonly settings?: Settings;
}

/** Characters of all settings together, as JSON: room for metadata of SAML. */
const MAX_SETTINGS = 262_144;
const MAX_NAMES = { label: 255, icon: 64 } as const;
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;
/** What paths below /auth/login are taken for already. */
const RESERVED: ReadonlySet<string> = new Set(['default', 'handoff']);
const KEYS: ReadonlySet<string> = new Set(['name', 'driver', 'label', 'icon', 'enabled', 'settings']);

/** Where secrets of a driver are sent, and how: who changes that has to know them. */
const LEADING: Readonly<Record<Driver, readonly string[]>> = {
  local: [],
  openid: ['issuer_url'],
  oauth2: ['access_url'],
  ldap: [
    'client_url',
    'client_start_tls',
    'client_tls_options__ca',
    'client_tls_options__reject_unauthorized',
    'client_tls_options__servername',
  ],
  saml: [],
};

/** Throws INVALID_PAYLOAD. */
export function readProviderInput(body: Readonly<Record<string, unknown>>): ProviderInput {
  const unknown = Object.keys(body).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw invalidPayload(`"${unknown.slice(0, 60)}" is nothing that a provider has.`);
  const { name, driver, label, icon, enabled, settings } = body;
  return {
    ...(name === undefined ? {} : { name: textOf('name', name) }),
    ...(driver === undefined ? {} : { driver: textOf('driver', driver) }),
    ...(label === undefined ? {} : { label: shortText('label', label) }),
    ...(icon === undefined ? {} : { icon: shortText('icon', icon) }),
    ...(enabled === undefined ? {} : { enabled: flag(enabled) }),
    ...(settings === undefined ? {} : { settings: settingsIn(settings) }),
  };
}

/** Throws FAILED_VALIDATION for what can't be the name of a new provider. */
export function checkName(name: string | undefined): string {
  if (name === undefined) throw failedValidation('name', 'required');
  if (NAME.test(name) && !RESERVED.has(name)) return name;
  const reason = 'It takes up to 64 small letters, digits, - and _, and is not "default" or "handoff".';
  throw new ApiError('FAILED_VALIDATION', `Validation failed for field "name". ${reason}`, {
    field: 'name',
    path: [],
    type: 'regex',
  });
}

/**
 * Settings after a change: what is not named stays, null takes away, and a secret that comes back concealed stays too.
 * Throws FAILED_VALIDATION for a secret that there is not, or that would go to another place than the one it was given for.
 */
export function changedSettings(driver: Driver, current: Settings | null, given: Settings): Settings {
  const secrets = secretSettingsOf(driver);
  const result: Record<string, unknown> = { ...current };
  for (const [setting, value] of Object.entries(given)) {
    if (value === CONCEALED && secrets.includes(setting)) {
      if (!current || !Object.hasOwn(current, setting))
        throw secretMissing(setting, 'there is none that could be kept');
    } else if (value === null || value === '') delete result[setting];
    else result[setting] = value;
  }
  const led = LEADING[driver].find((one) => current && !same(current[one], result[one]));
  const kept = secrets.find(
    (one) => result[one] !== undefined && (given[one] === undefined || given[one] === CONCEALED),
  );
  if (led !== undefined && kept !== undefined) throw secretMissing(kept, `"${led}" is another one now`);
  if (JSON.stringify(result).length > MAX_SETTINGS) {
    throw invalidPayload(`"settings" may have at most ${MAX_SETTINGS} characters.`);
  }
  return result;
}

/** As they are shown: secrets only as being there, and so all of a driver that this version does not know. */
export function shownSettings(driver: string, settings: Settings): Settings {
  const known = GIVEN_DRIVERS.find((one) => one === driver);
  const secrets = known ? secretSettingsOf(known) : Object.keys(settings);
  const shown = Object.entries(settings).map(([name, value]) => [name, secrets.includes(name) ? CONCEALED : value]);
  return Object.fromEntries(shown) as Settings;
}

/** Throws FAILED_VALIDATION, one for each. */
export function refuseProblems(problems: readonly ProviderProblem[]): void {
  if (problems.length === 0) return;
  throw new ApiErrors(
    problems.map(({ setting, message }) => {
      const type = message.startsWith('is not given') ? 'required' : 'invalid';
      const text = `Validation failed for field "${setting}". It ${message}.`;
      return new ApiError('FAILED_VALIDATION', text, { field: setting, path: [], type });
    }),
  );
}

function secretMissing(setting: string, why: string): ApiError {
  const text = `Validation failed for field "${setting}". It has to be given again: ${why}.`;
  return new ApiError('FAILED_VALIDATION', text, { field: setting, path: [], type: 'required' });
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function textOf(key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw invalidPayload(`"${key}" has to be a text.`);
}

function shortText(key: keyof typeof MAX_NAMES, value: unknown): string | null {
  if (value === null || value === '') return null;
  const text = textOf(key, value);
  if (text.length <= MAX_NAMES[key] && !text.includes('\0')) return text;
  throw invalidPayload(`"${key}" has to be a text of at most ${MAX_NAMES[key]} characters.`);
}

function flag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidPayload('"enabled" has to be true or false.');
}

function settingsIn(value: unknown): Settings {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Settings;
  throw invalidPayload('"settings" has to be an object.');
}
