import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { beginKeeping, forgetKept, keptAfter, lastKept } from '../../src/store/kept.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Place, Store } from '../../src/store/types.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from './databases.ts';

const DAY_MS = 86_400_000;
const GB = 1_000_000_000;

describe.each(['sqlite', 'postgres'] as const)('what is kept, %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let store: Store;
  let other: Store;

  beforeAll(async () => {
    if (dialect === 'postgres') {
      server = await startPostgres();
      const options = await server.createDatabase();
      [store, other] = [await openStore(options), await openStore(options)];
    } else store = other = await openStore({ client: 'sqlite', filename: `${folder.path}/kept.db` });
    await migrate(store);
  });
  afterAll(async () => {
    await other.close();
    await store.close();
    await server?.stop();
    folder.remove();
  });
  beforeEach(async () => {
    await forgetKept(store, 0, 0);
    await beginKeeping(store);
  });

  const keep = (at: Store, text: string, collection = 'notes') =>
    at.transaction((tx) => tx.publish(text, [collection]));
  const last = async (): Promise<Place> => (await lastKept(store)) as Place;
  const bodies = async (place: Place, limit = 100) =>
    (await keptAfter(store, place, 'notes', limit))?.slice(1).map(({ body }) => body);

  it('has a number after the other, whoever commits when, and none for what is rolled back', async () => {
    const start = await last();
    const heard: (number | undefined)[] = [];
    const stop = await other.onMessage((_, place) => heard.push(place?.number));
    await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const at = n % 2 === 0 ? store : other;
        const work = at.transaction(async (tx) => {
          if (n % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
          await tx.publish(`${n} ${'x'.repeat(n % 3 === 0 ? 10_000 : 1)}`, ['notes']);
          if (n % 5 === 0) throw new Error('rolled back');
        });
        await work.catch((error: Error) => expect(error.message).toBe('rolled back'));
      }),
    );
    const expected = Array.from({ length: 32 }, (_, n) => start.number + n + 1);
    expect((await keptAfter(store, start, 'notes', 100))?.slice(1).map(({ number }) => number)).toEqual(expected);
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual(expected);
    stop();
  });

  it('is found by its collection, after a place that is known', async () => {
    const start = await last();
    for (const [text, collection] of [
      ['a', 'notes'],
      ['b', 'tags'],
      ['c', 'notes'],
      ['d', 'footnotes'],
      ['e', 'notes'],
    ] as const)
      await keep(store, text, collection);
    expect(await bodies(start)).toEqual(['a', 'c', 'e']);
    expect(await bodies(start, 2)).toEqual(['a', 'c']);
    expect(await bodies(await last())).toEqual([]);
    expect(await bodies({ ...start, mark: 'another' })).toBeUndefined();
    expect(await bodies({ ...start, number: start.number + 50 })).toBeUndefined();
  });

  it('is forgotten after a time, or when it is too much, and then nobody knows what followed', async () => {
    const start = await last();
    for (const text of ['a', 'b', 'c', 'd'.repeat(1_000)]) await keep(store, text);
    await forgetKept(store, DAY_MS, GB);
    expect(await bodies(start)).toHaveLength(4);
    const [, , second] = (await keptAfter(store, start, 'notes', 100)) ?? [];
    await forgetKept(store, DAY_MS, 500);
    expect(await bodies(start)).toBeUndefined();
    expect(await bodies(second as Place)).toBeUndefined();
    const end = await last();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await forgetKept(store, 1, GB);
    expect(await bodies(end)).toEqual([]);
    await keep(store, 'e');
    expect(await bodies(end)).toEqual(['e']);
    await forgetKept(store, 0, 0);
    expect(await lastKept(store)).toBeNull();
    await beginKeeping(store);
    expect((await last()).number).toBe(end.number + 2);
  });

  it('is not kept where it is too long', async () => {
    const start = await last();
    await keep(store, 'x'.repeat(17_000_000));
    expect(await bodies(start)).toEqual([null]);
  });
});
