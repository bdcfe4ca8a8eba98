import type { Settings } from '../setting.ts';
import { database, databaseContents } from './database.ts';
import { files, location } from './files.ts';
import { general } from './general.ts';
import { limits } from './limits.ts';
import { mail } from './mail.ts';
import { cache, nodes } from './nodes.ts';
import { operation } from './operation.ts';
import { protection } from './protection.ts';
import { realtime } from './realtime.ts';
import { drivers, provider, signOn } from './sign-on.ts';
import { tokenIssuer, tokenIssuerNames } from './token-issuers.ts';
import { tokens } from './tokens.ts';

/** Every setting that has a key of its own in `Config`. */
export const SETTINGS = {
  ...general,
  ...databaseContents,
  ...tokens,
  ...tokenIssuerNames,
  ...protection,
  ...limits,
  ...signOn,
  ...realtime,
  ...mail,
  ...cache,
  ...nodes,
  ...operation,
  ...files,
};

export interface Section {
  readonly title: string;
  readonly settings: Settings;
  /** What a reader has to know before the table. */
  readonly note?: string;
}

/** All settings, in the order of the reference page. */
export const SECTIONS: readonly Section[] = [
  { title: 'General', settings: general },
  { title: 'Database', settings: { ...database, ...databaseContents } },
  { title: 'Tokens, sessions and passwords', settings: { ...tokens, ...tokenIssuerNames } },
  {
    title: 'Tokens of other issuers: every issuer',
    settings: tokenIssuer,
    note: '`<ISSUER>` is a name of TOKEN_ISSUERS in upper case.',
  },
  {
    title: 'Protection',
    settings: protection,
    note: '`CONTENT_SECURITY_POLICY_*`, `ASSETS_CONTENT_SECURITY_POLICY_*` and `HSTS_*` pass options on: `CONTENT_SECURITY_POLICY_DIRECTIVES__FRAME_SRC=https://example.com` sets the directive `frame-src`.',
  },
  { title: 'Limits', settings: limits },
  { title: 'Sign-on', settings: signOn },
  {
    title: 'Sign-on: every provider',
    settings: provider,
    note: '`<PROVIDER>` is the name of a provider in upper case: with `AUTH_PROVIDERS=club`, `AUTH_CLUB_DRIVER`.',
  },
  {
    title: 'Sign-on: oauth2',
    settings: drivers.oauth2,
    note: '*Planned.* Other `AUTH_<PROVIDER>_CLIENT_*` settings are passed on as metadata of the client.',
  },
  {
    title: 'Sign-on: openid',
    settings: drivers.openid,
    note: '*Planned.* Other `AUTH_<PROVIDER>_CLIENT_*` settings are passed on as metadata of the client.',
  },
  { title: 'Sign-on: ldap', settings: drivers.ldap, note: '*Planned.*' },
  { title: 'Sign-on: saml', settings: drivers.saml, note: '*Planned.*' },
  { title: 'Realtime', settings: realtime },
  { title: 'Mail', settings: mail, note: '`EMAIL_SES_*` and `EMAIL_MAILGUN_*` pass options on to the transport.' },
  { title: 'Cache', settings: cache },
  { title: 'Several nodes', settings: nodes },
  { title: 'Logs, health, retention and metrics', settings: operation },
  { title: 'Files', settings: files },
  { title: 'Files: every location', settings: location, note: '`<LOCATION>` is the name of a location in upper case.' },
];
