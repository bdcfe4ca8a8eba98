import { chainOf, profileOf } from '../../access/applying.ts';
import { type AccessProfile, RequestScope } from '../../access/index.ts';
import type { Policy } from '../../access/model.ts';
import { loadVariableValues, pathVariables } from '../../access/variable-values.ts';
import type { Snapshot } from '../../schema/types.ts';
import type { Store } from '../../store/types.ts';
import type { Json } from '../../wire/index.ts';
import type { Standing } from './audiences.ts';
import type { Side } from './compare.ts';
import type { AccessFacts } from './types.ts';

/** As for requests: rules are written by administrators, so only loops have to end. */
export const RULE_DEPTH = 50;

/** Profiles and scopes of one state of access; what several audiences share is compiled once. */
export class Sides {
  readonly #facts: AccessFacts;
  readonly #snapshot: Snapshot;
  readonly #store: Store | null;
  readonly #now: number;
  readonly #profiles = new Map<string, AccessProfile>();

  constructor(facts: AccessFacts, snapshot: Snapshot, store: Store | null, now: number) {
    this.#facts = facts;
    this.#snapshot = snapshot;
    this.#store = store;
    this.#now = now;
  }

  /** The side of somebody with these policies; `user` is who `$CURRENT_USER` is. */
  async of(policies: readonly Policy[], { role }: Standing, user: string | null): Promise<Side> {
    const key = policies.map(({ id }) => id).join(' ');
    let profile = this.#profiles.get(key);
    if (!profile) {
      profile = profileOf(policies, this.#snapshot, RULE_DEPTH);
      this.#profiles.set(key, profile);
    }
    const roles = chainOf(this.#facts.model, role);
    const values = await this.#values(profile, { user, role });
    const caller = { user, role, roles, policies: profile.policies, values };
    return { profile, scope: new RequestScope(caller, this.#now) };
  }

  async #values(
    profile: AccessProfile,
    caller: { user: string | null; role: string | null },
  ): Promise<ReadonlyMap<string, Json>> {
    const paths = profile.admin ? [] : pathVariables(profile.permissions);
    if (paths.length === 0 || !this.#store) return new Map();
    return loadVariableValues(this.#store, this.#snapshot, paths, caller);
  }
}
