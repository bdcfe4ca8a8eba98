import { openStore } from '../../src/store/open.ts';

/**
 * Commits transfers of several rows, one after another and some at once, and says so on standard output after each
 * commit, until it is killed. Arguments: the file, and the number of the first transfer.
 */
const [filename = '', first = '0'] = process.argv.slice(2);
const ROWS = 5;

const store = await openStore({ client: 'sqlite', filename });
await store.transaction((tx) =>
  tx.exec('CREATE TABLE IF NOT EXISTS transfers (batch integer, part integer, body text, PRIMARY KEY (batch, part))'),
);

let next = Number(first);

async function transfer(): Promise<void> {
  for (;;) {
    const batch = next++;
    await store.transaction(async (tx) => {
      for (let part = 0; part < ROWS; part++) {
        await tx.run('INSERT INTO transfers VALUES (?, ?, ?)', [batch, part, 'x'.repeat((batch * 37) % 3000)]);
      }
    });
    process.stdout.write(`${batch}\n`);
    if (batch % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

await Promise.all([transfer(), transfer(), transfer()]);
