import { type DirectusUser, readMe } from '@directus/sdk';
import { boundClient, type SessionClient } from './bound-client.ts';
import { type CookieChange, serializeCookie } from './cookies.ts';
import { unreachable } from './errors.ts';
import { safeRedirect, withParameter } from './redirects.ts';
import { type RequestOptions, RequestState, type Shared } from './request-state.ts';

/** The user as the API shows it to itself: fields that it may not read are missing. */
export type User<Schema> = Partial<DirectusUser<Schema>> & { readonly id: string };

export interface Credentials {
  readonly password: string;
  readonly email?: string;
  /** What a directory (LDAP) knows the person by, in place of `email`. */
  readonly identifier?: string;
  readonly otp?: string;
  /** A local or LDAP provider; by default the API's own accounts. */
  readonly provider?: string;
}

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly verification_url?: string;
}

/** Either a user, or where to send the person. */
export type Guarded<Schema> =
  | { readonly user: User<Schema>; readonly location: null }
  | { readonly user: null; readonly location: string };

/** The session of one request. */
export class Session<Schema = unknown> {
  readonly #state: RequestState;
  #beginning: Promise<void> | undefined;
  #user: Promise<User<Schema> | null> | undefined;
  #client: SessionClient<Schema> | undefined;

  constructor(shared: Shared, request: Request, options: RequestOptions) {
    this.#state = new RequestState(shared, request, options);
    this.#state.forgetUser = () => {
      this.#user = undefined;
    };
  }

  /** Whether the page is fetched in advance, and maybe nobody ever sees it: then nothing is refreshed. */
  get prefetch(): boolean {
    return this.#state.prefetch;
  }

  /** A client that is signed in as the person who made this request, and is of no use to anybody else. */
  get client(): SessionClient<Schema> {
    const { settings, apiHeaders } = this.#state;
    this.#client ??= boundClient<Schema>(settings, apiHeaders, {
      token: () => this.#token(),
      replaced: (token) => this.#replaced(token),
      changed: this.#state.forgetUser,
    });
    return this.#client;
  }

  /** Reads the cookies, and refreshes when that is due and possible. Does so once; the other methods call it themselves. */
  async ready(): Promise<this> {
    this.#beginning ??= this.#state.read().then(() => this.#refreshIfDue());
    await this.#beginning;
    return this;
  }

  /** Whether the browser came with tokens. That is no proof of anything: only the API knows whether they count. */
  get hasTokens(): boolean {
    return this.#state.tokens !== null;
  }

  /** Tokens have expired and could not be refreshed here: the API can't be reached, or it is a prefetch, or cookies can't be set. */
  get stale(): boolean {
    return this.#state.stale;
  }

  /**
   * Who made this request, as the API says; null when nobody is signed in. Asked once per request, and once more after
   * something was changed with `client`. Throws SessionError when it can't be known now (`status` 503): that is no reason to
   * sign anybody out.
   */
  user(): Promise<User<Schema> | null> {
    this.#user ??= this.#readUser();
    return this.#user;
  }

  /** The user, or where to send the person to log in, with the address asked for as `redirectedFrom`. Throws as `user` does. */
  async guard(): Promise<Guarded<Schema>> {
    const user = await this.user();
    return user ? { user, location: null } : { user, location: this.loginLocation() };
  }

  /** The login page, with the address asked for as `redirectedFrom`. */
  loginLocation(): string {
    const { settings, url, request } = this.#state;
    const { loginPath, homePath } = settings;
    const asked = `${url.pathname}${url.search}`;
    if (request.method !== 'GET' || url.pathname === loginPath || asked === homePath) return loginPath;
    return withParameter(loginPath, 'redirectedFrom', asked);
  }

  /** Where to go after logging in: the `redirectedFrom` of this request, never another site. */
  redirectedFrom(): string {
    return this.safeRedirect(this.#state.url.searchParams.get('redirectedFrom'));
  }

  /** `target` if it is an address of this app, else the home page. */
  safeRedirect(target: unknown): string {
    return safeRedirect(target, this.#state.origin, this.#state.settings.homePath);
  }

  /** Signs in with a password. Throws SessionError: INVALID_CREDENTIALS, INVALID_OTP, FOREIGN_ORIGIN, API_UNREACHABLE, … */
  async login(credentials: Credentials): Promise<void> {
    return (await import('./signing.ts')).login(this.#state, credentials);
  }

  /** The address to send the browser to for signing in with a provider. `redirectTo` is where the person wants to go then. */
  async loginWith(provider: string, { redirectTo }: { readonly redirectTo?: string } = {}): Promise<string> {
    const wanted = redirectTo === undefined ? this.redirectedFrom() : this.safeRedirect(redirectTo);
    return (await import('./provider-login.ts')).leaveFor(this.#state, provider, wanted);
  }

  /**
   * Finishes what `loginWith` began, in the route of `callbackPath`. Returns where to send the person: where they wanted to
   * go, or the login page with a `reason`. Throws only when cookies can't be set.
   */
  async handleCallback(): Promise<string> {
    return (await import('./provider-login.ts')).comeBack(this.#state, (target) => this.safeRedirect(target));
  }

  /** Signs out, here and at the API. Throws SessionError only for FOREIGN_ORIGIN. */
  async logout(): Promise<void> {
    return (await import('./signing.ts')).logout(this.#state);
  }

  /** Registers a user, who is not signed in by that: an address may have to be verified first. Throws SessionError. */
  async register(registration: Registration): Promise<void> {
    return (await import('./signing.ts')).register(this.#state, registration);
  }

  /** Cookies to set, so far. */
  get changes(): readonly CookieChange[] {
    return [...this.#state.changes.values()];
  }

  /** Headers that the answer needs: `Set-Cookie`, and that no cache may keep what is for one person. After that nothing refreshes. */
  headers(): Headers {
    const { changes } = this;
    this.#state.sent = true;
    const headers = new Headers();
    for (const change of changes) headers.append('set-cookie', serializeCookie(change));
    if (changes.length > 0 || this.hasTokens || this.#client) headers.set('cache-control', 'private, no-store');
    return headers;
  }

  /** The answer with these headers; a new one where its own can't be changed. */
  apply(response: Response): Response {
    const headers = this.headers();
    if (!headers.has('cache-control')) return response;
    try {
      addHeaders(response.headers, headers);
      return response;
    } catch {
      const copy = new Response(response.body, response);
      addHeaders(copy.headers, headers);
      return copy;
    }
  }

  async #refreshIfDue(): Promise<void> {
    if (this.#state.due) await (await this.#state.shared.refreshing()).refreshIfDue(this.#state);
  }

  async #token(): Promise<string | null> {
    await this.ready();
    await this.#refreshIfDue();
    return this.#state.tokens?.access ?? null;
  }

  async #replaced(token: string): Promise<boolean> {
    const state = this.#state;
    const { tokens } = state;
    if (tokens?.access === token) {
      const refreshing = await state.shared.refreshing();
      // Asking once is enough; what is remembered costs nothing, and may say that the session is over.
      if (!state.gaveUp || refreshing.knows(tokens.refresh)) await refreshing.refresh(state, tokens, true);
      state.gaveUp = true;
    }
    return state.tokens !== null && state.tokens.access !== token;
  }

  async #readUser(): Promise<User<Schema> | null> {
    if (!(await this.#token())) return null;
    if (this.stale) throw unreachable(new Error('The session is not refreshed here.'));
    try {
      const fields = this.#state.settings.userFields;
      const query = (fields ? { fields: [...new Set(['id', ...fields])] } : {}) as Parameters<typeof readMe>[0];
      const user = (await this.client.request(readMe(query) as never)) as User<Schema> | null;
      return user?.id && typeof user.id === 'string' ? user : null;
    } catch (error) {
      if (!this.hasTokens || isRefusal(error)) return null;
      throw unreachable(error);
    }
  }
}

function addHeaders(to: Headers, from: Headers): void {
  to.set('cache-control', from.get('cache-control') as string);
  for (const cookie of from.getSetCookie()) to.append('set-cookie', cookie);
}

/** Whether the API itself says that the token doesn't count. One that has only expired may have a successor, but not here. */
function isRefusal(error: unknown): boolean {
  const { response, errors } = (error ?? {}) as { response?: Response; errors?: [{ extensions?: { code?: unknown } }] };
  const code = errors?.[0]?.extensions?.code;
  const known = typeof code === 'string' && code !== 'TOKEN_EXPIRED';
  return known && (response?.status === 401 || response?.status === 403);
}
