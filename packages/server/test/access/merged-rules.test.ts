import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeRules } from '../../src/access/merge-rules.ts';
import {
  allOf,
  type CompareOperator,
  emitPredicate,
  type Operand,
  type Predicate,
  StatementWriter,
} from '../../src/sql/index.ts';
import type { SqlValue } from '../../src/sql/types.ts';
import { openStore } from '../../src/store/open.ts';
import type { StoreOptions } from '../../src/store/options.ts';
import type { Store } from '../../src/store/types.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';
import { Random } from './agreement/random.ts';

const CASES = 400;
const TEXTS = ['draft', 'Draft', 'published', 'published ', 'archived', ''];
const NUMBERS = [0, 1, 2, 3];
const folder = temporaryFolder();
let server: PostgresServer | null = null;

afterAll(async () => {
  await server?.stop();
  folder.remove();
});

function comparison(random: Random): Predicate {
  const isText = random.chance(0.6);
  const column = isText ? random.pick(['status', 'kind']) : random.pick(['views', 'team']);
  const operator: CompareOperator = random.pick(['eq', 'eq', 'eq', 'in', 'neq', 'gte', 'null', 'nnull']);
  const value = () => (isText ? random.pick(TEXTS) : random.pick(NUMBERS));
  const right: Operand =
    operator === 'in' ? { kind: 'literal', value: [value(), value()] } : { kind: 'literal', value: value() };
  const type = isText ? 'string' : 'integer';
  return {
    kind: 'compare',
    left: { kind: 'column', column, type, visible: null, timeAsText: false },
    type,
    operator,
    right: operator === 'null' || operator === 'nnull' ? { kind: 'literal', value: null } : right,
    closed: true,
  };
}

const rule = (random: Random): Predicate =>
  allOf(Array.from({ length: random.between(1, 3) }, () => comparison(random)));

describe.each<[string, () => Promise<StoreOptions>]>([
  ['sqlite', async () => ({ client: 'sqlite', filename: `${folder.path}/rules.db` })],
  [
    'postgres',
    async () => {
      server = await startPostgres();
      return server.createDatabase();
    },
  ],
])('merged rules on %s', (_, makeOptions) => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore(await makeOptions());
    const rows: SqlValue[][] = [];
    for (const status of [...TEXTS, null])
      for (const kind of ['draft', 'archived', null])
        for (const views of [0, 2, null]) for (const team of [1, null]) rows.push([status, kind, views, team]);
    await store.transaction(async (tx) => {
      await tx.exec('create table items (id integer primary key, status varchar(20), kind text, views int, team int)');
      for (const [i, row] of rows.entries()) {
        const places = [1, 2, 3, 4, 5].map((place) => store.placeholder(place)).join(', ');
        await tx.run(`insert into items (id, status, kind, views, team) values (${places})`, [i, ...row]);
      }
    });
  });
  afterAll(() => store.close());

  const matching = async (predicate: Predicate): Promise<number[]> => {
    const writer = new StatementWriter(store.dialect);
    const { text, parameters } = writer.finish(
      `select id from items t where ${emitPredicate(writer, 't', predicate)} order by id`,
    );
    return (await store.all(text, parameters as SqlValue[])).map((row) => Number(row.id));
  };

  it(`admit what any of them admits, in ${CASES} random sets`, async () => {
    const random = new Random(11);
    for (let i = 0; i < CASES; i++) {
      const rules = Array.from({ length: random.between(1, 14) }, () => rule(random));
      const merged = mergeRules(rules);
      const apart: Predicate = rules.length === 1 ? (rules[0] as Predicate) : { kind: 'or', parts: rules };
      const ids = await matching(apart);
      const parts = merged.kind === 'or' ? merged.parts : [merged];
      const forms: Predicate[] = [
        merged,
        { kind: 'found', table: 'items', key: 'id', parts },
        { kind: 'unindexed', of: merged },
      ];
      for (const form of forms) {
        expect({ i, ids: await matching(form) }, JSON.stringify({ rules, form })).toEqual({ i, ids });
      }
    }
  });
});
