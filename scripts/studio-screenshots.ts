// Pictures of every page of the Studio, light and dark, of a demo project: docs/studio/*.png and the page that shows them.
//   npm run studio:screenshots                     all
//   npm run studio:screenshots -- --only users     addresses that hold a text
//   npm run studio:screenshots -- --phone FOLDER   as wide as a phone, into a folder, to be looked at
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { startBrowser } from '../packages/studio/test/chromium.ts';
import { makeDemo } from '../packages/studio/test/demo.ts';
import { type Address, everyPage, settled } from '../packages/studio/test/pages.ts';
import { ADMIN, startProject } from '../packages/studio/test/project.ts';
import { ROOT } from './generated.ts';

const { values: options } = parseArgs({ options: { only: { type: 'string' }, phone: { type: 'string' } } });
const FOLDER = options.phone ?? join(ROOT, 'docs/studio');
const SIZE = options.phone ? { width: 390, height: 844 } : { width: 1280, height: 800 };
const MAX_BYTES = 150_000;
const LOOKS = ['light', 'dark'] as const;

/** `/settings/sign-on/$name` is `settings-sign-on-name`. */
const nameOf = (route: string): string => route.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';

async function signIn(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('/admin/login');
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel(/^Password( \*)?$/).fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((address) => !address.pathname.endsWith('/login'));
  await page.close();
}

/** With few colours, which pages have, a picture is a third as large. */
async function shoot(page: Page, file: string): Promise<void> {
  const whole = await page.screenshot();
  for (const colours of [256, 128, 64]) {
    const picture = await sharp(whole).png({ palette: true, colours, effort: 10, compressionLevel: 9 }).toBuffer();
    if (picture.length > MAX_BYTES && colours > 64) continue;
    writeFileSync(file, picture);
    return;
  }
}

function readme(pages: readonly Address[]): string {
  const rows = pages.map(({ route }) => {
    const name = nameOf(route);
    return `## \`/admin${route}\`\n\n| light | dark |\n| --- | --- |\n| ![${name}, light](${name}-light.png) | ![${name}, dark](${name}-dark.png) |\n`;
  });
  return `# The Studio\n\nThe web app at \`/admin\`. Every page of it, with the data of a demo project; made by \`npm run studio:screenshots\`.\n\n${rows.join('\n')}`;
}

const [project, browser] = await Promise.all([startProject(), startBrowser()]);
try {
  const pages = everyPage(await makeDemo(project));
  const wanted = pages.filter(({ path }) => path.includes(options.only ?? ''));
  mkdirSync(FOLDER, { recursive: true });
  for (const look of LOOKS)
    for (const inside of [false, true]) {
      const context = await browser.newContext({
        baseURL: project.url,
        viewport: SIZE,
        colorScheme: look,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(60_000);
      if (inside) await signIn(context);
      const page = await context.newPage();
      for (const { route, path } of wanted.filter((one) => one.inside === inside)) {
        await page.goto(`/admin${path}`);
        await settled(page);
        await shoot(page, join(FOLDER, `${nameOf(route)}-${look}.png`));
        console.log(`${nameOf(route)}-${look}.png`);
      }
      await context.close();
    }
  if (!options.phone && !options.only) writeFileSync(join(FOLDER, 'README.md'), readme(pages));
} finally {
  await browser.close();
  await project.stop();
}
