import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoderFor, encode, UnfitValue } from '../../src/sql/index.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/types.ts';
import type { FieldType, Json } from '../../src/wire/index.ts';
import { type PostgresServer, startPostgres, temporaryFolder } from '../store/databases.ts';

const COLUMNS: { [type in FieldType]?: [sqlite: string, postgres: string] } = {
  integer: ['integer', 'integer'],
  bigInteger: ['bigint', 'bigint'],
  float: ['float', 'double precision'],
  boolean: ['boolean', 'boolean'],
  string: ['varchar(255)', 'text'],
  text: ['text', 'text'],
  uuid: ['char(36)', 'uuid'],
  csv: ['text', 'text'],
  json: ['json', 'json'],
  date: ['date', 'date'],
  time: ['time', 'time'],
  dateTime: ['datetime', 'timestamp'],
  timestamp: ['timestamp', 'timestamptz'],
};

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
const moment = fc.date({
  min: new Date('1000-01-01T00:00:00Z'),
  max: new Date('9999-12-30T00:00:00Z'),
  noInvalidDate: true,
});
/** A list or an object: SQLite keeps a bare number in a json column as a number. */
const document = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.parse(JSON.stringify(value ?? null)) as Json)
  .filter((value) => typeof value === 'object' && value !== null && !JSON.stringify(value).includes('\\u0000'));

/** Values as they travel, which come back as they went. */
const VALUES: { [type in FieldType]?: fc.Arbitrary<Json> } = {
  integer: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  bigInteger: fc.oneof(
    fc.maxSafeInteger(),
    fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))),
  ),
  float: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  boolean: fc.boolean(),
  string: text,
  text,
  uuid: fc.uuid(),
  csv: fc.array(
    text.filter((value) => value !== '' && !value.includes(',')),
    { maxLength: 4 },
  ),
  json: document,
  date: moment.map((date) => date.toISOString().slice(0, 10)),
  time: moment.map((date) => date.toISOString().slice(11, 19)),
  dateTime: moment.map((date) => date.toISOString().slice(0, 19)),
  timestamp: moment.map((date) => date.toISOString()),
};

const anyValue = fc.oneof(
  fc.jsonValue() as fc.Arbitrary<Json>,
  fc.string(),
  fc.double(),
  moment.map(String),
) as fc.Arbitrary<Json>;

describe.each(['sqlite', 'postgres'] as const)('values of fields on %s', (dialect) => {
  const folder = temporaryFolder();
  let server: PostgresServer | null = null;
  let store: Store;

  beforeAll(async () => {
    if (dialect === 'postgres') server = await startPostgres();
    store = await openStore(
      (await server?.createDatabase()) ?? { client: 'sqlite', filename: join(folder.path, 'v.db') },
    );
    await store.transaction(async (tx) => {
      for (const [type, [sqlite, postgres]] of Object.entries(COLUMNS)) {
        await tx.exec(
          `create table "t_${type}" (n integer primary key, v ${dialect === 'sqlite' ? sqlite : postgres})`,
        );
      }
    });
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
    folder.remove();
  });

  async function stored(type: FieldType, values: readonly Json[]): Promise<Json[]> {
    await store.transaction(async (tx) => {
      await tx.run(`delete from "t_${type}"`);
      for (const [n, value] of values.entries()) {
        const parameters = [n, encode(type, value, dialect)];
        await tx.run(`insert into "t_${type}" values (${store.placeholder(1)}, ${store.placeholder(2)})`, parameters);
      }
    });
    const column = dialect === 'sqlite' && type === 'bigInteger' ? 'cast(v as text)' : 'v';
    const rows = await store.rows(`select ${column} from "t_${type}" order by n`);
    const decode = decoderFor(type, dialect);
    return rows.map(([raw]) => (raw === null ? null : decode ? decode(raw) : (raw as Json)));
  }

  it.each(Object.keys(VALUES) as FieldType[])('come back as they went: %s', async (type) => {
    const values = VALUES[type] as fc.Arbitrary<Json>;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(values), { minLength: 20, maxLength: 50 }), async (list) => {
        expect(await stored(type, list)).toEqual(list);
      }),
      { numRuns: 10 },
    );
  });

  it('keep the places of a list that are empty', async () => {
    expect(await stored('csv', [['a', null, 'b'], [null], ['null']])).toEqual([['a', '', 'b'], [], ['null']]);
  });

  it.each(Object.keys(VALUES) as FieldType[])('fit what the database takes, or are unfit: %s', async (type) => {
    const isFit = (value: Json): boolean => {
      try {
        encode(type, value, dialect);
        return true;
      } catch (error) {
        if (error instanceof UnfitValue) return false;
        throw error;
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(anyValue, { minLength: 20, maxLength: 50 }), async (list) => {
        const fit = list.filter(isFit);
        expect(await stored(type, fit)).toHaveLength(fit.length);
      }),
      { numRuns: 10 },
    );
  });
});
