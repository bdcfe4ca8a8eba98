import { chainOf } from '../../access/applying.ts';
import type { Policy } from '../../access/model.ts';
import type { Snapshot } from '../../schema/types.ts';
import type { Store } from '../../store/types.ts';
import { AudienceReview } from './audience-review.ts';
import { type Audience, findAudiences } from './audiences.ts';
import { Counter } from './count.ts';
import { Sides } from './sides.ts';
import type { Sight } from './sight.ts';
import type { AccessFacts, ChangedAudience, Comparison, Review } from './types.ts';
import { warningsOf } from './warnings.ts';

const MAX_AUDIENCES = 50;
/** Milliseconds after which nothing more is counted. */
const COUNTING_MS = 20_000;

export interface ReviewParts {
  readonly snapshot: Snapshot;
  /** Where users and items are counted; null: nowhere. */
  readonly counted: { readonly store: Store; readonly sight: Sight } | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Who gains and loses what between two states of access. */
export async function review(comparison: Comparison, { snapshot, counted, now }: ReviewParts): Promise<Review> {
  const store = counted?.store ?? null;
  const { list, single } = await findAudiences(comparison, store);
  const began = now();
  const one = new AudienceReview({
    comparison,
    before: new Sides(comparison.before, snapshot, store, began),
    after: new Sides(comparison.after, snapshot, store, began),
    counter: store && new Counter(store, now, began + COUNTING_MS),
    sight: counted?.sight ?? null,
    single,
  });
  const affected = inOrder(list.filter(mayDiffer(comparison)), comparison);
  const audiences: ChangedAudience[] = [];
  let found = 0;
  let users = 0;
  let truncated = false;
  for (const audience of affected) {
    const result = await one.review(audience, found < MAX_AUDIENCES);
    if (!result.differs) continue;
    found += 1;
    users += audience.users;
    truncated ||= result.truncated || found > MAX_AUDIENCES;
    audiences.push(...result.audiences);
  }
  return {
    changed: found > 0,
    warnings: warningsOf(audiences),
    audiences,
    totals: { audiences: found, users: counted ? users : null },
    truncated,
  };
}

/** Whether an audience can be affected at all: nothing is compiled for those who can't. */
function mayDiffer({ before, after }: Comparison): (audience: Audience) => boolean {
  const stays = new Map<string, boolean>();
  const isSame = (id: string): boolean => {
    let same = stays.get(id);
    if (same === undefined) {
      same = JSON.stringify(before.model.policies.get(id)) === JSON.stringify(after.model.policies.get(id));
      stays.set(id, same);
    }
    return same;
  };
  return (audience) => {
    if (audience.before.active !== audience.after.active) return true;
    const [was, is] = [standingOf(before, audience.before), standingOf(after, audience.after)];
    return was.join(' ') !== is.join(' ') || !was.every((id) => isSame(id));
  };
}

/** The ids of the roles and policies that decide. */
function standingOf({ model }: AccessFacts, { role, own }: Audience['before']): string[] {
  const roles = chainOf(model, role);
  const policies =
    roles.length === 0 ? model.publicPolicies : roles.flatMap((id) => model.policiesOfRole.get(id) ?? []);
  return [...roles, ...own, ...policies];
}

/** The public first, then those who become administrators, then the many before the few. */
function inOrder(audiences: readonly Audience[], { before, after }: Comparison): Audience[] {
  const isAdmin = ({ model }: AccessFacts, standing: Audience['before']): boolean =>
    standing.active && standingOf({ model, own: new Map() }, standing).some((id) => givesAll(model.policies.get(id)));
  const rank = (audience: Audience): number => {
    if (audience.kind === 'public') return 0;
    if (audience.before.role === null && audience.ids === null) return 1;
    return isAdmin(after, audience.after) && !isAdmin(before, audience.before) ? 2 : 3;
  };
  return [...audiences].sort((a, b) => rank(a) - rank(b) || b.users - a.users);
}

const givesAll = (policy: Policy | undefined): boolean => policy?.adminAccess ?? false;
