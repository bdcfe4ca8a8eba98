import type { Explanation, Reason } from '../../access/explain-types.ts';
import { messageOf } from '../../access/explain-verdict.ts';
import type { Access } from '../../access/index.ts';
import type { ItemService, Payload } from '../../items/index.ts';
import { withPresets } from '../../items/payload-rules.ts';
import type { Store } from '../../store/types.ts';
import type { Json } from '../../wire/index.ts';
import { type Failing, type Tried, tryWrite } from '../rehearse.ts';

/** What would become of the values of a payload. */
export interface ExplainedPayload {
  /** Fields that may not be sent. */
  readonly refused: readonly string[];
  /** Values that presets add. */
  readonly added: { readonly [field: string]: Json };
  /** Values that break a rule of a permission or of a field. */
  readonly failing: readonly Failing[];
}

/**
 * Adds to an explanation what would become of a payload: it is written as it would be, and taken back. Its values may be
 * refused although the action is not.
 */
export async function withPayload<T extends Explanation>(
  parts: { readonly store: Store; readonly items: ItemService },
  target: Access,
  explanation: T,
  payload: Payload,
): Promise<T & { payload: ExplainedPayload }> {
  const { collection, item, verdict, notes, permissions } = explanation;
  const tried = await tryWrite(parts, target, async (writer) => {
    if (explanation.action === 'create') await writer.create(collection, payload);
    else await writer.update(collection, item, payload);
  });
  const facts = {
    ...namesAndPresets(explanation, target, payload),
    failing: tried.kind === 'invalid' ? tried.failing : [],
  };
  const told = { ...explanation, payload: facts };
  if (tried.kind === 'error') {
    const note = `Access does not stop it, but the server would: ${tried.message} (${tried.code})`;
    return { ...told, notes: [...notes, note] };
  }
  if (verdict === 'denied') return told;
  if (tried.kind === 'done') {
    const reason = target.profile.admin ? 'admin-access' : 'permission';
    const givenBy = permissions.map(({ id, policy }) =>
      id === null ? 'app access' : `permission ${id} of ${policy?.name}`,
    );
    return { ...told, verdict: 'allowed', reason, message: messageOf(reason, givenBy) };
  }
  const reason = reasonOf(tried, facts.refused, explanation);
  return { ...told, verdict: 'denied', reason, message: messageOf(reason, []) };
}

function namesAndPresets(
  { action, collection, fields }: Explanation,
  { profile, scope }: Access,
  payload: Payload,
): Omit<ExplainedPayload, 'failing'> {
  const compiled = profile.access(collection, action);
  if (!compiled) return { refused: Object.keys(payload), added: {} };
  const known = compiled.collection.fields;
  const key = compiled.collection.primaryKey;
  const allowed = new Map(fields.map((field) => [field.name, field.allowed]));
  const refused = Object.keys(payload).filter((name) => {
    if (action === 'update' && name === key) return false;
    const field = known.get(name);
    if (!field) return !profile.admin;
    return allowed.get(name) === false && (field.column || field.relation);
  });
  const added = Object.entries(withPresets(compiled, payload, scope)).filter(([name]) => !Object.hasOwn(payload, name));
  return { refused, added: Object.fromEntries(added) as { [field: string]: Json } };
}

function reasonOf({ kind }: Tried<unknown>, refused: readonly string[], { fields }: Explanation): Reason {
  if (kind === 'invalid') return 'validation-fails';
  if (refused.length === 0) return 'no-rule-admits';
  const listed = new Set(fields.filter(({ listedBy }) => listedBy.length > 0).map(({ name }) => name));
  return refused.every((name) => listed.has(name)) ? 'field-out-of-reach' : 'field-not-listed';
}
