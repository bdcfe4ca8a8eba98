import { appCookie, type CookieOptions } from './app-cookie.ts';
import { type ApiHeaders, check, type Storage } from './storage.ts';

/** What `createSessions` takes. Times in seconds, sizes in bytes. */
export interface SessionsOptions {
  /** Address of the API as this server reaches it. */
  readonly url: string;
  /** Address of the API as browsers reach it, for logging in with a provider; `url` by default. */
  readonly publicUrl?: string;
  /** The cookie of this app, in which the browser keeps its session. */
  readonly cookie?: CookieOptions;
  /** In place of it: `apiCookie()` of `@limen/ssr/api-cookie`, for an app and an API that share a site. */
  readonly storage?: (place: { readonly publicUrl: string; readonly origins: readonly string[] }) => Storage;
  /** Origins of this app, where it doesn't see its own (behind a proxy); their pages may sign in and out. The first is used in links. */
  readonly origins?: readonly string[];
  /** Where people log in; `/login` by default. */
  readonly loginPath?: string;
  /** Where providers send people back to; `/auth/callback` by default. */
  readonly callbackPath?: string;
  /** Where people go after logging in when they asked for nothing else; `/` by default. */
  readonly homePath?: string;
  /** Fields of the user that `session.user()` reads; by default what the API gives. */
  readonly userFields?: readonly string[];
  /**
   * Tokens are refreshed so many seconds before they expire, but not before a quarter of their life is left; by default 30, with
   * `apiCookie` at half of their life.
   */
  readonly refreshSeconds?: number;
  /** A request that comes with tokens just refreshed gets their successors for so long; 30 by default. */
  readonly rememberSeconds?: number;
  /** Seconds that the API may take for signing in, out and refreshing; 10 by default. */
  readonly timeoutSeconds?: number;
  /** Headers that requests to the API get besides; by default the browser's `User-Agent`. An address of the client, say. */
  readonly headers?: (request: Request) => ApiHeaders;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch;
}

const DEFAULTS = {
  origins: [] as readonly string[],
  loginPath: '/login',
  callbackPath: '/auth/callback',
  homePath: '/',
  rememberSeconds: 30,
  timeoutSeconds: 10,
  headers: (request: Request): ApiHeaders => {
    const agent = request.headers.get('user-agent');
    return agent ? { 'user-agent': agent } : {};
  },
  fetch: ((input, init) => fetch(input, init)) as typeof fetch,
};

/** Options that were found to go together. */
export interface Settings extends Readonly<typeof DEFAULTS> {
  readonly url: string;
  readonly publicUrl: string;
  readonly storage: Storage;
  readonly userFields?: readonly string[];
  readonly refreshSeconds?: number;
}

/** Throws TypeError with a sentence that says what to change. */
export function readOptions(options: SessionsOptions): Settings {
  const { cookie, storage } = options;
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const url = addressOf('url', options.url);
  const publicUrl = addressOf('publicUrl', options.publicUrl ?? url);
  check(!(cookie && storage), 'cookie and storage: leave one of them out');
  check(!storage || typeof storage === 'function', 'storage is apiCookie()');
  const settings = { ...DEFAULTS, ...given, url, publicUrl } as Settings;
  const { origins } = settings;
  for (const name of ['loginPath', 'callbackPath', 'homePath'] as const)
    check(/^\/(?![/\\])/.test(settings[name]), `${name} is a path, such as /login`);
  for (const name of ['refreshSeconds', 'rememberSeconds', 'timeoutSeconds'] as const)
    check((settings[name] ?? 0) >= 0, `${name} is in seconds`);
  for (const origin of origins) check(URL.parse(origin)?.origin === origin, 'origins are like https://www.example.com');
  return { ...settings, storage: storage ? storage({ publicUrl, origins }) : appCookie(cookie) };
}

function addressOf(name: string, value: string): string {
  const url = URL.parse(value);
  check(url && /^https?:$/.test(url.protocol), `${name} is the address of the API, such as https://api.example.com`);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
