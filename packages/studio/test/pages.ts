import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const TABLE = readFileSync(new URL('../src/app/routes.tsx', import.meta.url), 'utf8');
const ROUTE = /page\(\s*(inside|outside),\s*'([^']+)'/g;
const PATIENCE_MS = 45_000;

/** What stands for the parts of an address that begin with `$`. */
export interface Shown {
  readonly collection: string;
  readonly key: string;
  readonly user: string;
  readonly role: string;
  readonly policy: string;
  readonly provider: string;
}

export interface Address {
  readonly route: string;
  /** Under /admin. */
  readonly path: string;
  /** Whether it is for people who are signed in. */
  readonly inside: boolean;
}

/** Every page of the table of routes: a new one can't be forgotten. */
export function everyPage(shown: Shown): readonly Address[] {
  const addresses = [...TABLE.matchAll(ROUTE)].map(([, parent = '', route = '']) => ({
    route,
    path: fill(route, shown),
    inside: parent === 'inside',
  }));
  if (addresses.length < 10) throw new Error('routes.tsx is written in another way than this reads it');
  return addresses;
}

function fill(route: string, shown: Shown): string {
  return route.replace(/\$(\w+)/g, (part, name: string, at: number) => {
    const before = route.slice(0, at).split('/').at(-2) ?? '';
    const names: Readonly<Record<string, string>> = { users: shown.user, roles: shown.role, policies: shown.policy };
    const singular: Readonly<Record<string, string>> = {
      'sign-on': shown.provider,
      policy: shown.policy,
      role: shown.role,
    };
    const value =
      names[before] ??
      singular[before] ??
      { collection: shown.collection, key: shown.key, role: shown.role, policy: shown.policy }[name];
    if (value === undefined) throw new Error(`say in test/pages.ts what stands for ${part} in ${route}`);
    return encodeURIComponent(value);
  });
}

/** Waits until a page shows what it is about. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
  await page.waitForFunction(() => document.querySelector('[role="status"].mantine-Loader-root') === null, undefined, {
    timeout: PATIENCE_MS,
  });
}
