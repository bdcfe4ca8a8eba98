import { BoundedCache } from '../kernel/bounded-cache.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Snapshot } from '../schema/types.ts';
import type { Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import type { Accountability } from './accountability.ts';
import { attachedPolicies, chainOf, policiesFrom, profileOf } from './applying.ts';
import { AccessProfile } from './effective.ts';
import { type AccessModel, loadAccessModel, loadPoliciesOfUser, type Policy } from './model.ts';
import { type Caller, RequestScope } from './scope.ts';
import { type ShareAccountability, ShareProfile } from './shares.ts';
import { policiesInScope, type TokenScope, withinScope } from './token-scope.ts';
import { loadVariableValues, type PathVariable, pathVariables } from './variable-values.ts';

const MAX_PROFILES = 1000;
const MAX_USERS = 10_000;

/** What one request may do, and the values its rules are about. */
export interface Access {
  readonly accountability: Accountability;
  readonly profile: AccessProfile;
  readonly scope: RequestScope;
}

interface Compiled {
  readonly profile: AccessProfile;
  readonly paths: readonly PathVariable[];
}

/**
 * Turns who asks into what they may do. Profiles are kept per set of policies and dropped whenever a role, a policy, a
 * permission, an attachment or the data model changes anywhere.
 */
export class AccessEngine {
  readonly #store: Store;
  readonly #snapshot: () => Snapshot;
  readonly #clock: Clock;
  readonly #maxDepth: number;
  readonly #supposed: AccessModel | null;
  readonly #remember: boolean;
  readonly #profiles: BoundedCache<string, Compiled>;
  /** Each share has its own, whatever else they have in common. */
  readonly #shares: BoundedCache<string, Compiled>;
  readonly #policiesOfUser: BoundedCache<string, readonly string[]>;
  #model: Promise<AccessModel> | null = null;
  #snapshotSeen: Snapshot | null = null;
  #systemProfile: AccessProfile | null = null;
  /** Raised by every change, so that what was loaded before it is not kept after it. */
  #generation = 0;

  constructor(options: {
    store: Store;
    snapshot: () => Snapshot;
    clock: Clock;
    maxDepth: number;
    /** Decides instead of what the database says. */
    supposed?: AccessModel;
    /** Whether anything that was read or compiled is kept for later requests. Default true. */
    remember?: boolean;
  }) {
    this.#remember = options.remember ?? true;
    this.#profiles = new BoundedCache(this.#remember ? MAX_PROFILES : 0);
    this.#shares = new BoundedCache(this.#remember ? MAX_PROFILES : 0);
    this.#policiesOfUser = new BoundedCache(this.#remember ? MAX_USERS : 0);
    this.#supposed = options.supposed ?? null;
    this.#store = options.store;
    this.#snapshot = options.snapshot;
    this.#clock = options.clock;
    this.#maxDepth = options.maxDepth;
    if (this.#supposed) return; // lives for one review, and would be kept alive by the store
    this.#store.onAnnouncement((topic, detail) => {
      if (topic === 'access' || topic === 'schema') this.forget();
      else if (topic === 'users') this.#forgetUser(detail);
    });
  }

  /** An engine that decides by another model on the same database, for as long as a review takes. */
  supposing(model: AccessModel): AccessEngine {
    return new AccessEngine({
      store: this.#store,
      snapshot: this.#snapshot,
      clock: this.#clock,
      maxDepth: this.#maxDepth,
      supposed: model,
    });
  }

  /** Drops everything derived from the database. */
  forget(): void {
    this.#generation += 1;
    this.#model = null;
    this.#profiles.clear();
    this.#shares.clear();
    this.#policiesOfUser.clear();
    this.#systemProfile = null;
  }

  /** What is attached to a user goes with the user; null for any of them. */
  #forgetUser(user: string | null): void {
    this.#generation += 1;
    if (user === null) this.#policiesOfUser.clear();
    else this.#policiesOfUser.delete(user);
  }

  /** The model as it is now; loaded once per change. */
  model(): Promise<AccessModel> {
    if (!this.#model || !this.#remember) {
      const loading = this.#supposed ? Promise.resolve(this.#supposed) : loadAccessModel(this.#store);
      this.#model = loading;
      // A failed load must not be what later requests get.
      loading.catch(() => {
        if (this.#model === loading) this.#model = null;
      });
    }
    return this.#model;
  }

  async access(accountability: Accountability): Promise<Access> {
    if (accountability.kind === 'system') return this.#systemAccess();
    if (accountability.kind === 'share') return this.#shareAccess(accountability);
    const generation = this.#generation;
    const model = await this.model();
    const user = accountability.kind === 'user' ? accountability.user : null;
    const role = accountability.kind === 'anonymous' ? null : accountability.role;
    const roles = chainOf(model, role);
    const narrower = accountability.kind === 'user' ? accountability.scope : undefined;
    const policies = policiesInScope(await this.#policiesFor(model, user, roles, accountability.ip), narrower);
    const { profile, paths } = this.#profileOf(policies, narrower, generation);
    const values =
      paths.length === 0 ? NO_VALUES : await loadVariableValues(this.#store, profile.snapshot, paths, { user, role });
    if (generation !== this.#generation) return this.access(accountability);
    const caller: Caller = { user, role, roles, policies: profile.policies, values };
    return { accountability, profile, scope: new RequestScope(caller, this.#clock.now()) };
  }

  /** What a share opens: no more than its role, without app access, and its author may read, as both are now. */
  async #shareAccess(accountability: ShareAccountability): Promise<Access> {
    const { share, collection, item, role, author, ip, userAgent, origin } = accountability;
    const generation = this.#generation;
    const model = await this.model();
    const sharer = await this.access({ kind: 'user', ...author, session: null, ip, userAgent, origin });
    const roles = chainOf(model, role);
    // Whoever has no role has the public policies; a share without one has none.
    const policies = roles.length === 0 ? [] : policiesFrom(attachedPolicies(model, [], roles), ip);
    const key = JSON.stringify([share, collection, item, sharer.profile.id, ...policies.map(({ id }) => id)]);
    const { profile, paths } = this.#shares.get(key) ?? this.#compileShare(accountability, sharer, policies);
    // What a change made old while it was loaded must not be found by the next request.
    if (generation === this.#generation) this.#shares.set(key, { profile, paths });
    const { snapshot } = profile;
    const values =
      paths.length === 0 ? NO_VALUES : await loadVariableValues(this.#store, snapshot, paths, { user: null, role });
    if (generation !== this.#generation) return this.access(accountability);
    const caller: Caller = { user: null, role, roles, policies: profile.policies, values };
    return { accountability, profile, scope: new RequestScope(caller, this.#clock.now(), [], sharer.scope.caller) };
  }

  #compileShare(shared: ShareAccountability, sharer: Access, policies: readonly Policy[]): Compiled {
    const withoutApp = policies.map((policy) => ({ ...policy, appAccess: false }));
    const role = profileOf(withoutApp, sharer.profile.snapshot, this.#maxDepth);
    const profile = new ShareProfile(role, sharer.profile, shared);
    return { profile, paths: role.admin ? [] : pathVariables(role.permissions) };
  }

  /** The policies that apply to a request: those of the user, the role and its ancestors, or the public ones. */
  async #policiesFor(
    model: AccessModel,
    user: string | null,
    roles: readonly string[],
    ip: string | null,
  ): Promise<Policy[]> {
    const own = user === null ? [] : await this.#attachedTo(user);
    return policiesFrom(attachedPolicies(model, own, roles), ip);
  }

  async #attachedTo(user: string): Promise<readonly string[]> {
    const kept = this.#policiesOfUser.get(user);
    if (kept) return kept;
    const generation = this.#generation;
    const loaded = await loadPoliciesOfUser(this.#store, user);
    if (generation === this.#generation) this.#policiesOfUser.set(user, loaded);
    return loaded;
  }

  /** `generation` is that of the policies. */
  #profileOf(policies: readonly Policy[], narrower: TokenScope | undefined, generation: number): Compiled {
    const snapshot = this.#snapshot();
    if (snapshot !== this.#snapshotSeen) {
      this.#profiles.clear();
      this.#systemProfile = null;
      this.#snapshotSeen = snapshot;
    }
    const ids = policies.map((policy) => policy.id);
    const key = narrower ? `${ids.join(' ')} within ${narrower.key}` : ids.join(' ');
    const kept = this.#profiles.get(key);
    if (kept) return kept;
    const profile = withinScope(profileOf(policies, snapshot, this.#maxDepth), narrower, this.#maxDepth);
    const compiled = { profile, paths: profile.admin ? [] : pathVariables(profile.permissions) };
    // What a change made old while it was loaded must not be found by the next request.
    if (generation === this.#generation) this.#profiles.set(key, compiled);
    return compiled;
  }

  #systemAccess(): Access {
    const snapshot = this.#snapshot();
    if (!this.#systemProfile || this.#systemProfile.snapshot !== snapshot) {
      this.#systemProfile = new AccessProfile({
        admin: true,
        app: true,
        enforceTfa: false,
        policies: [],
        permissions: [],
        snapshot,
        maxDepth: this.#maxDepth,
      });
    }
    const caller: Caller = { user: null, role: null, roles: [], policies: [], values: NO_VALUES };
    return {
      accountability: { kind: 'system' },
      profile: this.#systemProfile,
      scope: new RequestScope(caller, this.#clock.now()),
    };
  }
}

const NO_VALUES: ReadonlyMap<string, Json> = new Map();
