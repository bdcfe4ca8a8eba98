// How quick the Studio is on a slow machine: the size of the first load, the first contentful paint and the first
// interaction with the processor throttled, and the longest stall while a table of many items is scrolled and filtered.
//   npm run studio:speed                      100,000 items, the processor four times slower
//   npm run studio:speed -- --count 5000 --throttle 1
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { startBrowser } from '../packages/studio/test/chromium.ts';
import { settled } from '../packages/studio/test/pages.ts';
import { ADMIN, startProject, type TestProject } from '../packages/studio/test/project.ts';
import { ROOT } from './generated.ts';

const { values: options } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, throttle: { type: 'string', default: '4' } },
});
const COUNT = Number(options.count);
const THROTTLE = Number(options.throttle);
/** What a file of items may hold in one request. */
const BATCH = 5_000;
const MAX_FIRST_LOAD_BYTES = 300_000;
const MAX_STALL_MS = 100;
const WORDS = ['night', 'bread', 'hedge', 'plane', 'letter', 'ferry', 'bean', 'orchard', 'stool', 'lathe'];

interface Figure {
  readonly what: string;
  readonly value: string;
  readonly limit: string;
  readonly good: boolean;
}

async function fill({ ask }: TestProject): Promise<void> {
  const field = (name: string, type: string) => ({ field: name, type, schema: {}, meta: {} });
  await ask('POST', '/collections', {
    collection: 'many',
    schema: {},
    meta: { display_template: '{{title}}' },
    fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
      field('title', 'string'),
      field('pages', 'integer'),
      field('published_on', 'date'),
      field('featured', 'boolean'),
    ],
  });
  for (let first = 0; first < COUNT; first += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, COUNT - first) }, (_, at) => {
      const number = first + at;
      return {
        title: `The ${WORDS[number % WORDS.length]} and the ${WORDS[(number * 7) % WORDS.length]}, part ${number}`,
        pages: number % 500,
        published_on: `20${10 + (number % 16)}-0${1 + (number % 9)}-11`,
        featured: number % 3 === 0,
      };
    });
    await ask('POST', '/items/many?fields=id', rows);
  }
}

/** Bytes over the wire until the page stands, as a browser counts them. */
async function firstLoad(page: Page): Promise<number> {
  return page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const own = entries.filter(({ name }) => new URL(name).pathname.startsWith('/admin'));
    return own.reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0);
  });
}

const firstPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );

/** Long tasks from now on, in milliseconds. */
async function watchTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    (window as { __tasks?: number[] }).__tasks = seen;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => (window as { __tasks?: number[] }).__tasks?.splice(0) ?? []);
}

/** From a click to the next picture, the slowest of the page (the figure that is called INP). */
async function slowestInteraction(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const found: number[] = [];
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) found.push(duration);
        }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(Math.max(0, ...found))));
      }),
  );
}

async function throttled(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
}

async function measure(project: TestProject): Promise<readonly Figure[]> {
  const browser = await startBrowser();
  const figures: Figure[] = [];
  const add = (what: string, value: number, unit: string, limit?: number): void => {
    const text = `${Math.round(value).toLocaleString('en')} ${unit}`;
    const bound = limit === undefined ? '' : `< ${limit.toLocaleString('en')} ${unit}`;
    figures.push({ what, value: text, limit: bound, good: limit === undefined || value < limit });
  };
  try {
    const context = await browser.newContext({ baseURL: project.url, viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(120_000);
    const page = await context.newPage();
    await throttled(page);
    await page.goto('/admin/login');
    await settled(page);
    add('first load, compressed', await firstLoad(page), 'B', MAX_FIRST_LOAD_BYTES);
    add('login: first contentful paint', await firstPaint(page), 'ms');
    await page.getByLabel('E-mail').fill(ADMIN.email);
    await page.getByLabel(/^Password( \*)?$/).fill(ADMIN.password);
    add('login: slowest interaction', await slowestInteraction(page), 'ms');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((address) => !address.pathname.endsWith('/login'));

    await page.goto('/admin/content/many?sort=id&size=500');
    await settled(page);
    await page.getByRole('row').nth(20).waitFor();
    add('table: first contentful paint', await firstPaint(page), 'ms');
    const tasks = await watchTasks(page);
    const longest = async (): Promise<number> => Math.max(0, ...(await tasks()));
    await page.getByRole('region').last().hover();
    for (let turn = 0; turn < 40; turn += 1) await page.mouse.wheel(0, 900);
    await page.waitForTimeout(500);
    add('table: longest task while scrolling', await longest(), 'ms', MAX_STALL_MS);
    await page.getByRole('searchbox', { name: 'Search' }).pressSequentially(`part ${COUNT - 1}`, { delay: 60 });
    await page
      .getByRole('row', { name: new RegExp(`part ${COUNT - 1}$|part ${COUNT - 1}\\b`) })
      .first()
      .waitFor();
    add('table: longest task while searching', await longest(), 'ms', MAX_STALL_MS);
    await page.goto(`/admin/content/many?sort=-pages&size=100&filter=${encodeURIComponent('{"pages":{"_gte":400}}')}`);
    await page.getByRole('cell', { name: '499', exact: true }).first().waitFor();
    const again = await watchTasks(page);
    const began = performance.now();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.waitForURL(/page=2/);
    await settled(page);
    add('filtered table: next page shown after', performance.now() - began, 'ms');
    add('filtered table: longest task of it', Math.max(0, ...(await again())), 'ms', MAX_STALL_MS);
    add('table: slowest interaction', await slowestInteraction(page), 'ms');
  } finally {
    await browser.close();
  }
  return figures;
}

/** The build as it lies on the disk: chunks that are loaded with their first use. */
function largestChunks(): readonly string[] {
  const folder = join(ROOT, 'packages/studio/dist/assets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.br'))
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }))
    .sort((one, other) => other.bytes - one.bytes)
    .slice(0, 5)
    .map(({ name, bytes }) => `${name.padEnd(44)} ${(bytes / 1_000).toFixed(1)} kB`);
}

const project = await startProject({ MAX_PAYLOAD_SIZE: '10mb' });
try {
  await fill(project);
  const figures = await measure(project);
  console.log(`${COUNT.toLocaleString('en')} items, the processor ${THROTTLE} times slower`);
  for (const { what, value, limit, good } of figures)
    console.log(`${good ? 'ok  ' : 'FAIL'} ${what.padEnd(42)} ${value.padStart(12)}  ${limit}`);
  console.log(`largest chunks (brotli):\n  ${largestChunks().join('\n  ')}`);
  process.exitCode = figures.every(({ good }) => good) ? 0 : 1;
} finally {
  await project.stop();
}
