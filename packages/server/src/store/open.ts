import type { StoreOptions } from './options.ts';
import type { Store } from './types.ts';

/**
 * Opens the database, making the file where there is none; only the driver that it needs is loaded. Rejects with
 * SERVICE_UNAVAILABLE when it cannot be reached.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  if (options.client === 'sqlite') {
    const { SqliteStore } = await import('./sqlite/store.ts');
    return new SqliteStore(options);
  }
  const { PostgresStore } = await import('./postgres/store.ts');
  return PostgresStore.open(options);
}
