import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Access, RequestScope, SYSTEM } from '../../src/access/index.ts';
import { RowPaths } from '../../src/query/index.ts';
import { type CurrentSchema, openSchema } from '../../src/schema/current.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';
import { ANN, type Granted, profileWith } from '../plans/bookshop.ts';
import { Model } from '../schema/model.ts';
import { temporaryFolder } from '../store/databases.ts';

/** What is decided of ORs of rules on SQLite, over tables of a certain size. */
describe('the way to the rows of an OR of rules', () => {
  const folder = temporaryFolder();
  let store: Store;
  let schema: CurrentSchema;
  let log: string[];

  beforeAll(async () => {
    store = await openStore({ client: 'sqlite', filename: `${folder.path}/paths.db` });
    await migrate(store);
    schema = await openSchema(store, { excludeTables: [], onWarning: () => undefined });
    const text = (field: string) => ({ field, type: 'string', schema: {}, meta: {} });
    const columns = Array.from({ length: 10 }, (_, i) => text(`c${i}`));
    await new Model(store, schema, []).table('things', text('a'), text('b'), ...columns);
  });
  afterAll(async () => {
    schema.close();
    await store.close();
    folder.remove();
  });
  beforeEach(async () => {
    log = [];
    await store.transaction(async (tx) => {
      await tx.exec('delete from things');
      for (const name of await indexes()) await tx.exec(`drop index "${name}"`);
    });
  });

  const indexes = async (): Promise<string[]> =>
    (await store.all("select name from sqlite_master where type = 'index' and tbl_name = 'things' order by name")).map(
      ({ name }) => String(name),
    );

  /** Rows `1…`, of which so many have `a` or `b`. */
  async function fill(rows: number, a: number, b = 0): Promise<void> {
    const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`;
    const values = `i, case when i <= ${a} then 'x' else 'y' end, case when i <= ${b} then 'x' else 'y' end`;
    await store.transaction((tx) => tx.exec(`insert into things (id, a, b) ${numbers} select ${values} from n`));
  }

  const EITHER: readonly Granted[] = [
    ['things', { a: 'x' }],
    ['things', { b: 'x' }],
  ];
  const accessOf = (granted: readonly Granted[]): Access => ({
    accountability: SYSTEM,
    profile: profileWith(schema.snapshot, granted),
    scope: new RequestScope(ANN, 0),
  });

  const pathsOf = (indexing: 'auto' | 'advise' = 'auto', on: Store = store): RowPaths =>
    new RowPaths({ store: on, indexes: indexing, log: (level, message) => log.push(`${level}: ${message}`) });

  async function decided(granted: readonly Granted[] = EITHER, paths = pathsOf()): Promise<string> {
    const access = accessOf(granted);
    expect(paths.of(access, 'things')).toBe('any');
    await paths.settled();
    return paths.of(access, 'things');
  }

  it('is any where there is no OR, or a rule by which no index could find anything', async () => {
    await fill(2000, 3, 3);
    expect(await decided([['things', { a: 'x' }]])).toBe('any');
    expect(await decided([['things', null]])).toBe('any');
    expect(await decided([])).toBe('any');
    expect(await decided([EITHER[0] as Granted, ['things', { b: { _contains: 'x' } }]])).toBe('any');
    expect(await indexes()).toEqual([]);
  });

  it('is found by indexes that are made, where few of many rows are admitted', async () => {
    await fill(1000, 3, 3);
    expect(await decided()).toBe('found');
    expect(await indexes()).toEqual(['limen_rule_things_a', 'limen_rule_things_b']);
    expect(log).toEqual([
      'info: Made an index on things.a, by which permissions choose items',
      'info: Made an index on things.b, by which permissions choose items',
    ]);
    log = [];
    expect(await decided()).toBe('found');
    expect(log).toEqual([]);
  });

  it('is found without making any, by keys and indexes that are there', async () => {
    await fill(10, 1, 1);
    await store.transaction((tx) => tx.exec('create index own on things (a)'));
    expect(
      await decided([
        ['things', { a: 'x' }],
        ['things', { id: 3 }],
      ]),
    ).toBe('found');
    expect(await indexes()).toEqual(['own']);
    await store.transaction((tx) => tx.exec("create index part on things (b) where a = 'x'"));
    expect(await decided()).toBe('any');
  });

  it('is any for small tables without indexes', async () => {
    await fill(999, 3, 3);
    expect(await decided()).toBe('any');
    expect(await indexes()).toEqual([]);
  });

  it('is row by row where many are admitted: more than the root of 25 times the rows', async () => {
    await fill(1600, 200, 0);
    expect(await decided()).toBe('found');
    await fill1601();
    expect(await decided()).toBe('unindexed');
  });

  /** One more that is admitted, by the other rule. */
  const fill1601 = (): Promise<void> =>
    store.transaction((tx) => tx.exec("update things set b = 'x' where id = 1600")).then(() => undefined);

  it('only names indexes when it is told so, once', async () => {
    await fill(1000, 3, 3);
    const paths = pathsOf('advise');
    expect(await decided(EITHER, paths)).toBe('any');
    expect(await indexes()).toEqual([]);
    const said = (column: string) =>
      `info: An index on things.${column} would make lists faster: permissions choose items by it`;
    expect(log).toEqual([said('a'), said('b')]);
    expect(await decided(EITHER, paths)).toBe('any');
    expect(log).toHaveLength(2);
  });

  it('makes no more than eight indexes', async () => {
    await fill(1000, 3, 3);
    for (let i = 0; i < 6; i++) await store.transaction((tx) => tx.exec(`create index own${i} on things (c${i})`));
    expect(await decided()).toBe('any');
    await store.transaction((tx) => tx.exec('drop index own5'));
    expect(await decided()).toBe('found');
  });

  it('only names indexes of tables of more than 100,000 rows', async () => {
    await fill(100_001, 3, 3);
    expect(await decided()).toBe('any');
    expect(log).toHaveLength(2);
    await store.transaction((tx) => tx.exec('delete from things where id = 100001'));
    expect(await decided()).toBe('found');
  });

  it('is decided once, and for one at a time', async () => {
    await fill(10, 1, 1);
    const paths = pathsOf();
    const [one, other] = [accessOf(EITHER), accessOf(EITHER)];
    paths.of(one, 'things');
    paths.of(other, 'things');
    await paths.settled();
    await store.transaction((tx) => tx.exec('create index own_a on things (a)'));
    await store.transaction((tx) => tx.exec('create index own_b on things (b)'));
    paths.of(one, 'things');
    await paths.settled();
    expect(paths.of(one, 'things')).toBe('any');
    expect(paths.of(other, 'things')).toBe('any');
    await paths.settled();
    expect(paths.of(other, 'things')).toBe('found');
  });

  it('is any when it can not be decided, and the log says so', async () => {
    await fill(10, 1, 1);
    const failing = Object.create(store, { rows: { value: () => Promise.reject(new Error('busy')) } }) as Store;
    expect(await decided(EITHER, pathsOf('auto', failing))).toBe('any');
    expect(log).toEqual(['warn: How to find items of things could not be decided']);
  });
});
