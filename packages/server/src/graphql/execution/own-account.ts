import type { GraphQLObjectType } from 'graphql';
import type { Access } from '../../access/index.ts';
import { forbidden, invalidCredentials } from '../../errors/index.ts';
import type { Chosen } from './collect.ts';
import { collectionNamed } from './filters.ts';
import { picker } from './picking.ts';
import type { Reading, Run } from './reading.ts';
import { readBack } from './writing.ts';

const USERS = 'directus_users';

const ACTIONS: ReadonlyMap<string, 'read' | 'update' | 'delete'> = new Map([
  ['users_me', 'read'],
  ['update_users_me', 'update'],
  ['delete_users_me', 'delete'],
]);

export const isOwnAccount = (name: string): boolean => ACTIONS.has(name);

/** A root field about the account of whoever asks. Throws FORBIDDEN for shares, INVALID_CREDENTIALS for nobody. */
export function ownAccount(reading: Reading, type: GraphQLObjectType, chosen: Chosen): Run {
  const action = ACTIONS.get(chosen.name);
  if (action === 'delete') {
    const pick = picker(type.getFields()[chosen.name]?.type, chosen.below, reading.collector);
    return async ({ access, items }) => {
      const id = ownId(access);
      await items.delete(access, USERS, { keys: [id] });
      return pick({ id });
    };
  }
  const values = reading.arguments.of(type, chosen.node);
  const back = readBack(reading, type, chosen, collectionNamed(reading.profile.snapshot, USERS), {});
  if (action === 'read') {
    return async ({ access, items }) => back.one(await items.readOne(access, USERS, ownId(access), back.query));
  }
  return async ({ access, items }) => {
    const id = ownId(access);
    return back.one(await items.update(access, USERS, id, { ...(values.data as object) }, back.query));
  };
}

function ownId({ accountability }: Access): string {
  if (accountability.kind === 'share') throw forbidden();
  if (accountability.kind !== 'user') throw invalidCredentials();
  return accountability.user;
}
