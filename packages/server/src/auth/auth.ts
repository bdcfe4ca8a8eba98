import type { AccessEngine, Origin } from '../access/index.ts';
import { invalidCredentials, tokenExpired } from '../errors/index.ts';
import { type Clock, systemClock } from '../kernel/clock.ts';
import { OutboundClient } from '../kernel/outbound/index.ts';
import { warnOfFault } from '../store/announcer.ts';
import type { Store } from '../store/types.ts';
import { AccessTokens, type Verification } from './access-token.ts';
import { ApiTokenFinder } from './api-tokens/finding.ts';
import { ApiTokens } from './api-tokens/owning.ts';
import { createFactors, type Factors, localProviders } from './factors.ts';
import { type Grant, Grants, kindOf } from './grants.ts';
import { createIdentify, type Identify } from './identify.ts';
import { Identities } from './identities.ts';
import { IssuerTokens } from './issuers/issuer-tokens.ts';
import { IssuerUsers } from './issuers/issuer-users.ts';
import { LastSeen } from './last-seen.ts';
import { LoginAttempts } from './login/attempts.ts';
import { HandOffs } from './login/hand-off.ts';
import { LdapLogin } from './login/ldap.ts';
import { PasswordLogin } from './login/password.ts';
import { RedirectingProviders } from './login/redirecting-providers.ts';
import { SamlLogin } from './login/saml.ts';
import { SamlLogout } from './login/saml-logout.ts';
import { SignOn } from './login/sign-on.ts';
import { SignOnAddresses } from './login/sign-on-addresses.ts';
import { SignOut } from './login/sign-out.ts';
import { Breaches, NewPasswords } from './new-passwords/index.ts';
import { Passwords } from './passwords.ts';
import { ProviderTests } from './providers/checks/provider-tests.ts';
import { ExternalUsers } from './providers/external-users.ts';
import { KeptAdministrator } from './providers/kept-administrator.ts';
import { LinkedIdentities } from './providers/linked-identities.ts';
import { LiveProviders } from './providers/live-providers.ts';
import { MappedPolicies } from './providers/mapped-policies.ts';
import { OwnIdentities } from './providers/own-identities.ts';
import { ProjectProviders } from './providers/project/project-providers.ts';
import { StoredProviders } from './providers/project/stored-providers.ts';
import { ProviderSessions } from './providers/provider-sessions.ts';
import { SamlRequests } from './providers/saml/requests.ts';
import { SamlUses } from './providers/saml/uses.ts';
import { SessionList } from './session-list.ts';
import { SessionTokens } from './session-tokens.ts';
import { Sessions } from './sessions.ts';
import type { AuthSettings, SessionMode } from './settings.ts';
import { LiveShares } from './shares/live-shares.ts';
import { ShareSessions } from './shares/share-sessions.ts';
import { Shares } from './shares/shares.ts';
import { ExtraClaims } from './signing/extra-claims.ts';
import { SigningKeys } from './signing/signing-keys.ts';
import { StaticTokens } from './static-tokens.ts';
import { endOfToken } from './token-end.ts';

export interface AuthParts {
  readonly store: Store;
  readonly settings: AuthSettings;
  readonly access: Pick<AccessEngine, 'access'>;
  readonly clock?: Clock;
  /** Whether identities are kept. Default true. */
  readonly remember?: boolean;
  /** Asks the issuers of TOKEN_ISSUERS for their keys. */
  readonly outbound?: () => OutboundClient;
  /** Told of what failed while nobody waited for it. */
  readonly onFault?: (error: unknown) => void;
}

/** Everything that turns a credential into an accountability, or gives one out. */
export interface Auth extends Factors {
  readonly identify: Identify;
  readonly passwords: Passwords;
  readonly newPasswords: NewPasswords;
  readonly passwordLogin: PasswordLogin;
  /** Those of the environment and of the project. To be asked to be `fresh` before anybody signs in. */
  readonly providers: LiveProviders;
  readonly projectProviders: ProjectProviders;
  readonly providerTests: ProviderTests;
  readonly ldapLogin: LdapLogin;
  readonly attempts: LoginAttempts;
  readonly sessions: Sessions;
  readonly sessionList: SessionList;
  readonly apiTokens: ApiTokens;
  readonly lastSeen: LastSeen;
  /** To be started before a token is made or verified. */
  readonly signingKeys: SigningKeys;
  readonly shares: Shares;
  readonly shareSessions: ShareSessions;
  /** OpenID Connect and OAuth 2.0. */
  readonly signOn: SignOn;
  readonly handOffs: HandOffs;
  readonly ownIdentities: OwnIdentities;
  readonly samlLogin: SamlLogin;
  readonly samlLogout: SamlLogout;
  /** Out here and at the provider. */
  readonly signOut: SignOut;
  readonly samlUses: SamlUses;
  readonly providerSessions: ProviderSessions;
  /**
   * Spends a refresh token (json, cookie), or the session named by a session cookie's token (session), for the next one.
   * Throws INVALID_CREDENTIALS or TOKEN_EXPIRED.
   */
  refresh(mode: SessionMode, token: string, origin: Origin): Promise<Grant>;
  /** The plain refresh or session token that such a token is or names, null for none. */
  sessionOf(mode: SessionMode, token: string): string | null;
  /** Ends the session of such a token; one that is unknown ends nothing. */
  logout(mode: SessionMode, token: string): Promise<void>;
  /** When a token ends by itself, in milliseconds since 1970; null when it does not say. */
  endOf(token: string): number | null;
  /** Stops listening to the store. */
  close(): void;
}

/** Puts the room together. */
export function createAuth({
  store,
  settings,
  access,
  clock = systemClock,
  remember = true,
  outbound = publicOnly,
  onFault = warnOfFault,
}: AuthParts): Auth {
  const signingKeys = new SigningKeys(store, settings, clock, onFault);
  const accessTokens = new AccessTokens(settings.secret, clock, signingKeys);
  const sessions = new Sessions(store, new SessionTokens(settings.secret), settings, clock);
  const identities = new Identities(store, sessions, new StaticTokens(store), clock, remember);
  const apiTokens = new ApiTokenFinder(store, identities);
  const issuerTokens = new IssuerTokens({
    issuers: settings.tokenIssuers ?? [],
    users: new IssuerUsers(store, identities),
    outbound,
    clock,
    onFault,
  });
  const lastSeen = new LastSeen(store, clock, onFault);
  const passwords = new Passwords(settings);
  const { authPasswordBreachUrl } = settings;
  const breaches = authPasswordBreachUrl ? new Breaches(authPasswordBreachUrl, outbound(), onFault) : null;
  const attempts = new LoginAttempts(store, sessions, clock);
  const extraClaims = new ExtraClaims(store, settings.accessTokenClaims ?? []);
  const grants = new Grants(accessTokens, sessions, access, extraClaims, settings);
  const stallTimeMs = settings.loginStallTimeMs;
  const providerSessions = new ProviderSessions(store, settings.secret, clock);
  const factors = createFactors({ store, clock, settings, passwords, attempts, sessions, grants, providerSessions });
  const passwordLogin = new PasswordLogin({ store, passwords, attempts, stallTimeMs, ...factors });
  const externalUsers = new ExternalUsers(store, clock);
  const samlUses = new SamlUses(store, clock);
  const requests = new SamlRequests(settings.secret, clock);
  const providerRows = new StoredProviders(store, settings.secret);
  const providers = new LiveProviders({ store, rows: providerRows, environment: settings.authProviders, onFault });
  const listed = { store, clock, rows: providerRows, environment: settings.authProviders };
  const issuers = new Set((settings.tokenIssuers ?? []).map(({ name }) => name));
  const projectProviders = new ProjectProviders({ ...listed, live: providers, issuers });
  const providerTests = new ProviderTests({ ...listed, settings, outbound, project: projectProviders });
  const addresses = new SignOnAddresses(settings);
  const redirecting = new RedirectingProviders({ providers, clock, outbound, onFault });
  const saml = { clock, addresses, requests, uses: samlUses, onFault };
  const samlLogin = new SamlLogin({ ...saml, providers, users: externalUsers, arrivals: factors.arrivals });
  const samlLogout = new SamlLogout({ ...saml, store, login: samlLogin, sessions, providerSessions });
  const ending = { addresses, redirecting, samlLogin, samlLogout, sessions, providerSessions };
  const signOut = new SignOut({ secret: settings.secret, clock, onFault, ...ending });
  const handOffs = new HandOffs({ store, clock, providerSessions, arrivals: factors.arrivals });
  const identityRows = new LinkedIdentities(store, clock);
  const local = localProviders(settings);
  const ownIdentities = new OwnIdentities({ store, clock, rows: identityRows, sessions, local, ...factors });
  const mappedPolicies = new MappedPolicies(store);
  const keptAdministrator = new KeptAdministrator(store, onFault);
  const leaving = {
    providers,
    keptAdministrator,
    sessions,
    handOffs,
    ownIdentities,
    mappedPolicies,
    addresses,
    redirecting,
    onFault,
  };
  const signOn = new SignOn({ store, clock, settings, users: externalUsers, ...leaving, ...factors });
  const ldapParts = { store, providers, keptAdministrator, outbound, users: externalUsers, attempts, stallTimeMs };
  const ldapLogin = new LdapLogin({ ...ldapParts, ...factors });

  const liveShares = new LiveShares(store, clock);
  const shareTokens = new SessionTokens(settings.secret, 'share');
  const shareSessions = new ShareSessions(store, shareTokens, liveShares, settings, clock);
  const shares = new Shares({
    store,
    clock,
    passwords,
    tokens: accessTokens,
    live: liveShares,
    sessions: shareSessions,
    settings,
  });

  const sessionOf = (mode: SessionMode, token: string): string | null => {
    const verified = mode === 'session' ? accessTokens.verify(token) : null;
    if (verified === null) return token;
    return typeof verified === 'object' ? (verified.session?.plain ?? null) : null;
  };

  return {
    identify: createIdentify({ tokens: accessTokens, identities, apiTokens, issuerTokens, shares, lastSeen, clock }),
    ...factors,
    passwords,
    newPasswords: new NewPasswords(breaches),
    passwordLogin,
    providers,
    projectProviders,
    providerTests,
    ldapLogin,
    attempts,
    sessions,
    sessionList: new SessionList(store, sessions, clock),
    apiTokens: new ApiTokens(store, clock),
    lastSeen,
    signingKeys,
    shares,
    shareSessions,
    signOn,
    handOffs,
    ownIdentities,
    samlLogin,
    samlLogout,
    signOut,
    samlUses,
    providerSessions,
    async refresh(mode, token, origin) {
      const spent = mode === 'session' ? sessionIn(accessTokens.verify(token)) : token;
      if (shareSessions.isOurs(spent)) return shares.refresh(mode, spent);
      await ldapLogin.confirm(spent);
      const { plain, issuedAt, ...owner } = await sessions.rotate(kindOf(mode), spent, origin);
      return grants.make(mode, plain, owner, origin, issuedAt);
    },
    sessionOf,
    async logout(mode, token) {
      const ended = sessionOf(mode, token);
      if (ended !== null) await (shareSessions.isOurs(ended) ? shareSessions : sessions).end(kindOf(mode), ended);
    },
    endOf: (token) => endOfToken(accessTokens, token),
    close() {
      identities.close();
      lastSeen.close();
      providers.close();
      signingKeys.close();
    },
  };
}

const publicOnly = (): OutboundClient => new OutboundClient({ denied: [], allowed: [] });

/** The plain session token that a session cookie's access token names. */
function sessionIn(verified: Verification): string {
  if (verified === 'expired') throw tokenExpired();
  if (typeof verified === 'string' || !verified.session) throw invalidCredentials();
  return verified.session.plain;
}
