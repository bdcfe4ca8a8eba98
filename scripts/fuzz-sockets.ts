// Random and mutated frames, messages and GraphQL documents, for as long as wanted, against a server that is a process of
// its own: nothing but coded errors, nothing in its log, and its memory comes back.
//   npm run fuzz:sockets -- --count 100000            on SQLite and, where TEST_POSTGRES_URL names one, on PostgreSQL
//   npm run fuzz:sockets -- --count 5000 --seed 7 --database sqlite
import { parseArgs } from 'node:util';
import { bombard } from '../packages/server/test/realtime/bombardment.ts';
import { DATABASES } from '../packages/server/test/started-server.ts';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '10000' }, seed: { type: 'string' }, database: { type: 'string' } },
});
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
const LEAK_BYTES = 60 * 2 ** 20;

let failed = false;
for (const database of DATABASES.filter((one) => !values.database || one === values.database)) {
  const outcome = await bombard(database, Number(values.count), seed);
  const good = outcome.faults.length === 0 && outcome.log === '' && outcome.grown < LEAK_BYTES;
  failed ||= !good;
  const told = { ...outcome, faults: outcome.faults.slice(0, 10), log: outcome.log.slice(0, 2_000) };
  process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${database} seed ${seed} ${JSON.stringify(told)}\n`);
}
process.exitCode = failed ? 1 : 0;
