import { randomUUID } from 'node:crypto';
import type { SqlValue, Store, Transaction } from './types.ts';

export interface BootstrapInput {
  adminEmail: string;
  /** In PHC form (`$argon2id$…`). */
  adminPasswordHash: string;
  /** As it is stored: `sha256$` and the hex digest. */
  adminTokenHash?: string | null;
  adminFirstName?: string;
  adminLastName?: string;
  projectName?: string;
}

/** Ids of what was made; null where it was already there. */
export interface BootstrapResult {
  role: string | null;
  policy: string | null;
  publicPolicy: string | null;
  user: string | null;
  settings: boolean;
}

/**
 * Puts into an empty project what every project starts with: an administrator with role and policy, the policy of the
 * public, and the row of settings. A project that has a user, a role or a policy gets none of these, whoever made them.
 */
export async function bootstrap(store: Store, input: BootstrapInput): Promise<BootstrapResult> {
  const { people, settings } = await whatIsThere(store);
  if (people && settings) return NOTHING;
  return store.transaction(async (tx) => {
    if (store.dialect === 'postgres') await tx.exec('LOCK TABLE directus_settings IN SHARE ROW EXCLUSIVE MODE');
    const there = await whatIsThere(tx); // another node may have been faster
    const insert = inserter(store, tx);
    const result = { ...NOTHING };
    if (!there.people) Object.assign(result, await addPeople(store, insert, input));
    if (!there.settings) {
      await insert('directus_settings', { project_id: randomUUID(), ...nameOf(input) });
      result.settings = true;
    }
    for (const topic of ['access', 'users', 'settings'] as const) tx.announce(topic);
    return result;
  });
}

const NOTHING: BootstrapResult = { role: null, policy: null, publicPolicy: null, user: null, settings: false };

const nameOf = ({ projectName }: BootstrapInput): Record<string, string> =>
  projectName ? { project_name: projectName } : {};

type Insert = (table: string, row: Record<string, SqlValue>) => Promise<void>;

function inserter(store: Store, tx: Transaction): Insert {
  return async (table, row) => {
    const names = Object.keys(row).map((name) => `"${name}"`);
    const places = names.map((_, index) => store.placeholder(index + 1));
    await tx.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places.join(', ')})`, Object.values(row));
  };
}

async function whatIsThere(reader: Pick<Store, 'rows'>): Promise<{ people: boolean; settings: boolean }> {
  const [row = []] = await reader.rows(`SELECT
    CASE WHEN EXISTS (SELECT 1 FROM directus_users) OR EXISTS (SELECT 1 FROM directus_roles)
      OR EXISTS (SELECT 1 FROM directus_policies) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM directus_settings) THEN 1 ELSE 0 END`);
  return { people: row[0] === 1, settings: row[1] === 1 };
}

async function addPeople(store: Store, insert: Insert, input: BootstrapInput): Promise<Partial<BootstrapResult>> {
  const [role, policy, publicPolicy, user] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const yes = store.dialect === 'sqlite' ? 1 : 'true';
  await insert('directus_roles', {
    id: role,
    name: 'Administrator',
    icon: 'verified',
    description: 'Unrestricted access',
  });
  await insert('directus_policies', {
    id: policy,
    name: 'Administrator',
    icon: 'verified',
    description: 'Unrestricted access to all items and to the app',
    admin_access: yes,
    app_access: yes,
  });
  await insert('directus_policies', {
    id: publicPolicy,
    name: '$t:public_label',
    icon: 'public',
    description: '$t:public_description',
  });
  await insert('directus_access', { id: randomUUID(), role, policy });
  await insert('directus_access', { id: randomUUID(), role: null, user: null, policy: publicPolicy, sort: 1 });
  await insert('directus_users', {
    id: user,
    first_name: input.adminFirstName ?? 'Admin',
    last_name: input.adminLastName ?? 'User',
    email: input.adminEmail.toLowerCase(),
    password: input.adminPasswordHash,
    token: input.adminTokenHash ?? null,
    role,
  });
  return { role, policy, publicPolicy, user };
}
