import { randomUUID } from 'node:crypto';
import { ApiError } from '../../errors/index.ts';
import { ConstraintError, type Store, type Transaction } from '../../store/types.ts';
import { statement } from '../statements.ts';

/** Policies that people have as long as a provider says that they are in a group (POLICY_MAPPING). */
export class MappedPolicies {
  readonly #sql: ReturnType<typeof texts>;

  constructor(store: Store) {
    this.#sql = texts(store);
  }

  /**
   * Attaches these policies to the account, and takes away what this provider attached before and does not any more. What
   * was attached by hand stays. Throws INVALID_PROVIDER_CONFIG for a policy that does not exist.
   */
  async follow(tx: Transaction, user: string, provider: string, policies: readonly string[]): Promise<void> {
    const rows = await tx.all<{ access: string; policy: string }>(this.#sql.mapped, [user, provider]);
    const gone = rows.filter(({ policy }) => !policies.includes(policy));
    const known = new Set(rows.map(({ policy }) => policy));
    const added = policies.filter((policy) => !known.has(policy));
    for (const { access } of gone) await tx.run(this.#sql.detach, [access, user]);
    for (const policy of added) await this.#attach(tx, user, provider, policy);
    if (gone.length + added.length === 0) return;
    tx.announce('access');
    tx.announce('users', user);
  }

  async #attach(tx: Transaction, user: string, provider: string, policy: string): Promise<void> {
    const access = randomUUID();
    try {
      await tx.run(this.#sql.attach, [access, user, policy]);
      await tx.run(this.#sql.remember, [access, user, provider]);
    } catch (error) {
      if (!(error instanceof ConstraintError) || error.kind !== 'foreign-key') throw error;
      throw new ApiError('INVALID_PROVIDER_CONFIG', 'Invalid config.', { provider }, error);
    }
  }
}

const texts = (store: Store) => ({
  mapped: statement(
    store,
    `SELECT m.access, a.policy FROM limen_mapped_access m JOIN directus_access a ON a.id = m.access
     WHERE m."user" = ? AND m.provider = ?`,
  ),
  detach: statement(store, 'DELETE FROM directus_access WHERE id = ? AND "user" = ?'),
  attach: statement(store, 'INSERT INTO directus_access (id, "user", policy) VALUES (?, ?, ?)'),
  remember: statement(store, 'INSERT INTO limen_mapped_access (access, "user", provider) VALUES (?, ?, ?)'),
});
