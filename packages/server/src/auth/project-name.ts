import type { Reader } from '../store/types.ts';

/** What people know the project by. */
export async function projectName(store: Reader): Promise<string> {
  const row = await store.get<{ project_name: string | null }>('SELECT project_name FROM directus_settings');
  return row?.project_name || 'Limen';
}
