import { ApiError } from '../../errors/index.ts';
import { destinationWith } from '../../kernel/allowed-address.ts';
import type { Clock } from '../../kernel/clock.ts';
import { derivedKey } from '../../kernel/derived-key.ts';
import { SealedBox } from '../../kernel/sealed-box.ts';
import type { ProviderSessions, Told } from '../providers/provider-sessions.ts';
import type { Sessions } from '../sessions.ts';
import type { KnownProvider, RedirectingProviders } from './redirecting-providers.ts';
import type { SamlLogin } from './saml.ts';
import type { SamlLogout } from './saml-logout.ts';
import { logoutCallbackOf, type SignOnAddresses } from './sign-on-addresses.ts';

interface Parts {
  readonly secret: string;
  readonly clock: Clock;
  readonly addresses: SignOnAddresses;
  readonly redirecting: RedirectingProviders;
  readonly samlLogin: SamlLogin;
  readonly samlLogout: SamlLogout;
  readonly sessions: Sessions;
  readonly providerSessions: ProviderSessions;
  readonly onFault: (error: unknown) => void;
}

/** What somebody asks for who signs out here and at the provider. */
export interface SigningOut {
  /** Where to go afterwards; anything but a text and undefined is refused. */
  readonly redirect: unknown;
  /** The host that the browser asked. */
  readonly host: string | undefined;
  /** The plain refresh or session token, null for none. */
  readonly session: string | null;
  /** Ends the session here. */
  end(): Promise<void>;
}

const STATE_TTL_MS = 3_600_000;

/**
 * Signing out here and at the provider that somebody signed in with: OpenID Connect RP-Initiated Logout 1.0, and single
 * logout of SAML 2.0 (profiles §4.4).
 */
export class SignOut {
  readonly #parts: Parts;
  readonly #states: SealedBox;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#states = new SealedBox(derivedKey(parts.secret, 'limen sign-out states'));
  }

  has(name: string): boolean {
    return this.#parts.redirecting.find(name) !== null || this.#parts.samlLogin.has(name);
  }

  /**
   * Ends the session here, and gives the address that the browser has to go to: the provider's, or where there is nothing
   * to do there the page that was asked for. Throws INVALID_PAYLOAD for a `redirect` that may not be; nothing has ended then.
   */
  async begin(name: string, { redirect, host, session, end }: SigningOut): Promise<string> {
    const { addresses, redirecting, samlLogin, onFault } = this.#parts;
    const known = redirecting.find(name);
    const destination = known ? addresses.destination(known.provider, redirect) : samlLogin.destination(name, redirect);
    const told = await this.#toldOf(name, session);
    await end();
    try {
      const way = known
        ? await this.#leave(known, told, destination, host)
        : await this.#leaveSaml(name, told, destination);
      return way ?? (destination || '/');
    } catch (error) {
      onFault(error);
      const reason = error instanceof ApiError ? error.code : 'INTERNAL_SERVER_ERROR';
      return destinationWith(destination || '/', 'reason', reason);
    }
  }

  /** Where somebody goes who comes back from an OpenID provider. Nothing else comes of it, so nothing binds the browser. */
  arrive(name: string, state: unknown): string {
    const { addresses, clock, redirecting } = this.#parts;
    const { provider, scope } = redirecting.get(name);
    const opened = typeof state === 'string' ? this.#states.open(Buffer.from(state, 'base64url'), scope) : null;
    if (opened === null) return '/';
    const { destination, expires } = JSON.parse(opened.toString('utf8')) as { destination: string; expires: number };
    return expires > clock.now() ? addresses.destination(provider, destination) || '/' : '/';
  }

  async #toldOf(name: string, session: string | null): Promise<Told | null> {
    const { sessions, providerSessions } = this.#parts;
    const family = session === null ? null : sessions.familyOf(session);
    return family === null ? null : providerSessions.toldOf(family, name);
  }

  /**
   * With the ID token the provider knows whom it is about and need not ask them; without one (RP-Initiated Logout §2) the
   * client's id has to do.
   */
  async #leave(
    { provider, scope, driver }: KnownProvider,
    told: Told | null,
    destination: string,
    host: string | undefined,
  ): Promise<string | null> {
    const { addresses, clock } = this.#parts;
    const there = await driver.endSession();
    if (there === null) return null;
    const location = new URL(there.address);
    const expires = clock.now() + STATE_TTL_MS;
    const given = {
      client_id: provider.options.clientId ?? '',
      post_logout_redirect_uri: logoutCallbackOf(provider.name, addresses.baseFor(host)),
      state: this.#states.close(JSON.stringify({ destination, expires }), scope).toString('base64url'),
      ...(told?.kind === 'openid' && told.issuer === there.issuer ? { id_token_hint: told.idToken } : {}),
    };
    for (const [key, value] of Object.entries(given)) location.searchParams.set(key, value);
    return location.href;
  }

  async #leaveSaml(name: string, told: Told | null, destination: string): Promise<string | null> {
    return told?.kind === 'saml' ? this.#parts.samlLogout.leave(name, told, destination) : null;
  }
}
