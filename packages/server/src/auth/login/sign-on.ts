import { hash } from 'node:crypto';
import type { Origin } from '../../access/index.ts';
import { ApiError, invalidCredentials, invalidPayload } from '../../errors/index.ts';
import { destinationWith, withParameter } from '../../kernel/allowed-address.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../../store/types.ts';
import type { Challenges } from '../passkeys/challenges.ts';
import type { Spend } from '../proof.ts';
import { type Attempt, Attempts, challengeOf, cookieNameOf, spentId } from '../providers/attempts.ts';
import { type Claims, joiningOf, personIn, policiesOf } from '../providers/claims.ts';
import type { ExternalUsers } from '../providers/external-users.ts';
import type { KeptAdministrator } from '../providers/kept-administrator.ts';
import type { LiveProviders } from '../providers/live-providers.ts';
import type { MappedPolicies } from '../providers/mapped-policies.ts';
import type { OwnIdentities } from '../providers/own-identities.ts';
import type { Sessions } from '../sessions.ts';
import type { AuthSettings } from '../settings.ts';
import type { Arrivals } from './arrivals.ts';
import type { HandOffs } from './hand-off.ts';
import { OpenIdProvider } from './openid.ts';
import type { Said } from './redirecting-provider.ts';
import {
  type KnownProvider,
  parametersOf,
  postsAnswers,
  type Redirecting,
  type RedirectingProviders,
} from './redirecting-providers.ts';
import { callbackOf, type SignOnAddresses } from './sign-on-addresses.ts';
import type { Arrival, Begun, Departure, Leaving, Linking, Return, Wishes } from './sign-on-steps.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<AuthSettings, 'secret'>;
  readonly addresses: SignOnAddresses;
  readonly redirecting: RedirectingProviders;
  readonly providers: LiveProviders;
  readonly users: ExternalUsers;
  readonly arrivals: Arrivals;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly handOffs: HandOffs;
  readonly ownIdentities: OwnIdentities;
  readonly mappedPolicies: MappedPolicies;
  readonly keptAdministrator: KeptAdministrator;
  readonly onFault: (error: unknown) => void;
}

/** Signing in with OpenID Connect and OAuth 2.0 providers: leaving for one, and coming back. */
export class SignOn {
  readonly #parts: Parts;
  readonly #attempts: Attempts;
  readonly #addresses: SignOnAddresses;
  readonly #providers: RedirectingProviders;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#attempts = new Attempts(parts.settings.secret, parts.clock);
    this.#addresses = parts.addresses;
    this.#providers = parts.redirecting;
  }

  has(name: string): boolean {
    return this.#providers.find(name) !== null;
  }

  /** Whether the provider posts its answer (OAuth 2.0 Form Post Response Mode). */
  posts(name: string): boolean {
    return postsAnswers(this.#providers.get(name).provider);
  }

  /** Whether the provider may tell that somebody signed out: it names them by `sub`, so they have to be known by that. */
  hearsLogouts(name: string): boolean {
    const { provider } = this.#providers.get(name);
    return provider.driver === 'openid' && provider.options.identifierKey === 'sub';
  }

  /**
   * Ends all sessions of whom a provider has signed out (OpenID Connect Back-Channel Logout 1.0). Throws INVALID_CREDENTIALS
   * for a token that does not hold or was used, SERVICE_UNAVAILABLE.
   */
  async logOut(name: string, token: unknown): Promise<void> {
    const { driver } = this.#providers.get(name);
    if (!(driver instanceof OpenIdProvider)) throw invalidCredentials();
    const { users, sessions, challenges, store } = this.#parts;
    const { sub, jti, exp } = await driver.loggedOut(token);
    const user = await users.idOf(name, sub);
    await store.transaction(async (tx) => {
      await challenges.spend(tx, { id: hash('sha256', `logout:${name}:${jti}`, 'hex'), expires: exp * 1000 });
      if (user !== null) await sessions.endAllOf(tx, user);
    });
  }

  /** Sends somebody to a provider. Throws INVALID_PAYLOAD for a `redirect` that may not be. */
  async leave(name: string, leaving: Leaving): Promise<Departure> {
    const known = this.#providers.get(name);
    const { redirect, prompt, host, challenge: handOff = null } = leaving;
    const destination = this.#addresses.destination(known.provider, redirect);
    if (handOff !== null && !this.#addresses.isListed(known.provider, destination)) {
      throw invalidPayload('"redirect" has to be a listed address where a code is sent.');
    }
    const base = this.#addresses.baseFor(host);
    try {
      return await this.#begin(known, prompt, { destination, base, handOff, link: null });
    } catch (error) {
      return { location: failed(destination, this.#reason(error)), cookie: null };
    }
  }

  /**
   * A way to a provider for somebody whose account is to have the identity that comes back, to be gone once they have proven
   * who they are. Throws INVALID_PAYLOAD; going throws SERVICE_UNAVAILABLE where the provider can't be used.
   */
  linking(name: unknown, { user, redirect, host }: Linking): () => Promise<Begun> {
    const known = typeof name === 'string' ? this.#providers.find(name) : null;
    if (known === null) throw invalidPayload('"provider" names none that can be linked.');
    const destination = this.#addresses.destination(known.provider, redirect);
    const base = this.#addresses.baseFor(host);
    return () => this.#begin(known, false, { destination, base, handOff: null, link: user });
  }

  async #begin({ provider, scope, driver }: KnownProvider, prompt: boolean, wishes: Wishes): Promise<Begun> {
    const attempt = this.#attempts.begin(scope, wishes);
    const location = new URL(await driver.authorizeUrl());
    for (const [key, value] of this.#question(provider, attempt, prompt)) location.searchParams.set(key, value);
    const cookie = { ...this.#addresses.cookie(provider, attempt), value: this.#attempts.seal(scope, attempt) };
    return { location: location.href, cookie };
  }

  /** What the provider is asked (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1). */
  #question(provider: Redirecting, attempt: Attempt, prompt: boolean): Iterable<[string, string]> {
    const { clientId = '', scope } = provider.options;
    return Object.entries({
      ...parametersOf(provider),
      ...(prompt ? { prompt: 'consent' } : {}),
      client_id: clientId,
      scope,
      response_type: 'code',
      redirect_uri: callbackOf(provider.name, attempt.base),
      state: attempt.state,
      code_challenge: challengeOf(attempt.verifier),
      code_challenge_method: 'S256',
      ...(provider.driver === 'openid' ? { nonce: attempt.nonce } : {}),
    });
  }

  /** Lets somebody in who comes back. What goes wrong is told to the page that they left from. */
  async arrive(name: string, given: Return, origin: Origin): Promise<Arrival> {
    const known = this.#providers.get(name);
    const attempt = this.#attemptOf(known, given);
    if (attempt === null || !(await this.#spend(known, attempt))) return this.#lost();
    const spent = this.#addresses.cookie(known.provider, attempt);
    try {
      const said = await this.#said(known, attempt, given);
      return { ...(await this.#admit(known, attempt, said, origin)), spent };
    } catch (error) {
      return { location: failed(attempt.destination, this.#reason(error)), grant: null, spent };
    }
  }

  /** What somebody gets who is who they say: another identity, a code for the page that waits for it, or a session. */
  async #admit(
    { provider, live }: KnownProvider,
    { destination, handOff, link }: Attempt,
    { claims, session }: Said,
    origin: Origin,
  ): Promise<Pick<Arrival, 'location' | 'grant'>> {
    const { providers, users, arrivals, handOffs, ownIdentities, mappedPolicies, keptAdministrator } = this.#parts;
    const person = personIn(claims, provider);
    const stillThere: Spend = (tx) => providers.hold(tx, live);
    if (link !== null) {
      const identity = { provider: provider.name, identifier: person.identifier };
      await ownIdentities.link(link, identity, origin, stillThere);
      return { location: destination || '/', grant: null };
    }
    const { id, linked, follow: followPerson } = await users.settle(person, joiningOf(claims, provider), origin);
    const policies = linked ? null : policiesOf(claims, provider);
    const change: Spend = async (tx) => {
      await followPerson(tx);
      if (policies !== null) await mappedPolicies.follow(tx, id, provider.name, policies);
    };
    const follow: Spend = async (tx) => {
      await stillThere(tx);
      await keptAdministrator.follow(tx, id, provider.name, change);
    };
    const vouched = session && { ...session, provider: provider.name };
    if (handOff !== null) {
      const code = await handOffs.give(id, handOff, destination, follow, vouched);
      return { location: destinationWith(destination, 'code', code), grant: null };
    }
    const grant = await arrivals.arrive(id, provider.mode, origin, async () => {}, follow, vouched);
    return { location: destination || '/', grant };
  }

  #lost(): Arrival {
    const location = withParameter(this.#addresses.start, 'reason', 'INVALID_CREDENTIALS');
    return { location, grant: null, spent: null };
  }

  /**
   * The attempt that this browser made. With a state that is none of ours it is the only one that the browser has with this
   * provider, so that the page it left from can be told; with a state of another browser it is none.
   */
  #attemptOf({ scope }: KnownProvider, { parameters, cookies }: Return): Attempt | null {
    const { state } = parameters;
    if (typeof state === 'string' && this.#attempts.isOurs(scope, state)) {
      return this.#attempts.open(scope, cookies.get(cookieNameOf(state)) ?? '');
    }
    const open = [...cookies.values()].map((sealed) => this.#attempts.open(scope, sealed));
    const [only, ...others] = open.filter((attempt) => attempt !== null);
    return only !== undefined && others.length === 0 ? only : null;
  }

  /** Each attempt counts once, whatever comes of it; false when it was used. */
  async #spend({ scope }: KnownProvider, attempt: Attempt): Promise<boolean> {
    const { store, challenges } = this.#parts;
    const spent = { id: spentId(scope, attempt), expires: attempt.expires };
    try {
      await store.transaction((tx) => challenges.spend(tx, spent));
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'INVALID_CREDENTIALS') return false;
      throw error;
    }
  }

  async #said({ provider, driver }: KnownProvider, attempt: Attempt, given: Return): Promise<Said> {
    const { parameters, posted } = given;
    const { state, code, error, iss } = parameters;
    if (state !== attempt.state) throw invalidCredentials(new Error('The state is of no attempt of this browser'));
    if (!(await driver.isFrom(typeof iss === 'string' ? iss : null))) {
      throw invalidCredentials(new Error('Another provider answered'));
    }
    // A code in an address is seen by more eyes than one in a form; where a form was asked for, nobody honest sends it there.
    if (posted !== postsAnswers(provider)) throw invalidCredentials(new Error('The answer came by another way'));
    if (error !== undefined)
      throw invalidCredentials(new Error(`The provider said ${JSON.stringify(String(error).slice(0, 200))}`));
    if (typeof code !== 'string' || code === '') throw invalidCredentials(new Error('The provider gave no code'));
    const { verifier, nonce, base } = attempt;
    const said = await driver.claims({ code, verifier, nonce, redirectUri: callbackOf(provider.name, base) });
    if (!posted || provider.driver !== 'openid') return said;
    return { ...said, claims: { ...namesPosted(parameters.user), ...said.claims } };
  }

  #reason(error: unknown): string {
    if (!(error instanceof ApiError) || error.status >= 500 || error.cause !== undefined) this.#parts.onFault(error);
    return error instanceof ApiError ? error.code : 'INTERNAL_SERVER_ERROR';
  }
}

const failed = (destination: string, reason: string): string => destinationWith(destination || '/', 'reason', reason);

/**
 * Some providers (Apple) tell the name once, beside the code and unsigned. It is what the person themselves could type, so
 * nothing but a name is taken from it.
 */
function namesPosted(user: unknown): Claims {
  if (typeof user !== 'string' || user.length > 4096) return {};
  try {
    const { name } = JSON.parse(user) as { name?: { firstName?: unknown; lastName?: unknown } };
    return { given_name: name?.firstName, family_name: name?.lastName };
  } catch {
    return {};
  }
}
