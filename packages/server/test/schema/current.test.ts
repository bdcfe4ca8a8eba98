import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSchema } from '../../src/schema/current.ts';
import { loadSnapshot } from '../../src/schema/load.ts';
import { onBothDatabases } from './model.ts';

onBothDatabases('the current schema', (open) => {
  it('shows a change when it is acknowledged, in a new snapshot with a higher version', async () => {
    const model = open();
    const before = model.schema.snapshot;
    await model.collection({ collection: 'rooms', schema: {} });
    const after = model.schema.snapshot;
    expect(after).not.toBe(before);
    expect(after.version).toBeGreaterThan(before.version);
    expect([before.collections.has('rooms'), after.collections.has('rooms')]).toEqual([false, true]);
  });

  it('follows changes that somebody else announces', async () => {
    const model = open();
    const other = await openSchema(model.store, { excludeTables: [] });
    await model.collection({ collection: 'rooms', schema: {} });
    for (let i = 0; i < 100 && !other.snapshot.collections.has('rooms'); i++) await sleep(10);
    expect(other.snapshot.collections.has('rooms')).toBe(true);
    other.close();
  });

  it('reads together what changes together', async () => {
    const model = open();
    await Promise.all(['a', 'b', 'c', 'd'].map((collection) => model.collection({ collection, schema: {} })));
    const fresh = await loadSnapshot(model.store, { version: model.schema.snapshot.version, excludeTables: [] });
    expect(model.schema.snapshot).toEqual(fresh);
    expect(['a', 'b', 'c', 'd'].every((name) => fresh.collections.has(name))).toBe(true);
  });

  it('changes nothing when a change fails', async () => {
    const model = open();
    const { version } = model.schema.snapshot;
    await expect(
      model.schema.change(async (tx) => {
        await tx.exec('CREATE TABLE half (id integer PRIMARY KEY)');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    expect(model.schema.snapshot.version).toBe(version);
    await model.schema.reload();
    expect(model.schema.snapshot.collections.has('half')).toBe(false);
  });
});
