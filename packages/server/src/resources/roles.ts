import type { AboutToGo, KeepAnAdministrator } from '../access/administrators.ts';
import { badEntry } from '../access/index.ts';
import type { Sessions } from '../auth/index.ts';
import { invalidPayload } from '../errors/index.ts';
import type { CollectionHooks, Key, Payload } from '../items/index.ts';
import type { Store, Transaction } from '../store/types.ts';

export interface AccessHookParts {
  readonly store: Store;
  readonly keepAnAdministrator: KeepAnAdministrator;
}

/** Deleting a role suspends its users for good, and its children lose their parent. No role is its own ancestor. */
export function roleHooks({
  store,
  sessions,
  keepAnAdministrator,
}: AccessHookParts & { sessions: Sessions }): CollectionHooks {
  const at = (n: number): string => store.placeholder(n);
  return {
    async updated(_keys, payload, { tx }) {
      if (payload.parent !== undefined || payload.children !== undefined) await refuseLoop(tx);
      await keepAnAdministrator(tx);
    },
    async created(_keys, payload, { tx }) {
      if (payload.children !== undefined) await refuseLoop(tx);
    },
    async deleting(keys, { tx }) {
      await keepAnAdministrator(tx, { roles: keys.map(String) });
      for (const key of keys) {
        const users = await tx.all<{ id: string }>(`select id from directus_users where role = ${at(1)}`, [key]);
        await tx.run(`update directus_users set status = 'suspended', role = null where role = ${at(1)}`, [key]);
        await tx.run(`update directus_roles set parent = null where parent = ${at(1)}`, [key]);
        for (const { id } of users) {
          await sessions.endAllOf(tx, id);
          tx.announce('users', id);
        }
      }
    },
  };
}

/** Parents of all roles, followed to their end; a chain that comes back to its start is refused. */
async function refuseLoop(tx: Transaction): Promise<void> {
  const rows = await tx.all<{ id: string; parent: string | null }>('select id, parent from directus_roles');
  const parents = new Map(rows.map((row) => [row.id, row.parent]));
  for (const start of parents.keys()) {
    const seen = new Set<string>();
    for (let role: string | null | undefined = start; role; role = parents.get(role)) {
      if (seen.has(role)) throw invalidPayload('"parent" would make a role its own ancestor.');
      seen.add(role);
    }
  }
}

/** Addresses have to be addresses, and somebody has to remain who may administer. */
export function policyHooks({ keepAnAdministrator }: AccessHookParts): CollectionHooks {
  return {
    async prepare(payload) {
      checkAddresses(payload);
      return payload;
    },
    ...guarding(keepAnAdministrator, (keys) => ({ policies: keys.map(String) })),
  };
}

/** Attachments of policies to users and roles. */
export function attachmentHooks({ keepAnAdministrator }: AccessHookParts): CollectionHooks {
  return guarding(keepAnAdministrator, (keys) => ({ attachments: keys.map(String) }));
}

function guarding(keep: KeepAnAdministrator, goneOf: (keys: readonly Key[]) => AboutToGo): CollectionHooks {
  return {
    updated: (_keys, _payload, { tx }) => keep(tx),
    deleting: (keys, { tx }) => keep(tx, goneOf(keys)),
  };
}

function checkAddresses(payload: Payload): void {
  const { ip_access: list } = payload;
  if (list === undefined || list === null || list === '') return;
  const entries = typeof list === 'string' ? list.split(',') : list;
  if (!Array.isArray(entries) || entries.some((entry) => typeof entry !== 'string')) {
    throw invalidPayload('"ip_access" has to be a list of addresses, CIDR blocks or ranges.');
  }
  const bad = badEntry((entries as string[]).map((entry) => entry.trim()));
  if (bad !== null)
    throw invalidPayload(`"ip_access" takes addresses, CIDR blocks and ranges, and "${bad.slice(0, 60)}" is none.`);
}

const RULES = ['permissions', 'validation', 'presets'] as const;

/** Rules, validations and presets are objects or null: anything else would say nothing that can be decided by. */
export function permissionHooks(): CollectionHooks {
  return {
    async prepare(payload) {
      for (const name of RULES)
        if (!isObjectOrNull(payload[name])) throw invalidPayload(`"${name}" has to be an object or null.`);
      return payload;
    },
  };
}

/** JSON may come as text. */
function isObjectOrNull(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value !== 'string') return typeof value === 'object' && !Array.isArray(value);
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed === null || (typeof parsed === 'object' && !Array.isArray(parsed));
  } catch {
    return false;
  }
}
