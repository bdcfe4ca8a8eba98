// The leak test at full size: 200 users, 100,000 page loads at concurrency 50, with tokens of two seconds.
//   npm run leaktest -w packages/ssr [-- loads]
import { discard, startProject } from '../../server/test/started-server.ts';
import { lookForLeaks, TOKEN_SECONDS } from './leaks.ts';

const loads = Number(process.argv[2] ?? 100_000);
const server = await startProject('sqlite', { ACCESS_TOKEN_TTL: `${TOKEN_SECONDS}s` });
try {
  const outcome = await lookForLeaks(server, { users: 200, loads, concurrency: 50 });
  const good = outcome.foreign + outcome.signedOut + outcome.failed + outcome.surplus === 0;
  process.stdout.write(`${good ? 'ok  ' : 'FAIL'} ${JSON.stringify(outcome)}\n`);
  process.exitCode = good ? 0 : 1;
} finally {
  await discard(server);
}
