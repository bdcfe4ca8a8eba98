import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from './databases.ts';

describe.each(['sqlite', 'postgres'] as const)('what is published, %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let store: Store;
  let other: Store | null = null;

  beforeAll(async () => {
    if (dialect === 'postgres') {
      server = await startPostgres();
      const options = await server.createDatabase();
      store = await openStore(options);
      other = await openStore(options);
    } else store = await openStore({ client: 'sqlite', filename: `${folder.path}/messages.db` });
    await migrate(store);
  });
  afterAll(async () => {
    await other?.close();
    await store.close();
    await server?.stop();
    folder.remove();
  });

  it('is heard by every node in the order of the commits, however long, and never after a rollback', async () => {
    const heard: (string | null)[][] = [];
    const stops: (() => void)[] = [];
    for (const one of other ? [store, other] : [store]) {
      const list: (string | null)[] = [];
      heard.push(list);
      stops.push(await one.onMessage((text) => list.push(text)));
    }
    const texts = Array.from({ length: 20 }, (_, n) => `${n} ${'ä'.repeat(n % 3 === 0 ? 20_000 : 10)}`);
    for (const [n, text] of texts.entries()) {
      const from = n % 2 === 0 ? store : (other ?? store);
      await from.transaction((tx) => tx.publish(text));
      const failing = from.transaction(async (tx) => {
        await tx.publish('never');
        throw new Error('rolled back');
      });
      await expect(failing).rejects.toThrow('rolled back');
    }
    await expect.poll(() => heard.map((list) => list.length), { timeout: 5_000 }).toEqual(heard.map(() => 20));
    for (const list of heard) expect(list).toEqual(texts);
    for (const stop of stops) stop();
    await store.transaction((tx) => tx.publish('late'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const list of heard) expect(list).not.toContain('late');
  });
});
