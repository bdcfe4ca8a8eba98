import './zone.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../access/agreement/random.ts';
import { DATABASES } from '../started-server.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { QueryDatabase } from './database.ts';
import { makeRows, speller } from './generate/rows.ts';
import { makeCollections } from './generate/schema.ts';
import { type Write, WriteMaker } from './generate/write.ts';
import type { World } from './model.ts';
import { isSettled } from './oracle/settle.ts';
import { Gone, NaiveWriter, type Tables } from './oracle/write.ts';

/**
 * Random writes into random collections, nested through relations of every kind: what is stored afterwards has to be what
 * a writer says that puts plain objects into lists. `QUERIES_SEED` chooses the worlds, `QUERIES_WRITES` how many writes
 * there are.
 */
const SEED = Number(process.env.QUERIES_SEED ?? 1);
const WRITES = Number(process.env.QUERIES_WRITES ?? 600);
const WRITES_PER_MODEL = 60;

describe.each(DATABASES)('writes leave what the oracle expects on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let database: QueryDatabase;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    database = await QueryDatabase.open((await server?.createDatabase()) ?? { folder: folder.path });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
    folder.remove();
  });

  it(`in ${WRITES} cases from seed ${SEED}`, async () => {
    for (let written = 0, seed = SEED * 1_000_000; written < WRITES; written += WRITES_PER_MODEL, seed++) {
      const random = new Random(seed);
      const collections = makeCollections(random);
      await database.build(collections);
      let world: World = { collections, rows: makeRows(random, collections) };
      await database.load(world, speller(random, world));
      for (let i = 0; i < WRITES_PER_MODEL; i++) {
        const write = new WriteMaker(random, world).make();
        const expected = expectedAfter(world, write);
        if (!expected) continue;
        const refused = await database.write(world, write, speller(random, world));
        const got = await database.contents(collections);
        if (refused || !isSettled(world, expected, got))
          expect.fail(report(seed, world, write, expected, refused ?? got));
        world = { collections, rows: got };
      }
      await database.clear(collections);
    }
  }, 600_000);
});

/** null for a write that takes away what it also leads to. */
function expectedAfter(world: World, write: Write): Tables | null {
  const writer = new NaiveWriter(world);
  try {
    if (write.kind === 'create') for (const payload of write.payloads) writer.create(write.collection, payload);
    else if (write.kind === 'delete') for (const key of write.keys) writer.delete(write.collection, key);
    else for (const key of write.keys) writer.update(write.collection, key, write.payload);
  } catch (error) {
    if (error instanceof Gone) return null;
    throw error;
  }
  return writer.isRefused ? null : writer.tables;
}

/** Of each collection the rows that a write was to change, and what became of them. */
function report(seed: number, world: World, write: Write, expected: Tables, got: string | World['rows']): string {
  const after = typeof got === 'string' ? {} : got;
  const tables = world.collections.map((collection) => {
    const [before, wanted, there] = [world.rows, expected, after].map((rows) =>
      (rows[collection.name] ?? []).map((row) => JSON.stringify(row)),
    ) as [string[], string[], string[]];
    const same = new Set(before.filter((row) => wanted.includes(row) && (there.includes(row) || there.length === 0)));
    const lines = (title: string, rows: readonly string[]) =>
      [title, ...rows.filter((row) => !same.has(row))].join('\n  ');
    return [
      JSON.stringify(collection),
      lines(' before', before),
      lines(' expected', wanted),
      lines(' got', there),
    ].join('\n');
  });
  return [
    `What is stored differs from what is expected, in the world of seed ${seed}:`,
    ...tables,
    `written: ${JSON.stringify(write)}`,
    ...(typeof got === 'string' ? [`refused: ${got}`] : []),
  ].join('\n');
}
