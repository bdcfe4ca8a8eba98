import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const PLACES = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const PROGRAM = PLACES.find((place) => place !== undefined && place !== '' && existsSync(place));
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const FLAGS = ['--no-sandbox', '--disable-component-update', '--disable-sync', ...QUIET];

/**
 * Whether the tests in a browser can run. Without Chromium they are skipped, and say so loudly; in continuous integration
 * (`CI`) they fail, because there skipping would look like passing.
 */
export function hasChromium(what: string): boolean {
  if (PROGRAM === undefined && !process.env.CI) {
    const advice = 'install the package `chromium`, or name its program in CHROMIUM';
    process.stderr.write(`\n!!! CHROMIUM IS MISSING: ${what} NOT tested in a browser; ${advice}.\n\n`);
  }
  return PROGRAM !== undefined || Boolean(process.env.CI);
}

export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: requiredProgram(), args: FLAGS, timeout: 60_000 });
}

export interface Profile {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** A browser of somebody whose settings let cookies of other sites through, or block them, as browsers by now may. */
export async function startProfile(crossSiteCookies: 'sent' | 'blocked'): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-chromium-'));
  const blocked = crossSiteCookies === 'blocked';
  const profile = { cookie_controls_mode: blocked ? 1 : 0, block_third_party_cookies: blocked };
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile }));
  const options = { executablePath: requiredProgram(), args: FLAGS, timeout: 60_000 };
  const context = await chromium.launchPersistentContext(folder, options);
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function requiredProgram(): string {
  if (PROGRAM === undefined) throw new Error('Chromium is missing: install the package `chromium`.');
  return PROGRAM;
}
