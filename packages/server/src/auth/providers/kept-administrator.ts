import { keepAnAdministrator } from '../../access/administrators.ts';
import { ApiError } from '../../errors/index.ts';
import type { Row, Store, Transaction } from '../../store/types.ts';
import type { Spend } from '../proof.ts';
import { statement } from '../statements.ts';

interface Rights {
  readonly role: string | null;
  /** Rows of directus_access, each with the provider that it is mapped by, if any. */
  readonly attached: readonly Row[];
}

/** What providers say decides about role and policies, but a project always keeps somebody who administers it. */
export class KeptAdministrator {
  readonly #keep: ReturnType<typeof keepAnAdministrator>;
  readonly #sql: ReturnType<typeof texts>;
  readonly #onFault: (error: unknown) => void;

  constructor(store: Store, onFault: (error: unknown) => void) {
    this.#keep = keepAnAdministrator(store);
    this.#sql = texts(store);
    this.#onFault = onFault;
  }

  /** Changes an account as its provider says. The last administrator stays what they are, and the log tells. */
  async follow(tx: Transaction, user: string, provider: string, change: Spend): Promise<void> {
    const before = await this.#rights(tx, user);
    await change(tx);
    const after = await this.#rights(tx, user);
    const ids = new Set(after.attached.map(({ id }) => id));
    const lost = before.attached.filter(({ id }) => !ids.has(id));
    if (before.role === after.role && lost.length === 0) return;
    try {
      await this.#keep(tx);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'UNPROCESSABLE_CONTENT') throw error;
      await tx.run(this.#sql.setRole, [before.role, user]);
      for (const row of lost) await this.#attach(tx, user, row);
      const what = `The provider ${provider} takes administration from the account ${user}, which is the last to have it`;
      this.#onFault(new Error(`${what}: its role and policies stay`));
    }
  }

  async #rights(tx: Transaction, user: string): Promise<Rights> {
    const row = await tx.get(this.#sql.role, [user]);
    const role = row?.role === null || row?.role === undefined ? null : String(row.role);
    return { role, attached: await tx.all(this.#sql.attached, [user]) };
  }

  async #attach(tx: Transaction, user: string, row: Row): Promise<void> {
    const id = String(row.id);
    await tx.run(this.#sql.attach, [id, user, String(row.policy)]);
    if (row.provider !== null) await tx.run(this.#sql.remember, [id, user, String(row.provider)]);
  }
}

const texts = (store: Store) => ({
  role: statement(store, 'SELECT role FROM directus_users WHERE id = ?'),
  attached: statement(
    store,
    `SELECT a.id, a.policy, m.provider FROM directus_access a LEFT JOIN limen_mapped_access m ON m.access = a.id
     WHERE a."user" = ?`,
  ),
  setRole: statement(store, 'UPDATE directus_users SET role = ? WHERE id = ?'),
  attach: statement(store, 'INSERT INTO directus_access (id, "user", policy) VALUES (?, ?, ?)'),
  remember: statement(store, 'INSERT INTO limen_mapped_access (access, "user", provider) VALUES (?, ?, ?)'),
});
