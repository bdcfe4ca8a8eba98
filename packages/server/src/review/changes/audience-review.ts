import type { AccessProfile } from '../../access/index.ts';
import type { Permission } from '../../access/model.ts';
import type { Action } from '../../wire/index.ts';
import type { Audience } from './audiences.ts';
import { compareProfiles, type Shift, type Side } from './compare.ts';
import { type Counter, variablesOf } from './count.ts';
import type { Sides } from './sides.ts';
import type { Sight } from './sight.ts';
import { type Situation, situationsOf } from './situations.ts';
import type { ChangedAudience, ChangedCollection, Comparison, Count, CountOfFields, CountOfUser } from './types.ts';
import { whoOf } from './who.ts';

const MAX_CHANGES = 250;
const MAX_FIELDS = 200;
/** Users for whom items are counted one by one. */
const MAX_EACH = 10;

export interface AudienceReviewParts {
  readonly comparison: Comparison;
  readonly before: Sides;
  readonly after: Sides;
  /** null: nothing is counted. */
  readonly counter: Counter | null;
  readonly sight: Sight | null;
  /** Users who are in audiences by their id. */
  readonly single: ReadonlySet<string>;
}

interface Pairing {
  readonly situation: Situation;
  readonly before: Side;
  readonly after: Side;
  readonly shifts: readonly Shift[];
  readonly withheld: boolean;
}

/** What changes for one audience. */
export class AudienceReview {
  readonly #parts: AudienceReviewParts;

  constructor(parts: AudienceReviewParts) {
    this.#parts = parts;
  }

  /** `listed`: whether there is room for it in the review; otherwise it is only found out whether anything changes. */
  async review(
    audience: Audience,
    listed: boolean,
  ): Promise<{ differs: boolean; audiences: ChangedAudience[]; truncated: boolean }> {
    const { list, truncated } = situationsOf(audience, this.#parts.comparison);
    const audiences: ChangedAudience[] = [];
    const seen = new Set<string>();
    let more = truncated;
    for (const situation of list) {
      const pairing = await this.#pairing(audience, situation);
      const { before, after, shifts, withheld } = pairing;
      const flags = flagsOf(before, after);
      const key = JSON.stringify([flags, shifts]);
      const differs = shifts.length > 0 || withheld || Object.values(flags).some((flag) => flag.before !== flag.after);
      // From an address in a list it may all be as it is from elsewhere.
      if (!differs || seen.has(key)) continue;
      seen.add(key);
      if (!listed) return { differs: true, audiences: [], truncated: true };
      more ||= shifts.length > MAX_CHANGES;
      audiences.push(await this.#changed(audience, pairing));
    }
    return { differs: audiences.length > 0, audiences, truncated: more };
  }

  async #pairing(audience: Audience, situation: Situation): Promise<Pairing> {
    const { before: was, after: is } = this.#parts;
    const user = onlyOne(audience);
    const before = await was.of(situation.before, audience.before, user);
    const after = await is.of(situation.after, audience.after, user);
    const { sight } = this.#parts;
    const sides = [before.profile, after.profile];
    const all = compareProfiles(before, after);
    const shifts = sight ? all.filter(({ collection, action }) => sight.shows(collection, action, sides)) : all;
    const withheld = sight !== null && permissionsBetween(before, after).some((one) => !sight.shows(...one, sides));
    return { situation, before, after, shifts, withheld };
  }

  async #changed(audience: Audience, pairing: Pairing): Promise<ChangedAudience> {
    const { sight, single } = this.#parts;
    const { situation, before, after, shifts, withheld } = pairing;
    const changes: ChangedCollection[] = [];
    for (const shift of shifts.slice(0, MAX_CHANGES)) changes.push(await this.#collection(audience, pairing, shift));
    const who = audience.ids === null ? { role: audience.before.role, except: single } : { ids: audience.ids };
    const isPeople = audience.kind === 'users' && sight !== null;
    return {
      who: whoOf(audience, this.#parts.comparison),
      users: isPeople ? audience.users : null,
      samples: isPeople && audience.users > 0 ? await sight.users(who) : [],
      from: situation.from,
      ...flagsOf(before, after),
      changes,
      total: shifts.length,
      withheld,
    };
  }

  async #collection(audience: Audience, pairing: Pairing, shift: Shift): Promise<ChangedCollection> {
    const { collection, action, access, fieldsGained, fieldsLost, validation, presets } = shift;
    const { counter, sight } = this.#parts;
    const visible = (names: readonly string[]): readonly string[] =>
      (sight ? sight.fieldsOf(collection, names) : names).slice(0, MAX_FIELDS);
    const fields = { gained: visible(fieldsGained), lost: visible(fieldsLost) };
    const facts = { collection, action, access, fields, validation, presets };
    const none = { items: null, samples: null, each: null, values: [], uncounted: null };
    if (shift.items === null) return { ...facts, ...none };
    if (!counter || !sight) return { ...facts, ...none, uncounted: 'no-project' };
    if (!sight.mayCount(shift)) return { ...facts, ...none, uncounted: 'may-not-read' };
    if (isPersonal(shift) && audience.users !== 1 && audience.kind === 'users') {
      return {
        ...facts,
        ...none,
        each: await this.#each(audience, pairing, shift, counter, sight),
        uncounted: 'personal',
      };
    }
    const counts = await this.#count(shift, pairing, counter);
    if (!counts) return { ...facts, ...none, uncounted: 'time' };
    const [items = null] = counts;
    const samples = await this.#samples(shift, pairing, items, counter);
    return { ...facts, ...none, items, samples, values: valuesOf(shift, counts) };
  }

  #count(shift: Shift, { before, after }: Pairing, counter: Counter): Promise<Count[] | null> {
    const known = after.profile.snapshot.collections.get(shift.collection);
    if (!known || !shift.items) return Promise.resolve(null);
    return counter.count(known, [shift.items, ...shift.values], { before: before.scope, after: after.scope });
  }

  /** Of rules about the user, for some of the users that may be read. */
  async #each(
    audience: Audience,
    { situation }: Pairing,
    shift: Shift,
    counter: Counter,
    sight: Sight,
  ): Promise<CountOfUser[]> {
    const who =
      audience.ids === null ? { role: audience.before.role, except: this.#parts.single } : { ids: audience.ids };
    const users = audience.users > 0 ? await sight.users(who) : [];
    const each: CountOfUser[] = [];
    for (const { id } of users.slice(0, MAX_EACH)) {
      const user = String(id);
      const alone = await this.#pairing({ ...audience, users: 1, ids: [user] }, situation);
      const own = alone.shifts.find(({ collection, action }) => isOf(shift, collection, action));
      const counts = own ? await this.#count(own, alone, counter) : null;
      if (own && counts?.[0]) each.push({ user, ...counts[0], values: valuesOf(own, counts) });
    }
    return each;
  }

  async #samples(
    { collection, items }: Shift,
    { before, after }: Pairing,
    count: Count | null,
    counter: Counter,
  ): Promise<ChangedCollection['samples']> {
    const known = after.profile.snapshot.collections.get(collection);
    if (!known || !items || !count) return null;
    const was = [items.before, before.scope] as const;
    const is = [items.after, after.scope] as const;
    return {
      gained: count.gained > 0 ? await counter.sample(known, is, was) : [],
      lost: count.lost > 0 ? await counter.sample(known, was, is) : [],
    };
  }
}

/** Collections and actions of which the permissions differ, whether they are there or not; for administrators all. */
function permissionsBetween({ profile: was }: Side, { profile: is }: Side): (readonly [string, Action])[] {
  if (was.admin && is.admin) return [];
  const isOneAdmin = was.admin || is.admin;
  const texts = (profile: AccessProfile) =>
    Map.groupBy(profile.permissions, ({ collection, action }) => JSON.stringify([collection, action]));
  const [before, after] = [texts(was), texts(is)];
  const said = (list: readonly Permission[] | undefined): string =>
    JSON.stringify((list ?? []).map(({ rule, fields, validation, presets }) => [rule, fields, validation, presets]));
  const keys = new Set([...before.keys(), ...after.keys()]);
  const all = isOneAdmin ? [...was.snapshot.collections.keys()].map((name) => [name, 'read'] as const) : [];
  return [
    ...all,
    ...[...keys]
      .filter((key) => said(before.get(key)) !== said(after.get(key)))
      .map((key) => JSON.parse(key) as [string, Action]),
  ];
}

const isOf = (shift: Shift, collection: string, action: string): boolean =>
  shift.collection === collection && shift.action === action;

/** The first count is of the items. */
const valuesOf = (shift: Shift, [, ...counts]: readonly Count[]): CountOfFields[] =>
  shift.values.flatMap(({ fields }, i) => {
    const count = counts[i];
    return count ? [{ fields, ...count }] : [];
  });

/** The one user of an audience, whose values the variables have. */
const onlyOne = ({ ids }: Audience): string | null => (ids?.length === 1 ? (ids[0] ?? null) : null);

const flagsOf = (before: Side, after: Side) => ({
  admin: { before: before.profile.admin, after: after.profile.admin },
  app: { before: before.profile.app, after: after.profile.app },
  tfa: { before: before.profile.enforceTfa, after: after.profile.enforceTfa },
});

/** Whether the items depend on who exactly asks. */
function isPersonal({ items, values }: Shift): boolean {
  const conditions = [items, ...values].flatMap((pair) => (pair ? [pair.before, pair.after] : []));
  return conditions.flatMap(variablesOf).some(({ kind }) => kind === 'user');
}
