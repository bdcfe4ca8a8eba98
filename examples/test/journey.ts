// The journey of a person through an example, in a real browser:
//   node examples/test/journey.ts sveltekit [nextjs …]     by default all examples
//   --in FOLDER      installs the examples there and keeps them, so that the next time is quicker
//   --show FOLDER    writes a picture of the page at which a step failed there
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Backend, setUp, startBackend } from './backend.ts';
import { buildExample, EXAMPLES } from './example.ts';
import { freePort, REPOSITORY, type Running } from './processes.ts';
import { APP_COOKIE, TOKEN_SECONDS } from './steps.ts';
import { launch, visit } from './visitor.ts';
import { walk } from './walk.ts';

const { values: options, positionals } = parseArgs({
  options: { in: { type: 'string' }, show: { type: 'string' } },
  allowPositionals: true,
});

/** Whether every step of the journey through one example went well. */
async function travel(name: string): Promise<boolean> {
  const origin = `http://localhost:${await freePort()}`;
  const example = await buildExample(name, origin, options.in && join(options.in, name));
  let backend: Backend | undefined;
  let app: Running | undefined;
  try {
    backend = await startBackend({ origin, settings: { ACCESS_TOKEN_TTL: `${TOKEN_SECONDS}s` } });
    await setUp(example.folder, backend.url);
    app = await example.start(backend.url);
    const browser = await launch();
    const visitor = await visit(browser, origin);
    const journey = { browser, origin, visitor, email: 'traveller@example.com', cookie: APP_COOKIE };
    return await walk(name, journey, app, options.show);
  } finally {
    await app?.stop();
    await backend?.stop();
    example.remove();
    for (const complaint of backend?.complaints ?? []) console.error(complaint);
  }
}

// Each example has a copy of its own, so that a person can take the folder alone.
const setups = new Set(EXAMPLES.map((name) => readFileSync(join(REPOSITORY, 'examples', name, 'setup.mjs'), 'utf8')));
if (setups.size > 1) throw new Error('The setup.mjs of the examples are not the same.');

let failed = 0;
for (const name of positionals.length > 0 ? positionals : EXAMPLES) if (!(await travel(name))) failed++;
console.log(failed === 0 ? 'All journeys went well.' : `${failed} failed.`);
process.exitCode = failed > 0 ? 1 : 0;
