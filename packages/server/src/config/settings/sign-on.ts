import { address, boolean, json, listOf, oneOf, text, textLike, url } from '../kinds.ts';
import { type Kind, setting } from '../setting.ts';

export const DRIVERS = ['local', 'oauth2', 'openid', 'ldap', 'saml'] as const;
export type Driver = (typeof DRIVERS)[number];

const uuid = textLike('uuid', 'the id of a role (a UUID)', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
const ldapUrl = textLike('ldap address', 'an address that begins with ldap:// or ldaps://', /^ldaps?:\/\/\S+$/i);
const scope = oneOf(['base', 'one', 'sub']);
const providerName = textLike(
  'provider name',
  'names of letters, digits, - and _ (not `default`)',
  /^(?!default$)[a-z0-9][a-z0-9_-]*$/i,
);

/** A set of keys (JWK): JSON, as an object or a list of keys. */
const jwks: Kind<unknown> = {
  ...json,
  name: 'JWKs',
  accepts: 'a JSON list of keys, or an object with the list `keys`',
  parse: (raw) =>
    Array.isArray(raw)
      ? { keys: raw }
      : json.parse(typeof raw === 'string' && raw.trim().startsWith('[') ? `{"keys":${raw}}` : raw),
};

const domain = textLike(
  'domain',
  'a domain such as example.com',
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
);
const origin = textLike(
  'origin',
  'origins such as https://app.example.com (or android:apk-key-hash:…), without a path',
  /^(https?:\/\/[^\s/?#@A-Z]+|android:apk-key-hash:[\w-]+)$/,
);

export const signOn = {
  authProviderNames: setting('AUTH_PROVIDERS', listOf(providerName), {
    default: '',
    help: 'Names of the providers beside the default one, in the order in which they are offered. In the names of their settings they are in upper case.',
  }),
  authDisableDefault: setting('AUTH_DISABLE_DEFAULT', boolean, {
    default: 'false',
    help: 'Whether there is no login with e-mail and password of the default provider.',
  }),
  authEmailLinkEnabled: setting('AUTH_EMAIL_LINK_ENABLED', boolean, {
    default: 'false',
    help: "Whether people may sign in with a link or a code that is mailed to them, in the place of the password. Limen's own.",
  }),
  authEmailLinkAnyBrowser: setting('AUTH_EMAIL_LINK_ANY_BROWSER', boolean, {
    default: 'false',
    help: 'Whether such a link or code also counts in another browser than the one that asked for it, and for apps without cookies.',
  }),
  authEmailLinkUrlAllowList: setting('AUTH_EMAIL_LINK_URL_ALLOW_LIST', listOf(address), {
    default: '',
    help: 'Addresses that `redirect` may name, where such a link leads.',
  }),
  authAllowedPublicUrls: setting('AUTH_ALLOWED_PUBLIC_URLS', listOf(url), {
    default: '',
    help: 'Further public addresses, for a server of several domains.',
  }),
  authPasswordBreachUrl: setting('AUTH_PASSWORD_BREACH_URL', url, {
    help: 'Where new passwords are looked for among those of known breaches, such as https://api.pwnedpasswords.com/range: only the first five digits of a SHA-1 digest go there. Without it, only the most common ones, which Limen brings along, are refused.',
  }),
  authPasskeyRpId: setting('AUTH_PASSKEY_RP_ID', domain, {
    defaultNote: 'the host of PUBLIC_URL',
    help: 'The domain that passkeys belong to: that of the pages that use them, or one above it. Passkeys are lost when it changes.',
  }),
  authPasskeyOrigins: setting('AUTH_PASSKEY_ORIGINS', listOf(origin), {
    default: '',
    help: 'Where pages and apps may be that use passkeys, beside PUBLIC_URL.',
  }),
};

/** Of every provider. */
export const provider = {
  driver: setting('AUTH_<PROVIDER>_DRIVER', oneOf(DRIVERS), { help: 'How it signs on. Required.' }),
  label: setting('AUTH_<PROVIDER>_LABEL', text, { help: 'Name on the button.' }),
  icon: setting('AUTH_<PROVIDER>_ICON', text, { help: 'Icon on the button.' }),
  mode: setting('AUTH_<PROVIDER>_MODE', oneOf(['session', 'cookie']), {
    default: 'session',
    help: 'Which credentials the browser has after the redirect.',
  }),
};

const redirecting = {
  allowPublicRegistration: setting('AUTH_<PROVIDER>_ALLOW_PUBLIC_REGISTRATION', boolean, {
    default: 'false',
    help: 'Whether people without an account get one.',
  }),
  redirectAllowList: setting('AUTH_<PROVIDER>_REDIRECT_ALLOW_LIST', listOf(address), {
    default: '',
    help: 'Whole addresses with path that `redirect` may name.',
  }),
};

const role = {
  defaultRoleId: setting('AUTH_<PROVIDER>_DEFAULT_ROLE_ID', uuid, { help: 'Role of new users.' }),
};

const people = {
  syncUserInfo: setting('AUTH_<PROVIDER>_SYNC_USER_INFO', boolean, {
    default: 'false',
    help: 'Whether every login takes names and e-mail from the provider.',
  }),
};

const authorization = {
  ...redirecting,
  ...role,
  ...people,
  clientId: setting('AUTH_<PROVIDER>_CLIENT_ID', text, { help: 'Client id. Required.' }),
  clientSecret: setting('AUTH_<PROVIDER>_CLIENT_SECRET', text, {
    secret: true,
    help: 'Client secret. Required unless PRIVATE_KEYS are given or the client is public.',
  }),
  privateKeys: setting('AUTH_<PROVIDER>_PRIVATE_KEYS', jwks, {
    secret: true,
    help: 'Keys for private_key_jwt.',
  }),
  emailKey: setting('AUTH_<PROVIDER>_EMAIL_KEY', text, {
    default: 'email',
    help: 'Claim that holds the e-mail address.',
  }),
  firstNameKey: setting('AUTH_<PROVIDER>_FIRST_NAME_KEY', text, { help: 'Claim that holds the first name.' }),
  lastNameKey: setting('AUTH_<PROVIDER>_LAST_NAME_KEY', text, { help: 'Claim that holds the last name.' }),
  params: setting('AUTH_<PROVIDER>_PARAMS', json, {
    default: '{}',
    help: 'Further parameters of the request to the provider.',
  }),
  linkVerifiedEmail: setting('AUTH_<PROVIDER>_LINK_VERIFIED_EMAIL', boolean, {
    default: 'true',
    help: "Whether somebody new who comes with an address that the provider has verified (`email_verified`) gets into the account that has it, where a mailed link has proven the address here too. Never into one of an administrator or with a second factor. Limen's own.",
  }),
  roleMapping: setting('AUTH_<PROVIDER>_ROLE_MAPPING', json, {
    help: 'Group → id of a role; the first that matches wins.',
  }),
  policyMapping: setting('AUTH_<PROVIDER>_POLICY_MAPPING', json, {
    help: "Group → id of a policy, or a list of them; all that match are attached to the account at every login, and taken away when they don't. Limen's own.",
  }),
  cookieSecure: setting('AUTH_<PROVIDER>_COOKIE_SECURE', boolean, {
    default: 'false',
    help: 'Whether the cookie that binds a login to its browser is always `Secure`; where the public address begins with https it is anyway.',
  }),
  groupClaimName: setting('AUTH_<PROVIDER>_GROUP_CLAIM_NAME', text, {
    default: 'groups',
    help: 'Claim that holds the groups.',
  }),
};

/** What each driver takes beside the settings of every provider. */
export const drivers = {
  local: {},
  oauth2: {
    ...authorization,
    scope: setting('AUTH_<PROVIDER>_SCOPE', text, { default: 'email', help: 'Scope.' }),
    authorizeUrl: setting('AUTH_<PROVIDER>_AUTHORIZE_URL', url, { help: 'Where people are sent. Required.' }),
    accessUrl: setting('AUTH_<PROVIDER>_ACCESS_URL', url, { help: 'Where the code is redeemed. Required.' }),
    profileUrl: setting('AUTH_<PROVIDER>_PROFILE_URL', url, { help: 'Where the profile is. Required.' }),
    identifierKey: setting('AUTH_<PROVIDER>_IDENTIFIER_KEY', text, {
      defaultNote: 'EMAIL_KEY',
      help: 'Claim that identifies a person.',
    }),
  },
  openid: {
    ...authorization,
    scope: setting('AUTH_<PROVIDER>_SCOPE', text, { default: 'openid profile email', help: 'Scope.' }),
    issuerUrl: setting('AUTH_<PROVIDER>_ISSUER_URL', url, { help: 'Issuer, or its discovery document. Required.' }),
    identifierKey: setting('AUTH_<PROVIDER>_IDENTIFIER_KEY', text, {
      default: 'sub',
      help: 'Claim that identifies a person.',
    }),
    requireVerifiedEmail: setting('AUTH_<PROVIDER>_REQUIRE_VERIFIED_EMAIL', boolean, {
      default: 'false',
      help: 'Whether only addresses count that the provider has verified.',
    }),
  },
  ldap: {
    ...role,
    ...people,
    clientUrl: setting('AUTH_<PROVIDER>_CLIENT_URL', ldapUrl, { help: 'The directory. Required.' }),
    bindDn: setting('AUTH_<PROVIDER>_BIND_DN', text, { help: 'Who searches; empty: anonymously.' }),
    bindPassword: setting('AUTH_<PROVIDER>_BIND_PASSWORD', text, { secret: true, help: 'Password of that entry.' }),
    userDn: setting('AUTH_<PROVIDER>_USER_DN', text, { help: 'Where people are. Required.' }),
    userAttribute: setting('AUTH_<PROVIDER>_USER_ATTRIBUTE', text, {
      default: 'cn',
      help: 'Attribute that the identifier of a login is compared with.',
    }),
    userScope: setting('AUTH_<PROVIDER>_USER_SCOPE', scope, { default: 'one', help: 'How far to search for people.' }),
    mailAttribute: setting('AUTH_<PROVIDER>_MAIL_ATTRIBUTE', text, { default: 'mail', help: 'E-mail address.' }),
    firstNameAttribute: setting('AUTH_<PROVIDER>_FIRST_NAME_ATTRIBUTE', text, {
      default: 'givenName',
      help: 'First name.',
    }),
    lastNameAttribute: setting('AUTH_<PROVIDER>_LAST_NAME_ATTRIBUTE', text, { default: 'sn', help: 'Last name.' }),
    groupDn: setting('AUTH_<PROVIDER>_GROUP_DN', text, {
      help: 'Where groups are; if given, the role follows the groups at every login.',
    }),
    groupAttribute: setting('AUTH_<PROVIDER>_GROUP_ATTRIBUTE', text, {
      default: 'member',
      help: 'Members of a group.',
    }),
    groupScope: setting('AUTH_<PROVIDER>_GROUP_SCOPE', scope, {
      default: 'one',
      help: 'How far to search for groups.',
    }),
  },
  saml: {
    ...redirecting,
    ...role,
    spMetadata: setting('AUTH_<PROVIDER>_SP_metadata', text, { help: 'Metadata of this server (XML). Required.' }),
    idpMetadata: setting('AUTH_<PROVIDER>_IDP_metadata', text, { help: 'Metadata of the provider (XML). Required.' }),
    spPrivateKey: setting('AUTH_<PROVIDER>_SP_PRIVATE_KEY', text, {
      secret: true,
      help: "RSA key (PEM) for which the provider encrypts assertions, and which signs requests where the provider's metadata want that. Limen's own.",
    }),
    allowIdpInitiated: setting('AUTH_<PROVIDER>_ALLOW_IDP_INITIATED', boolean, {
      default: 'false',
      help: "Whether an answer counts that nobody asked for here: people who start at the provider. Limen's own.",
    }),
    identifierKey: setting('AUTH_<PROVIDER>_IDENTIFIER_KEY', text, {
      default: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier',
      help: 'Attribute that identifies a person.',
    }),
    emailKey: setting('AUTH_<PROVIDER>_EMAIL_KEY', text, {
      default: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
      help: 'Attribute that holds the e-mail address.',
    }),
    givenNameKey: setting('AUTH_<PROVIDER>_GIVEN_NAME_KEY', text, {
      default: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname',
      help: 'Attribute that holds the first name.',
    }),
    familyNameKey: setting('AUTH_<PROVIDER>_FAMILY_NAME_KEY', text, {
      default: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname',
      help: 'Attribute that holds the last name.',
    }),
  },
};
