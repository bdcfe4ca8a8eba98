import type { Origin } from '../../access/index.ts';
import type { AuthProvider } from '../../config/index.ts';
import { ApiError, invalidCredentials, serviceUnavailable } from '../../errors/index.ts';
import type { OutboundClient } from '../../kernel/outbound/index.ts';
import { Stall } from '../../kernel/stall.ts';
import type { Store } from '../../store/types.ts';
import type { Grant } from '../grants.ts';
import type { ExternalUser, ExternalUsers, Joining } from '../providers/external-users.ts';
import type { KeptAdministrator } from '../providers/kept-administrator.ts';
import { Directory, type DirectoryMember } from '../providers/ldap/directory.ts';
import { type LiveProvider, type LiveProviders, PerProvider } from '../providers/live-providers.ts';
import type { SecondFactors } from '../second-factor/second-factors.ts';
import { hashToken } from '../session-tokens.ts';
import { statement } from '../statements.ts';
import type { Arrivals } from './arrivals.ts';
import type { LoginAttempts } from './attempts.ts';
import type { LdapLoginInput } from './ldap-input.ts';

type LdapProvider = Extract<AuthProvider, { driver: 'ldap' }>;

interface Parts {
  readonly store: Store;
  readonly providers: LiveProviders;
  readonly outbound: () => OutboundClient;
  readonly users: ExternalUsers;
  readonly keptAdministrator: KeptAdministrator;
  readonly arrivals: Arrivals;
  readonly attempts: LoginAttempts;
  readonly secondFactors: SecondFactors;
  /** Milliseconds that a refused login takes at least. */
  readonly stallTimeMs: number;
}

/** Signing in with a name and a password that a directory knows. */
export class LdapLogin {
  readonly #parts: Parts;
  readonly #directories: PerProvider<LdapProvider, Directory>;
  readonly #owner: string;
  readonly #member: string;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store, outbound } = parts;
    this.#directories = new PerProvider((live) => new Directory(live.settings, addressesFor(live, outbound)));
    this.#owner = statement(
      store,
      `SELECT u.provider, u.external_identifier AS dn FROM directus_sessions s
       JOIN directus_users u ON u.id = s."user" WHERE s.token IN (?, ?)`,
    );
    this.#member = statement(
      store,
      `SELECT id FROM directus_users WHERE provider = ? AND external_identifier = ? AND status = 'active'`,
    );
  }

  has(provider: string): boolean {
    return this.#find(provider) !== null;
  }

  /**
   * Throws INVALID_CREDENTIALS, the same for every reason; INVALID_OTP once the password was right; INVALID_PROVIDER for
   * an address of somebody else; SERVICE_UNAVAILABLE and INVALID_PROVIDER_CONFIG when the directory can't be asked.
   */
  async login(provider: string, input: LdapLoginInput, origin: Origin): Promise<Grant> {
    const { providers, arrivals, attempts, secondFactors, keptAdministrator, stallTimeMs } = this.#parts;
    const live = this.#find(provider);
    if (live === null) throw invalidCredentials();
    const stall = new Stall(stallTimeMs);
    try {
      const member = await this.#authenticate(this.#directories.of(live), provider, input, origin);
      const { id, follow } = await this.#settle(live.settings, member);
      const spend = await secondFactors.prove(id, input, input.mode, origin).catch(async (error: unknown) => {
        const guessed = input.otp !== null && error instanceof ApiError && error.code === 'INVALID_OTP';
        if (guessed) await attempts.failed(id, origin);
        throw error;
      });
      const use = async (tx: Parameters<typeof spend>[0]) => {
        await providers.hold(tx, live);
        await spend(tx);
        await attempts.reset(tx, id);
      };
      const grant = await arrivals.arrive(id, input.mode, origin, use, (tx) =>
        keptAdministrator.follow(tx, id, provider, follow),
      );
      stall.cancel();
      return grant;
    } catch (error) {
      await stall.over();
      throw error;
    }
  }

  /**
   * Whether the owner of a session may go on: the directory is asked for people of a directory. Throws INVALID_CREDENTIALS
   * when it has barred or lost them, SERVICE_UNAVAILABLE when it can't be asked; the token stays unspent then.
   */
  async confirm(token: string): Promise<void> {
    const { providers } = this.#parts;
    await providers.fresh();
    if (!providers.hasDirectories()) return;
    const owner = await this.#parts.store.get<{ provider: string; dn: string | null }>(this.#owner, [
      hashToken(token),
      token, // written by another server, and not adopted yet
    ]);
    if (owner && providers.isClosedDirectory(owner.provider)) {
      throw serviceUnavailable('ldap', 'The directory is disabled.');
    }
    const live = owner ? this.#find(owner.provider) : null;
    if (!owner || !live) return;
    if (owner.dn === null || !(await this.#directories.of(live).mayStay(owner.dn))) throw invalidCredentials();
  }

  #find(name: string): LiveProvider<LdapProvider> | null {
    const live = this.#parts.providers.get(name);
    return live && isLdap(live) ? live : null;
  }

  /** A wrong password counts against the user that the entry belongs to, as wrong passwords do everywhere. */
  async #authenticate(
    directory: Directory,
    provider: string,
    input: LdapLoginInput,
    origin: Origin,
  ): Promise<DirectoryMember> {
    const outcome = await directory.authenticate(input.identifier, input.password);
    if ('refused' in outcome) {
      const { store, attempts } = this.#parts;
      const user = await store.get<{ id: string }>(this.#member, [provider, outcome.refused]);
      if (user) await attempts.failed(user.id, origin);
      throw invalidCredentials();
    }
    return outcome;
  }

  async #settle({ name, options }: LdapProvider, { person, groups }: DirectoryMember): Promise<ExternalUser> {
    const role = (groups && (await this.#roleOf(groups))) ?? options.defaultRoleId ?? null;
    const joining: Joining = {
      provider: name,
      mayRegister: true,
      sync: options.syncUserInfo,
      role,
      roleFollows: groups !== null,
    };
    return this.#parts.users.settle(person, joining);
  }

  /** The role that has the name of a group; of several the first by name. */
  async #roleOf(groups: readonly string[]): Promise<string | null> {
    if (groups.length === 0) return null;
    const { store } = this.#parts;
    const marks = groups.map(() => '?').join(', ');
    const text = `SELECT id FROM directus_roles WHERE name IN (${marks}) ORDER BY name, id LIMIT 1`;
    const row = await store.get<{ id: string }>(statement(store, text), [...groups]);
    return row?.id ?? null;
  }
}

const isLdap = (live: LiveProvider): live is LiveProvider<LdapProvider> => live.settings.driver === 'ldap';

/** A directory of the environment may be anywhere; one of the project where any outbound connection may go. */
const addressesFor = (live: LiveProvider, outbound: () => OutboundClient): OutboundClient | null =>
  live.revision === null ? null : outbound();
