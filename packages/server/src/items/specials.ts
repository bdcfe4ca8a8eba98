import { randomUUID } from 'node:crypto';
import type { Accountability } from '../access/index.ts';
import type { Collection } from '../schema/types.ts';
import type { Payload } from './hooks.ts';

/** Fills fields that the server fills: they override what the payload says. */
export function fillSpecials(
  collection: Collection,
  payload: Payload,
  action: 'create' | 'update',
  accountability: Accountability,
  now: number,
): Payload {
  const filled = { ...payload };
  const user = accountability.kind === 'user' ? accountability.user : null;
  const role = accountability.kind === 'user' || accountability.kind === 'share' ? accountability.role : null;
  const done = action === 'create' ? 'created' : 'updated';
  for (const field of collection.fields.values()) {
    for (const special of field.special) {
      if (special === `date-${done}`) filled[field.name] = new Date(now).toISOString();
      else if (special === `user-${done}`) filled[field.name] = user;
      else if (special === `role-${done}`) filled[field.name] = role;
      else if (special === 'uuid' && action === 'create') filled[field.name] ??= randomUUID();
    }
  }
  return filled;
}
