import type { Reader } from '../reader.ts';
import type { Values } from '../setting.ts';
import { tokenIssuer } from '../settings/token-issuers.ts';
import { named } from './providers.ts';

type Given = Values<typeof tokenIssuer>;

/** Another issuer whose tokens count here. */
export interface TokenIssuer extends Omit<Given, 'issuer' | 'jwksUrl' | 'roleMapping'> {
  /** In lower case; also the provider of its users. */
  readonly name: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  /** Value of the claim → id of a role, in their order. */
  readonly roleMapping: readonly (readonly [value: string, role: string])[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function readTokenIssuers(reader: Reader, names: readonly string[]): readonly TokenIssuer[] {
  const issuers = [...new Set(names.map((name) => name.toLowerCase()))].flatMap((name) => readIssuer(reader, name));
  const seen = new Set<string>();
  for (const { name, issuer } of issuers) {
    if (seen.has(issuer)) reader.report(`${prefixOf(name)}ISSUER`, 'is the issuer of another one too');
    seen.add(issuer);
  }
  return issuers;
}

const prefixOf = (name: string): string => `TOKEN_ISSUER_${name.toUpperCase()}_`;

function readIssuer(reader: Reader, name: string): TokenIssuer[] {
  const { issuer, jwksUrl, roleMapping, ...rest } = reader.readAll(named(tokenIssuer, name));
  const required = { ISSUER: issuer, JWKS_URL: jwksUrl, AUDIENCE: rest.audience.length > 0 ? true : undefined };
  for (const [setting, value] of Object.entries(required)) {
    if (value === undefined) reader.report(prefixOf(name) + setting, 'is not given; an issuer needs it');
  }
  const roles = Object.entries(roleMapping ?? {}).map(([value, role]) => [value, String(role).toLowerCase()] as const);
  const wrong = roles.find(([, role]) => !UUID.test(role));
  if (wrong) reader.report(`${prefixOf(name)}ROLE_MAPPING`, `gives ${JSON.stringify(wrong[0])} no id of a role`);
  if (issuer === 'directus') reader.report(`${prefixOf(name)}ISSUER`, 'is what tokens of this server say');
  if (rest.createUsers && rest.userField !== 'external_identifier') {
    reader.report(`${prefixOf(name)}CREATE_USERS`, 'takes USER_FIELD=external_identifier');
  }
  if (issuer === undefined || jwksUrl === undefined || rest.audience.length === 0) return [];
  return [{ ...rest, name, issuer, jwksUrl, roleMapping: roles }];
}
