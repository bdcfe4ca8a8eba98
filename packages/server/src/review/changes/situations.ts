import { attachedPolicies, chainOf, policiesFrom } from '../../access/applying.ts';
import type { Policy } from '../../access/model.ts';
import { telltaleAddresses } from './addresses.ts';
import type { Standing } from './audiences.ts';
import type { AccessFacts, Comparison } from './types.ts';

const MAX_SITUATIONS = 8;
const MAX_ADDRESSES = 2_000;

/** What applies to an audience, before and after, wherever it asks from an address like `from`. */
export interface Situation {
  /** null: an address that is in no list. */
  readonly from: string | null;
  readonly before: readonly Policy[];
  readonly after: readonly Policy[];
}

/** Every pair of policy sets that requests of an audience can have, by where they come from; the first from anywhere. */
export function situationsOf(
  audience: { readonly before: Standing; readonly after: Standing },
  { before, after }: Comparison,
): { readonly list: readonly Situation[]; readonly truncated: boolean } {
  const was = policiesOf(before, audience.before);
  const is = policiesOf(after, audience.after);
  const entries = [...was, ...is].flatMap(({ addresses }) => addresses?.entries ?? []);
  const addresses = entries.length === 0 ? [] : telltaleAddresses([...new Set(entries)]);
  const found = new Map<string, Situation>();
  for (const from of [null, ...addresses.slice(0, MAX_ADDRESSES)]) {
    const situation = { from, before: policiesFrom(was, from), after: policiesFrom(is, from) };
    const key = `${idsOf(situation.before)} > ${idsOf(situation.after)}`;
    if (!found.has(key)) found.set(key, situation);
  }
  const list = [...found.values()].slice(0, MAX_SITUATIONS);
  return { list, truncated: list.length < found.size || addresses.length > MAX_ADDRESSES };
}

function policiesOf({ model }: AccessFacts, { role, own, active }: Standing): Policy[] {
  return active ? attachedPolicies(model, own, chainOf(model, role)) : [];
}

const idsOf = (policies: readonly Policy[]): string => policies.map(({ id }) => id).join(' ');
