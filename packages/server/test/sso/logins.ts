import { Client } from '../resources/project.ts';
import type { StartedServer } from '../started-server.ts';
import { Browser } from './browser.ts';
import type { HostileProvider } from './hostile-provider.ts';

export const CLIENT_PAGE = 'https://client.example/login';

/** Settings of an OpenID provider. */
export const openIdSettings = (name: string, issuer: string, more: Record<string, string> = {}) => {
  const own = {
    DRIVER: 'openid',
    CLIENT_ID: `client of ${name}`,
    CLIENT_SECRET: 's:e+c r&t%',
    ISSUER_URL: issuer,
    ALLOW_PUBLIC_REGISTRATION: 'true',
    REDIRECT_ALLOW_LIST: CLIENT_PAGE,
    ...more,
  };
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [`AUTH_${name.toUpperCase()}_${key}`, value]));
};

/** Where leaving for a provider begins. */
export const leavingFor = (server: StartedServer, name: string, redirect = CLIENT_PAGE): string =>
  `${server.url}/auth/login/${name}?redirect=${encodeURIComponent(redirect)}`;

export interface Outcome {
  readonly location: string;
  /** Of `?reason=`. */
  readonly reason: string | null;
  readonly signedIn: boolean;
  readonly answer: Response;
}

/** Leaves for the provider, comes back, and stops at the page that the browser ends at. */
export async function login(
  server: StartedServer,
  name: string,
  browser = new Browser(),
  leaving: string = leavingFor(server, name),
): Promise<Outcome> {
  const callback = `${new URL(server.url).pathname}auth/login/${name}/callback`;
  const ends = (url: URL): boolean =>
    url.host === 'client.example' || (url.port === String(server.port) && url.pathname !== callback);
  return outcomeOf(server, browser, await browser.follow(leaving, ends));
}

export function outcomeOf(server: StartedServer, browser: Browser, answer: Response): Outcome {
  const location = answer.headers.get('location') ?? '';
  const { searchParams } = new URL(location, server.url);
  const set = answer.headers.getSetCookie().some((line) => /^directus_(session|refresh)_token=[^;]/.test(line));
  return {
    location,
    reason: searchParams.get('reason'),
    signedIn: set && browser.cookies(server.url).size > 0,
    answer,
  };
}

/** The callback that a browser would be sent to, not asked for yet. */
export async function callbackFor(server: StartedServer, name: string, browser: Browser): Promise<string> {
  const left = await browser.get(leavingFor(server, name));
  const back = await browser.get(left.headers.get('location') ?? '');
  return back.headers.get('location') ?? '';
}

export interface ListedUser {
  readonly id: string;
  readonly provider: string;
  readonly external_identifier: string | null;
  readonly email: string | null;
  readonly first_name: string | null;
  readonly role: string | null;
}

/** Everybody of another provider than the default one. */
export async function externalUsers(server: StartedServer): Promise<ListedUser[]> {
  const fields = 'id,provider,external_identifier,email,first_name,role';
  const { body } = await new Client(server).get(
    `/users?filter[provider][_neq]=default&fields=${fields}&sort=email&limit=-1`,
  );
  return body.data;
}

export const person = (provider: HostileProvider, sub: string, more: Record<string, unknown> = {}): void => {
  provider.person = { sub, email: `${sub}@club.example.com`, email_verified: true, ...more };
};
