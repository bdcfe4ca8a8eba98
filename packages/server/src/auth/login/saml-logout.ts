import { invalidPayload } from '../../errors/index.ts';
import { destinationWith } from '../../kernel/allowed-address.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../../store/types.ts';
import type { ProviderSessions, Told } from '../providers/provider-sessions.ts';
import type { ExpectedLogout } from '../providers/saml/logout-messages.ts';
import type { MessageKind } from '../providers/saml/redirect-binding.ts';
import type { SamlRequests } from '../providers/saml/requests.ts';
import type { SamlUses } from '../providers/saml/uses.ts';
import type { XmlElement } from '../providers/saml/xml.ts';
import type { Sessions } from '../sessions.ts';
import type { SamlLogin } from './saml.ts';
import { logoutCallbackOf, type SignOnAddresses } from './sign-on-addresses.ts';

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly addresses: SignOnAddresses;
  readonly login: SamlLogin;
  readonly requests: SamlRequests;
  readonly uses: SamlUses;
  readonly sessions: Sessions;
  readonly providerSessions: ProviderSessions;
  /** Told why a message was refused. */
  readonly onFault: (error: unknown) => void;
}

/** What a browser brought: by redirect the text of the query, by POST the form. */
export type SamlLogoutMessage =
  | { readonly binding: 'redirect'; readonly query: string }
  | { readonly binding: 'post'; readonly kind: MessageKind; readonly message: string; readonly relayState: unknown };

interface Verified {
  readonly kind: MessageKind;
  readonly message: XmlElement;
  readonly relayState: unknown;
}

type Parties = Awaited<ReturnType<SamlLogin['parties']>>;

/** Requests to sign out are not those to sign in. */
const scopeOf = (scope: string): string => `logout ${scope}`;

/** Single logout of SAML 2.0 (profiles §4.4): begun here, and begun at the provider. */
export class SamlLogout {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * The address of the provider that ends the session there, or null where it has none, is another one by now, or did not
   * say whose session it is. The request is signed where there is a key.
   */
  async leave(name: string, told: Extract<Told, { kind: 'saml' }>, destination: string): Promise<string | null> {
    const { login, requests, clock } = this.#parts;
    const { provider, service, key, scope } = await login.parties(name);
    if (provider.logout === null || provider.entityId !== told.issuer) return null;
    const { writeLogoutRequest } = await import('../providers/saml/logout-messages.ts');
    const { redirectAddress } = await import('../providers/saml/redirect-binding.ts');
    const { requestUrl } = provider.logout;
    const id = requests.issue(scopeOf(scope));
    const head = { id, issuer: service.entityId, destination: requestUrl, now: clock.now() };
    const xml = writeLogoutRequest(head, told.nameId, told.sessionIndex);
    return redirectAddress(requestUrl, { kind: 'SAMLRequest', xml, relayState: destination || null, key });
  }

  /**
   * Takes the provider's answer to our request, or its own request; where the browser goes. Throws INVALID_PAYLOAD for a
   * request that does not hold, and for a RelayState that may not be.
   */
  async receive(name: string, given: SamlLogoutMessage): Promise<string> {
    const parties = await this.#parts.login.parties(name);
    const kind =
      given.binding === 'post' ? given.kind : /(?:^|&)SAMLResponse=/.test(given.query) ? 'SAMLResponse' : null;
    if (kind === 'SAMLResponse') return this.#finish(name, parties, given);
    return this.#obey(name, parties, given);
  }

  /** The session here ended before; what the provider says only decides what the page is told. */
  async #finish(name: string, parties: Parties, given: SamlLogoutMessage): Promise<string> {
    const relayState =
      given.binding === 'post' ? given.relayState : (new URLSearchParams(given.query).get('RelayState') ?? undefined);
    const destination = this.#parts.login.destination(name, relayState, 'RelayState') || '/';
    try {
      const { readLogoutResponse } = await import('../providers/saml/logout-messages.ts');
      const { message } = await this.#verified(parties, given, 'SAMLResponse');
      const { inResponseTo, succeeded } = readLogoutResponse(message, this.#expected(name, parties));
      if (this.#parts.requests.expiryOf(inResponseTo, scopeOf(parties.scope)) === null) {
        throw new Error('The response answers a request that was not ours.');
      }
      return succeeded ? destination : destinationWith(destination, 'reason', 'SERVICE_UNAVAILABLE');
    } catch (error) {
      this.#parts.onFault(error);
      return destinationWith(destination, 'reason', 'INVALID_CREDENTIALS');
    }
  }

  async #obey(name: string, parties: Parties, given: SamlLogoutMessage): Promise<string> {
    const { clock, onFault } = this.#parts;
    const { provider, service, key } = parties;
    const { readLogoutRequest, writeLogoutResponse } = await import('../providers/saml/logout-messages.ts');
    const { redirectAddress } = await import('../providers/saml/redirect-binding.ts');
    try {
      const { message, relayState } = await this.#verified(parties, given, 'SAMLRequest');
      const request = readLogoutRequest(message, this.#expected(name, parties));
      await this.#end(name, provider.entityId, request);
      if (provider.logout === null) return '/';
      const { responseUrl } = provider.logout;
      const id = this.#parts.requests.issue(scopeOf(parties.scope));
      const head = { id, issuer: service.entityId, destination: responseUrl, now: clock.now() };
      const xml = writeLogoutResponse(head, request.id, true);
      const echoed = typeof relayState === 'string' ? relayState : null;
      return redirectAddress(responseUrl, { kind: 'SAMLResponse', xml, relayState: echoed, key });
    } catch (error) {
      onFault(error);
      throw invalidPayload('The message signs nobody out.');
    }
  }

  /** The request counts once. */
  async #end(
    name: string,
    issuer: string,
    request: { id: string; expires: number; nameId: { value: string }; sessionIndexes: readonly string[] },
  ): Promise<void> {
    const { store, uses, sessions, providerSessions } = this.#parts;
    await store.transaction(async (tx) => {
      await uses.spend(tx, { kind: 'logout', issuer, id: request.id, expires: request.expires });
      for (const { user, family } of await providerSessions.of(
        tx,
        name,
        request.nameId.value,
        request.sessionIndexes,
      )) {
        await sessions.endFamilyIn(tx, user, family);
      }
    });
  }

  async #verified({ provider }: Parties, given: SamlLogoutMessage, kind: MessageKind): Promise<Verified> {
    if (given.binding === 'post') {
      const { readPosted } = await import('../providers/saml/logout-messages.ts');
      return { kind, message: readPosted(given.message, provider.keys), relayState: given.relayState };
    }
    const { readRedirect } = await import('../providers/saml/redirect-binding.ts');
    return readRedirect(given.query, provider.keys);
  }

  #expected(name: string, { provider, service }: Parties): ExpectedLogout {
    const { addresses, clock } = this.#parts;
    const destination = service.logoutUrl ?? logoutCallbackOf(name, addresses.baseFor(undefined));
    return { issuer: provider.entityId, destination, now: clock.now() };
  }
}
