import { address, boolean, integer, listOf, oneOf, text } from '../kinds.ts';
import { duration } from '../quantities.ts';
import { argon2Type, cookieDomain, cookieName, refused, sameSite } from '../security-kinds.ts';
import { setting } from '../setting.ts';

export const tokens = {
  secret: setting('SECRET', text, {
    secret: true,
    defaultNote: 'a random one, kept in the file `secret` beside the database',
    help: 'Signs access tokens. Required, and the same, on every node when there are several.',
  }),
  accessTokenTtlMs: setting('ACCESS_TOKEN_TTL', duration, { default: '15m', help: 'How long an access token counts.' }),
  accessTokenEndsAtLogout: setting('ACCESS_TOKEN_ENDS_AT_LOGOUT', boolean, {
    default: 'false',
    help: "Whether POST /auth/logout ends the access token of json and cookie mode too. Limen's own; clients of this API know it to last until ACCESS_TOKEN_TTL is over.",
  }),
  accessTokenAlgorithm: setting('ACCESS_TOKEN_ALGORITHM', oneOf(['HS256', 'EdDSA', 'ES256', 'RS256']), {
    default: 'HS256',
    help: 'How access tokens are signed. HS256: with SECRET. The others: with a key pair, whose public half is at `/.well-known/jwks.json`.',
  }),
  accessTokenPrivateKey: setting('ACCESS_TOKEN_PRIVATE_KEY', text, {
    secret: true,
    defaultNote: 'made by the server, kept encrypted in the database, and replaced after ACCESS_TOKEN_KEY_ROTATION',
    help: 'The key pair that signs, in PEM form (PKCS #8): Ed25519, P-256, or RSA of 2048 bits or more.',
  }),
  accessTokenRetiredKeys: setting('ACCESS_TOKEN_RETIRED_KEYS', text, {
    help: 'Public keys in PEM form, one after the other, that no longer sign and whose tokens still count.',
  }),
  accessTokenKeyRotationMs: setting('ACCESS_TOKEN_KEY_ROTATION', duration, {
    default: '90d',
    help: 'How long a key that the server made signs before the next one does; 0: for ever. A replaced key verifies until its last token is over.',
  }),
  accessTokenClaims: setting('ACCESS_TOKEN_CLAIMS', listOf(text), {
    default: '',
    help: 'Fields of users that access tokens carry as claims besides the usual ones, such as `email,first_name`; never concealed ones.',
  }),
  emailVerificationTokenTtlMs: setting('EMAIL_VERIFICATION_TOKEN_TTL', duration, {
    default: '7d',
    help: 'How long the link that confirms an e-mail address counts.',
  }),
  refreshTokenTtlMs: setting('REFRESH_TOKEN_TTL', duration, {
    default: '7d',
    help: 'How long a refresh token counts. Should be longer than ACCESS_TOKEN_TTL and SESSION_COOKIE_TTL.',
  }),
  refreshTokenGracePeriodMs: setting('REFRESH_TOKEN_GRACE_PERIOD', duration, {
    default: '0s',
    help: "How long a spent refresh token (json and cookie mode) still leads to its successor. Limen's own; 0s: it is spent at once, as in other servers of this API.",
  }),
  refreshTokenCookieDomain: setting('REFRESH_TOKEN_COOKIE_DOMAIN', cookieDomain, {
    help: 'Domain attribute of the refresh token cookie.',
  }),
  refreshTokenCookieSecure: setting('REFRESH_TOKEN_COOKIE_SECURE', boolean, {
    default: 'false',
    help: 'Whether the refresh token cookie is sent over https only.',
  }),
  refreshTokenCookieSameSite: setting('REFRESH_TOKEN_COOKIE_SAME_SITE', sameSite, {
    default: 'lax',
    help: 'SameSite attribute of the refresh token cookie.',
  }),
  refreshTokenCookieName: setting('REFRESH_TOKEN_COOKIE_NAME', cookieName, {
    default: 'directus_refresh_token',
    help: 'Name of the refresh token cookie.',
  }),
  sessionCookieTtlMs: setting('SESSION_COOKIE_TTL', duration, {
    default: '1d',
    help: 'How long a session token and its cookie count.',
  }),
  sessionCookieDomain: setting('SESSION_COOKIE_DOMAIN', cookieDomain, {
    help: 'Domain attribute of the session cookie.',
  }),
  sessionCookieSecure: setting('SESSION_COOKIE_SECURE', boolean, {
    default: 'false',
    help: 'Whether the session cookie is sent over https only.',
  }),
  sessionCookieSameSite: setting('SESSION_COOKIE_SAME_SITE', sameSite, {
    default: 'lax',
    help: 'SameSite attribute of the session cookie.',
  }),
  sessionCookieName: setting('SESSION_COOKIE_NAME', cookieName, {
    default: 'directus_session_token',
    help: 'Name of the session cookie.',
  }),
  sessionRefreshGracePeriodMs: setting('SESSION_REFRESH_GRACE_PERIOD', duration, {
    default: '10s',
    help: 'How long a rotated session token still counts, so that parallel requests of one browser all succeed.',
  }),
  loginStallTimeMs: setting('LOGIN_STALL_TIME', duration, {
    default: '500',
    help: 'How long a failed login takes at least, so that its duration tells nothing.',
  }),
  registerStallTimeMs: setting('REGISTER_STALL_TIME', duration, {
    default: '750',
    help: 'How long a registration takes at least.',
  }),
  passwordResetUrlAllowList: setting('PASSWORD_RESET_URL_ALLOW_LIST', listOf(address), {
    default: '',
    help: 'Addresses that `reset_url` may name.',
  }),
  userInviteTokenTtlMs: setting('USER_INVITE_TOKEN_TTL', duration, {
    default: '7d',
    help: 'How long an invitation counts.',
  }),
  userInviteUrlAllowList: setting('USER_INVITE_URL_ALLOW_LIST', listOf(address), {
    default: '',
    help: 'Addresses that `invite_url` may name.',
  }),
  userRegisterUrlAllowList: setting('USER_REGISTER_URL_ALLOW_LIST', listOf(address), {
    default: '',
    help: 'Addresses that `verification_url` may name.',
  }),
  hashMemoryCostKib: setting('HASH_MEMORY_COST', integer({ min: 8, max: 4_194_304 }), {
    default: '19456',
    help: 'Memory of a password hash in KiB. Safer than the 4096 that this API documents: the minimum that OWASP names.',
  }),
  hashLengthBytes: setting('HASH_LENGTH', integer({ min: 16, max: 1_024 }), {
    default: '32',
    help: 'Length of a password hash in bytes.',
  }),
  hashTimeCost: setting('HASH_TIME_COST', integer({ min: 1, max: 1_000 }), {
    default: '2',
    help: 'Passes over that memory. With 19 MiB two passes are stronger than the documented 3 over 4 MiB.',
  }),
  hashParallelism: setting('HASH_PARALLELISM', integer({ min: 1, max: 255 }), {
    default: '1',
    help: 'Lanes of a password hash.',
  }),
  hashType: setting('HASH_TYPE', argon2Type, { default: '2', help: 'Variant of Argon2.' }),
  hashAssociatedData: setting(
    'HASH_ASSOCIATED_DATA',
    refused('hashes with associated data cannot be verified here; users would be locked out'),
    { secret: true, help: 'Associated data of password hashes.' },
  ),
};
