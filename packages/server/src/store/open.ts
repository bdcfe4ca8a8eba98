import type { StoreOptions } from './options.ts';
import { PostgresStore } from './postgres/store.ts';
import { SqliteStore } from './sqlite/store.ts';
import type { Store } from './types.ts';

/** Opens the database, making the file where there is none. Rejects with SERVICE_UNAVAILABLE when it cannot be reached. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.client === 'sqlite' ? new SqliteStore(options) : PostgresStore.open(options);
}
