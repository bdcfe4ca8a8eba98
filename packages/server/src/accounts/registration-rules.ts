import type { Access } from '../access/index.ts';
import { failures } from '../items/validate.ts';
import { partsOf } from '../items/validation-rule.ts';
import type { Store } from '../store/types.ts';
import type { FilterInput } from '../wire/index.ts';
import { USERS } from './parts.ts';

/** Who may register, by the settings of the project. */
export interface RegistrationRules {
  readonly open: boolean;
  /** Whether the address has to be confirmed. */
  readonly verify: boolean;
  /** Id of the role of new accounts, or null. */
  readonly role: string | null;
  /** What an address has to meet, as it is stored. */
  readonly emailFilter: unknown;
}

export async function readRegistrationRules(store: Store): Promise<RegistrationRules> {
  const row = await store.get(
    `SELECT public_registration AS open, public_registration_verify_email AS verify, public_registration_role AS role,
     public_registration_email_filter AS filter FROM directus_settings`,
  );
  const { open, verify, role, filter } = row ?? {};
  return {
    open: Boolean(open),
    verify: Boolean(verify),
    role: typeof role === 'string' ? role : null,
    emailFilter: typeof filter === 'string' ? parse(filter) : (filter ?? null),
  };
}

/** Not what it should be: met by nothing. */
const NONSENSE = Symbol('nonsense');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NONSENSE;
  }
}

/** Whether an address meets the filter; none is met by all, and one that asks for anything else by nobody. */
export function meetsFilter(email: string, filter: unknown, { scope, profile }: Access): boolean {
  if (filter === null) return true;
  const collection = profile.snapshot.collections.get(USERS);
  if (!collection || typeof filter !== 'object' || Array.isArray(filter)) return false;
  const look = { collection, scope, path: [], written: { email }, stored: {}, holds: () => false };
  return partsOf(filter as FilterInput, collection, profile.snapshot).every(
    (rule) => failures(rule, look).length === 0,
  );
}
