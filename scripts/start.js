// `npm start`: the Studio is built where it isn't yet, then the server runs in this same process.
// SERVE_APP=false builds nothing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

if (process.env.SERVE_APP !== 'false') {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('studio.ts', import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) console.error('The Studio could not be built; the API starts without it.');
}
process.argv.splice(2, process.argv.length, 'start', ...process.argv.slice(2));
await import('../packages/server/src/cli/limen.js');
