import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';

const ROWS = 1_000_000;
/** What we want; a busy machine collects its garbage later and gets some slack. Mebibytes. */
const TO_REACH = 300;
const SLACK = 50;

/** Rows by the database itself: a million requests are not what is tested here. */
const FILL = {
  sqlite: `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
    insert into readings (id, station, value, note) select i, 'station-' || (i % 100), (i * 37) % 1000, 'reading number ' || i from n`,
  postgres: `insert into readings (id, station, value, note)
    select i, 'station-' || (i % 100), (i * 37) % 1000, 'reading number ' || i from generate_series(1, ${ROWS}) i`,
};

describe.each(DATABASES)('a million rows (%s)', (database) => {
  let server: StartedServer;
  let peak = 0;
  let watch: NodeJS.Timeout;

  const megabytes = (): number => Math.round(server.memory() / 2 ** 20);

  async function get(path: string): Promise<{ data: Record<string, unknown>[]; meta?: Record<string, number> }> {
    const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${ADMIN.token}` } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as never;
  }

  beforeAll(async () => {
    server = await startProject(database);
    const made = await fetch(`${server.url}/collections`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        collection: 'readings',
        schema: {},
        meta: {},
        fields: [
          { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
          { field: 'station', type: 'string', schema: { is_indexed: true } },
          { field: 'value', type: 'integer', schema: { is_indexed: true } },
          { field: 'note', type: 'string', schema: {} },
        ],
      }),
    });
    expect(made.status).toBe(200);
    await fill();
    watch = setInterval(() => {
      peak = Math.max(peak, megabytes());
    }, 50);
  }, 120_000);
  afterAll(async () => {
    clearInterval(watch);
    await discard(server);
  });

  async function fill(): Promise<void> {
    const { project } = server;
    if (database === 'sqlite') {
      const file = new Database(project.file);
      file.pragma('busy_timeout = 10000');
      file.exec(FILL.sqlite);
      file.close();
      return;
    }
    const client = new pg.Client(project.postgresUrl);
    await client.connect();
    await client.query(FILL.postgres);
    await client.query('analyze');
    await client.end();
  }

  it('gives a filtered first page, with its count', async () => {
    const { data, meta } = await get('/items/readings?filter[station][_eq]=station-7&limit=25&meta=*');
    expect(data).toHaveLength(25);
    expect(data[0]?.id).toBe(7);
    expect(meta).toEqual({ total_count: ROWS, filter_count: ROWS / 100 });
  });

  it('gives a deep page', async () => {
    const { data } = await get('/items/readings?sort=id&limit=10&offset=999990&fields=id');
    expect(data.map((row) => row.id)).toEqual(Array.from({ length: 10 }, (_, i) => ROWS - 9 + i));
  });

  it('counts and aggregates', async () => {
    const { data } = await get('/items/readings?aggregate[count]=*&aggregate[max]=value&groupBy=station&limit=3');
    expect(data).toHaveLength(3);
    expect(data[0]).toMatchObject({ station: 'station-0', count: ROWS / 100 });
  });

  it('streams all of them as CSV', async () => {
    const answer = await fetch(`${server.url}/items/readings?limit=-1&export=csv`, {
      headers: { authorization: `Bearer ${ADMIN.token}` },
    });
    let lines = 0;
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? [])
      lines += decoder.decode(chunk, { stream: true }).split('\n').length - 1;
    expect(lines === ROWS || lines === ROWS + 1).toBe(true); // the last line may or may not end
  }, 120_000);

  it(`and needs about ${TO_REACH} MB at most for all of that`, () => {
    console.log(`${database}: at most ${peak} MB`);
    expect(peak).toBeLessThan(TO_REACH + SLACK);
  });
});
