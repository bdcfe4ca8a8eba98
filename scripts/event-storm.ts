// Many changes on two nodes on one PostgreSQL (TEST_POSTGRES_URL; one node on SQLite), of which one is killed and started
// again on the way, and clients that come back: each sees every change once and in order. `--events N`, 100,000 by default;
// `--database sqlite|postgres`, by default all there are.
import { parseArgs } from 'node:util';
import { runStorm } from '../packages/server/test/realtime/storm.ts';
import { DATABASES } from '../packages/server/test/started-server.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000' }, database: { type: 'string' } },
});
const events = Number(values.events);
if (!Number.isInteger(events) || events < 1) throw new Error('--events takes a whole number.');

let failed = false;
for (const database of DATABASES.filter((one) => values.database === undefined || one === values.database)) {
  const outcome = await runStorm({ database, events, items: 200, deaths: 2 });
  const { missed, repeated, disordered, stale, resyncs } = outcome;
  const good = missed + repeated + disordered + stale + resyncs === 0 && outcome.events >= events;
  failed ||= !good;
  process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${database} ${JSON.stringify(outcome)}\n`);
}
process.exitCode = failed ? 1 : 0;
