import type { Accountability, Origin } from '../access/index.ts';
import { statement } from '../auth/index.ts';
import type { Store } from '../store/types.ts';

/** Whose access is looked at. */
export type Who =
  | { readonly kind: 'public' }
  /** By id or e-mail address. */
  | { readonly kind: 'user'; readonly user: string }
  /** Any member of a role who is nobody in particular, by its id or name. */
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'share'; readonly share: string };

/** How accounts and roles are found. */
export interface People {
  account(idOrEmail: string): Promise<{ id: string; email: string | null; role: string | null; status: string } | null>;
  /** Throws UNPROCESSABLE_CONTENT when none or several have this id or name. */
  role(idOrName: string): Promise<string>;
}

/** Somebody whose access can be looked at. */
export interface Person {
  readonly who: Who['kind'];
  /** Id of the user, the role or the share; null for the public. */
  readonly id: string | null;
  /** How people call them. */
  readonly label: string;
  readonly accountability: Accountability;
  /** Of the account; `active` for those who are none. */
  readonly status: string;
}

/** Stands for a member of a role who is nobody in particular: no account has this id. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';

/** null when there is no such account or share. Throws UNPROCESSABLE_CONTENT for roles (see `People`). */
export async function findPerson(store: Store, people: People, who: Who, ip: string | null): Promise<Person | null> {
  const origin = { ip, userAgent: null, origin: null };
  switch (who.kind) {
    case 'public':
      return person(who, null, 'the public', { kind: 'anonymous', ...origin });
    case 'role': {
      const role = await people.role(who.role);
      const label = `a member of the role ${who.role}`;
      return person(who, role, label, { kind: 'user', user: NOBODY, role, session: null, ...origin });
    }
    case 'user': {
      const account = await people.account(who.user);
      if (!account) return null;
      const { id, role, status, email } = account;
      return person(who, id, email ?? id, { kind: 'user', user: id, role, session: null, ...origin }, status);
    }
    case 'share':
      return findShare(store, who, origin);
  }
}

const person = (
  who: Who,
  id: string | null,
  label: string,
  accountability: Accountability,
  status = 'active',
): Person => ({ who: who.kind, id, label, accountability, status });

/** A share has the rights of its role, and never more than the active user who made it. */
async function findShare(store: Store, who: Who & { kind: 'share' }, origin: Origin): Promise<Person | null> {
  const text = `SELECT s.id, s.name, s.role, s.collection, s.item, u.id AS author, u.role AS author_role
    FROM directus_shares s JOIN directus_users u ON u.id = s.user_created
    WHERE CAST(s.id AS text) = ? AND u.status = 'active'`;
  const row = await store.get(statement(store, text), [who.share.toLowerCase()]);
  if (!row) return null;
  const share = String(row.id);
  return person(who, share, `the share ${textOrNull(row.name) ?? share}`, {
    kind: 'share',
    share,
    collection: String(row.collection),
    item: String(row.item),
    role: textOrNull(row.role),
    author: { user: String(row.author), role: textOrNull(row.author_role) },
    session: '',
    ...origin,
  });
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
