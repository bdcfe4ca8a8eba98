// The journey of a person through an example, in a real browser:
//   node examples/test/journey.ts sveltekit [nextjs …]     by default all examples
//   --in FOLDER      installs the examples there and keeps them, so that the next time is quicker
//   --show FOLDER    writes a picture of the page at which a step failed there
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Backend, setUp, startBackend } from './backend.ts';
import { buildExample, EXAMPLES, stopwatch } from './example.ts';
import { freePort, type Running } from './processes.ts';
import { STEPS, TOKEN_SECONDS } from './steps.ts';
import { launch, visit } from './visitor.ts';

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
    return await walk(name, origin, app);
  } finally {
    await app?.stop();
    await backend?.stop();
    example.remove();
    for (const complaint of backend?.complaints ?? []) console.error(complaint);
  }
}

async function walk(name: string, origin: string, app: Running): Promise<boolean> {
  const browser = await launch();
  const visitor = await visit(browser, origin);
  const journey = { browser, origin, visitor, email: 'traveller@example.com' };
  try {
    for (const [title, work] of STEPS) {
      const seconds = stopwatch();
      try {
        await work(journey);
        console.log(`ok   ${name}: ${title} (${seconds().toFixed(1)} s)`);
      } catch (error) {
        console.error(`FAIL ${name}: ${title}\n${error instanceof Error ? error.stack : String(error)}`);
        console.error(`at ${visitor.page.url()}: ${await visitor.page.locator('body').innerText()}`);
        console.error(`the app wrote:\n${app.output().slice(-4000)}`);
        if (options.show) {
          mkdirSync(options.show, { recursive: true });
          await visitor.page.screenshot({ path: join(options.show, `${name}.png`) });
        }
        return false;
      }
    }
    return true;
  } finally {
    await browser.close();
  }
}

let failed = 0;
for (const name of positionals.length > 0 ? positionals : EXAMPLES) if (!(await travel(name))) failed++;
console.log(failed === 0 ? 'All journeys went well.' : `${failed} failed.`);
process.exitCode = failed > 0 ? 1 : 0;
