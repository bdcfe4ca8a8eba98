import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Origin } from '../../access/index.ts';
import type { AuthProvider } from '../../config/index.ts';
import { ApiError, invalidCredentials } from '../../errors/index.ts';
import { destinationWith } from '../../kernel/allowed-address.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Transaction } from '../../store/types.ts';
import type { Grant } from '../grants.ts';
import type { ExternalPerson, ExternalUsers } from '../providers/external-users.ts';
import { type LiveProvider, type LiveProviders, PerProvider } from '../providers/live-providers.ts';
import type { Told, Vouched } from '../providers/provider-sessions.ts';
import type { Assertion, Expected } from '../providers/saml/assertion.ts';
import type { IdentityProvider, ServiceProvider } from '../providers/saml/metadata.ts';
import type { SamlRequests } from '../providers/saml/requests.ts';
import type { SamlUses } from '../providers/saml/uses.ts';
import type { Arrivals } from './arrivals.ts';
import type { SignOnAddresses } from './sign-on-addresses.ts';

type SamlProvider = Extract<AuthProvider, { driver: 'saml' }>;

interface Parts {
  readonly clock: Clock;
  readonly users: ExternalUsers;
  readonly arrivals: Arrivals;
  readonly requests: SamlRequests;
  readonly uses: SamlUses;
  readonly providers: LiveProviders;
  readonly addresses: SignOnAddresses;
  /** Told why an answer was refused: whoever set the provider up has to know. */
  readonly onFault: (error: unknown) => void;
}

/** What the settings of a provider say, read. */
export interface SamlParties {
  readonly provider: IdentityProvider;
  readonly service: ServiceProvider;
  readonly key: KeyObject | null;
}

/** What came back with a browser. */
export interface SamlReturn {
  /** The form's SAMLResponse. */
  readonly response: string;
  /** The form's RelayState; undefined for none. */
  readonly relayState: unknown;
}

export interface SamlArrival {
  readonly location: string;
  /** Null where somebody was refused. */
  readonly grant: Grant | null;
}

/** Signing in with SAML 2.0 identity providers (web browser SSO profile, SAML profiles §4.1). */
export class SamlLogin {
  readonly #parts: Parts;
  /** Read when they are needed for the first time. */
  readonly #parties = new PerProvider<SamlProvider, Promise<SamlParties>>(({ settings }) => readParties(settings));

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  has(name: string): boolean {
    return this.#parts.providers.get(name)?.settings.driver === 'saml';
  }

  /** What the provider has to know of this server (XML). */
  metadata(name: string): string {
    return this.#get(name).settings.options.spMetadata ?? '';
  }

  /**
   * The address that somebody is sent to; `redirect` comes back with them. Throws INVALID_PAYLOAD for one that may not be,
   * INVALID_PROVIDER_CONFIG.
   */
  async leave(name: string, redirect: unknown): Promise<string> {
    const live = this.#get(name);
    const relayState = this.destination(name, redirect, 'redirect') || null;
    const { provider, service, key } = await this.#parties.of(live);
    const { clock, requests } = this.#parts;
    const { requestAddress } = await import('../providers/saml/authn-request.ts');
    const signing = provider.wantsSignedRequests ? key : null;
    return requestAddress({
      id: requests.issue(live.scope),
      provider,
      service,
      now: clock.now(),
      relayState,
      key: signing,
    });
  }

  /**
   * Lets somebody in who comes back. What goes wrong is told to the page that they left from. Throws INVALID_PAYLOAD for a
   * RelayState that may not be: it was never signed.
   */
  async arrive(name: string, { response, relayState }: SamlReturn, origin: Origin): Promise<SamlArrival> {
    const live = this.#get(name);
    const destination = this.destination(name, relayState, 'RelayState') || '/';
    try {
      return { location: destination, grant: await this.#grant(live, response, origin) };
    } catch (error) {
      if (!(error instanceof ApiError) || error.cause !== undefined) this.#parts.onFault(error);
      const reason = error instanceof ApiError ? error.code : 'INTERNAL_SERVER_ERROR';
      return { location: destinationWith(destination, 'reason', reason), grant: null };
    }
  }

  async #grant(live: LiveProvider<SamlProvider>, response: string, origin: Origin): Promise<Grant> {
    const { settings } = live;
    const { name, mode, options } = settings;
    const assertion = await this.#read(live, response);
    const { users, arrivals } = this.#parts;
    const joining = {
      provider: name,
      mayRegister: options.allowPublicRegistration,
      sync: false,
      role: options.defaultRoleId ?? null,
      roleFollows: false,
    };
    const { id, follow } = await users.settle(personIn(assertion, settings), joining);
    const spend = (tx: Transaction) => this.#spend(tx, live, assertion);
    return arrivals.arrive(id, mode, origin, spend, follow, vouchedBy(name, assertion));
  }

  /** Throws INVALID_PAYLOAD. */
  destination(name: string, given: unknown, field = 'redirect'): string {
    return this.#parts.addresses.destination(this.#get(name).settings, given, field);
  }

  async #read(live: LiveProvider<SamlProvider>, posted: string): Promise<Assertion> {
    const { provider, service, key } = await this.#parties.of(live);
    const { readResponse } = await import('../providers/saml/response.ts');
    const { clock, requests } = this.#parts;
    const expected: Expected = {
      issuer: provider.entityId,
      audience: service.entityId,
      consumerUrl: service.consumerUrl,
      now: clock.now(),
      isOwnRequest: (id) => requests.expiryOf(id, live.scope) !== null,
      unsolicited: live.settings.options.allowIdpInitiated,
    };
    try {
      return readResponse(posted, { keys: provider.keys, decryptionKey: key }, expected);
    } catch (error) {
      throw invalidCredentials(error);
    }
  }

  /** Assertion and request count once. */
  async #spend(tx: Transaction, live: LiveProvider, assertion: Assertion): Promise<void> {
    const { requests, uses, providers } = this.#parts;
    await providers.hold(tx, live);
    const { id, issuer, expires, inResponseTo } = assertion;
    await uses.spend(tx, { kind: 'assertion', issuer, id, expires });
    if (inResponseTo === null) return;
    const until = requests.expiryOf(inResponseTo, live.scope);
    if (until === null) throw invalidCredentials();
    await uses.spend(tx, { kind: 'request', issuer: live.settings.name, id: inResponseTo, expires: until });
  }

  /** What the settings say, read; and what requests are sealed for. Throws INVALID_PROVIDER_CONFIG. */
  async parties(name: string): Promise<SamlParties & { readonly scope: string }> {
    const live = this.#get(name);
    return { ...(await this.#parties.of(live)), scope: live.scope };
  }

  #get(name: string): LiveProvider<SamlProvider> {
    const found = this.#parts.providers.get(name);
    if (!found || !isSaml(found)) throw new Error(`there is no SAML provider ${name}`);
    return found;
  }
}

const isSaml = (live: LiveProvider): live is LiveProvider<SamlProvider> => live.settings.driver === 'saml';

async function readParties({ name, options }: SamlProvider): Promise<SamlParties> {
  const { readIdentityProvider, readServiceProvider } = await import('../providers/saml/metadata.ts');
  try {
    return {
      provider: readIdentityProvider(options.idpMetadata ?? ''),
      service: readServiceProvider(options.spMetadata ?? ''),
      key: options.spPrivateKey === undefined ? null : createPrivateKey(options.spPrivateKey),
    };
  } catch (error) {
    throw new ApiError('INVALID_PROVIDER_CONFIG', 'Invalid config.', { provider: name }, error);
  }
}

function vouchedBy(provider: string, { issuer, nameId, sessionIndex }: Assertion): Vouched {
  const told: Told | null = nameId && { kind: 'saml', issuer, nameId, sessionIndex };
  return { provider, subject: nameId?.value ?? null, session: sessionIndex, told };
}

/** Throws INVALID_CREDENTIALS where the identifier is missing. */
function personIn({ attributes }: Assertion, { options }: SamlProvider): ExternalPerson {
  const first = (name: string): string | null => attributes.get(name)?.[0] ?? null;
  const identifier = first(options.identifierKey);
  if (!identifier) throw invalidCredentials();
  return {
    identifier,
    email: first(options.emailKey),
    firstName: first(options.givenNameKey),
    lastName: first(options.familyNameKey),
  };
}
