import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stopwatch } from './example.ts';
import type { Running } from './processes.ts';
import { type Journey, STEPS } from './steps.ts';

/** Goes all the steps and closes the browser. Whether they went well; pictures of those that didn't are put into `show`. */
export async function walk(name: string, journey: Journey, app: Running, show?: string): Promise<boolean> {
  const { browser, visitor } = journey;
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
        if (show) {
          mkdirSync(show, { recursive: true });
          await visitor.page.screenshot({ path: join(show, `${name}.png`) });
        }
        return false;
      }
    }
    return true;
  } finally {
    await browser.close();
  }
}
