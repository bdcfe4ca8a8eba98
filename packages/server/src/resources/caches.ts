import type { Access } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import type { CurrentSchema } from '../schema/current.ts';

/** Makes every node read again what it keeps of the database: the data model, who may do what, settings. */
export async function clearCaches(schema: CurrentSchema, access: Access): Promise<void> {
  if (!access.profile.admin) throw forbidden();
  await schema.change(async (tx) => {
    tx.announce('access');
    tx.announce('settings');
  });
}
