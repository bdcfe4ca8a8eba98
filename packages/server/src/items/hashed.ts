import { failedValidation } from '../errors/index.ts';
import { CONCEALED } from '../query/index.ts';
import type { Collection } from '../schema/types.ts';
import type { WriteContext } from './context.ts';
import type { Payload } from './hooks.ts';

const USERS = 'directus_users';

/**
 * Values of fields that are stored as a hash, hashed. Stars are what was shown instead of a value: written back they change
 * nothing. The passwords of users have rules of their own, and a hook that sees to them.
 */
export async function hashFields(
  context: WriteContext,
  collection: Collection,
  payload: Payload,
  path: string[],
): Promise<Payload> {
  if (collection.name === USERS) return payload;
  const hashed: Payload = { ...payload };
  for (const [name, value] of Object.entries(payload)) {
    const field = collection.fields.get(name);
    if (!field || (!field.hashed && !field.concealed)) continue;
    if (value === CONCEALED) delete hashed[name];
    else if (field.hashed && value !== null && value !== undefined) {
      if (typeof value !== 'string' || value === '') throw failedValidation(name, 'string', { path });
      hashed[name] = await context.hash(value);
    }
  }
  return hashed;
}
