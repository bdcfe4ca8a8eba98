// The storm of refreshes at full size: 200 clients, 50 rounds, every token in 5 requests at a time, with the server killed
// and started again at random; in both modes, on SQLite and, where TEST_POSTGRES_URL names one, on PostgreSQL.
import { runStorm } from '../packages/server/test/sessions/storm.ts';
import { DATABASES } from '../packages/server/test/started-server.ts';

const FULL = { clients: 200, rounds: 50, parallel: 5, graceMs: 10_000, deaths: 1000, life: [1000, 6000] } as const;

let failed = false;
for (const database of DATABASES) {
  for (const mode of ['session', 'json'] as const) {
    const outcome = await runStorm({ database, mode, ...FULL });
    const { loggedOut, forks, dead, rows, families } = outcome;
    const good = loggedOut + forks + dead === 0 && rows === FULL.clients && families === FULL.clients;
    failed ||= !good;
    process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${database} ${mode} ${JSON.stringify(outcome)}\n`);
  }
}
process.exitCode = failed ? 1 : 0;
