import { statement } from '../auth/index.ts';
import { unprocessable } from '../errors/index.ts';
import type { Store } from '../store/types.ts';

/** The id of the role with this id or exactly this name. Throws UNPROCESSABLE_CONTENT when none or several have it. */
export async function findRole(store: Store, idOrName: string): Promise<string> {
  const text = 'SELECT id FROM directus_roles WHERE CAST(id AS text) = ? OR name = ? ORDER BY id LIMIT 20';
  const found = await store.all(statement(store, text), [idOrName.toLowerCase(), idOrName]);
  const ids = found.map(({ id }) => String(id));
  const [id] = ids;
  if (ids.includes(idOrName.toLowerCase())) return idOrName.toLowerCase();
  if (id === undefined) throw unprocessable(`There is no role with the id or name ${JSON.stringify(idOrName)}.`);
  if (ids.length > 1) {
    throw unprocessable(`Several roles are called ${JSON.stringify(idOrName)}; name one by its id: ${ids.join(', ')}.`);
  }
  return id;
}
