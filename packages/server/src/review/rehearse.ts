import type { Access } from '../access/index.ts';
import { statement } from '../auth/index.ts';
import { ApiError, ApiErrors } from '../errors/index.ts';
import type { ItemService, ItemWriter } from '../items/index.ts';
import type { Store } from '../store/types.ts';
import { NOBODY } from './person.ts';

/** What came of a write that was tried and taken back. */
export type Tried<T> =
  | { readonly kind: 'done'; readonly result: T }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'invalid'; readonly failing: readonly Failing[] }
  /** Access is not what stopped it. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** A value that broke a rule of a permission or of a field. */
export interface Failing {
  readonly field: string;
  readonly type: string;
}

/**
 * Writes with somebody's rights in a transaction that is rolled back. `scope` says who somebody is, where the rights are
 * another's. Throws only faults.
 */
export async function tryWrite<T>(
  { store, items }: { readonly store: Store; readonly items: ItemService },
  access: Access,
  work: (writer: ItemWriter) => Promise<T>,
  scope: Access['scope'] = access.scope,
): Promise<Tried<T>> {
  try {
    const result = await items.rehearse(access, async (writer) => {
      await standIn(store, scope, writer);
      return work(writer);
    });
    return { kind: 'done', result };
  } catch (error) {
    return refusal(error);
  }
}

/** Values may name who wrote them, so the member of a role who is nobody in particular is there for the moment. */
async function standIn(store: Store, { caller }: Access['scope'], { tx }: ItemWriter): Promise<void> {
  const { user, role } = caller;
  if (user !== NOBODY) return;
  await tx.run(
    statement(store, `INSERT INTO directus_users (id, role, status, provider) VALUES (?, ?, 'active', '')`),
    [user, role],
  );
}

function refusal(error: unknown): Exclude<Tried<never>, { kind: 'done' }> {
  const errors = error instanceof ApiErrors ? error.errors : error instanceof ApiError ? [error] : [];
  const [first] = errors;
  if (!first || first.status >= 500) throw error;
  if (errors.some(({ code }) => code === 'FORBIDDEN')) return { kind: 'forbidden' };
  if (errors.every(({ code }) => code === 'FAILED_VALIDATION')) {
    const failing = errors.map(({ extensions }) => ({
      field: [...((extensions.path as string[] | undefined) ?? []), String(extensions.field)].join('.'),
      type: String(extensions.type),
    }));
    return { kind: 'invalid', failing };
  }
  return { kind: 'error', code: first.code, message: first.message };
}
