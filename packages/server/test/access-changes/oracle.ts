import { expect } from 'vitest';
import type { Gallery, Preview, Proposed } from './gallery.ts';

/** None of them is ever empty in the gallery, so an empty one is a hidden one. */
const FIELDS: Readonly<Record<string, readonly string[]>> = { works: ['title', 'status', 'price'], rooms: ['name'] };

/** Where somebody sees what: `works` → items; `works.price` → items with a value. */
type Seen = ReadonlyMap<string, ReadonlySet<number>>;

async function seenBy(gallery: Gallery, user: string): Promise<Seen> {
  const seen = new Map<string, Set<number>>();
  for (const [collection, fields] of Object.entries(FIELDS)) {
    const items = await gallery.sees(user, 'id', collection);
    seen.set(collection, new Set(items?.keys()));
    for (const field of fields) {
      const values = await gallery.sees(user, `id,${field}`, collection);
      const shown = [...(values ?? [])].filter(([, item]) => item[field] !== null).map(([id]) => id);
      seen.set(`${collection}.${field}`, new Set(shown));
    }
  }
  return seen;
}

/** A read change of a collection as one user has it; undefined when the preview says that nothing changes. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
function toldOf(found: Preview, id: string | null, collection: string): any {
  const audience = found.audiences.find(
    ({ who, samples, from }) =>
      from === null && (id === null ? who.kind === 'public' : samples.some((user: { id: string }) => user.id === id)),
  );
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const change = audience?.changes.find((one: any) => one.collection === collection && one.action === 'read');
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  return change?.each ? change.each.find((one: any) => one.user === id) : change && { ...change.items, ...change };
}

/** Those of the first that are not in the second. */
export const without = (some: ReadonlySet<number>, others: ReadonlySet<number>): number[] =>
  [...some].filter((one) => !others.has(one));

const countsOf = (before: ReadonlySet<number> = new Set(), after: ReadonlySet<number> = new Set()) => ({
  before: before.size,
  after: after.size,
  gained: without(after, before).length,
  lost: without(before, after).length,
});

/**
 * Previews changes, makes them, and compares what was said with what the API answers before and after, for everybody and
 * every field. Nothing may have been stored between the two.
 */
export async function checkChange(gallery: Gallery, changes: readonly Proposed[]): Promise<Preview> {
  const people = ['public', ...Object.keys(gallery.users)];
  const before = new Map<string, Seen>();
  for (const user of people) before.set(user, await seenBy(gallery, user));
  const stored = await gallery.hash();
  const found = await gallery.preview(changes);
  expect(await gallery.hash()).toBe(stored);
  await gallery.save(changes);
  for (const user of people) {
    const was = before.get(user) as Seen;
    const is = await seenBy(gallery, user);
    for (const [collection, fields] of Object.entries(FIELDS)) {
      const told = toldOf(found, gallery.users[user] ?? null, collection);
      const items = countsOf(was.get(collection), is.get(collection));
      const where = `${user} ${collection}`;
      const said = (one: typeof items | undefined) =>
        one ? { before: one.before, after: one.after, gained: one.gained, lost: one.lost } : null;
      const stays = (counts: typeof items) => counts.gained + counts.lost === 0;
      expect([where, said(told) ?? (stays(items) ? items : 'nothing was said')]).toEqual([where, items]);
      for (const field of fields) {
        const values = countsOf(was.get(`${collection}.${field}`), is.get(`${collection}.${field}`));
        // biome-ignore lint/suspicious/noExplicitAny: as above.
        const apart = told?.values.find((one: any) => one.fields.includes(field));
        const isNamed = values.before + values.after > 0;
        const name = `${where} ${field}`;
        if (apart) expect([name, said(apart)]).toEqual([name, values]);
        else if (told && isNamed) expect([name, said(told)]).toEqual([name, values]);
        else expect([name, values.gained, values.lost]).toEqual([name, 0, 0]);
      }
    }
  }
  return found;
}
