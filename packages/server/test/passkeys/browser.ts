import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startChromium } from '../chromium.ts';

/** A page of an application, on an origin of its own, in a browser that has an authenticator. */
export interface AppPage {
  readonly page: Page;
  /** Presses the finger of the right person on it, or of a wrong one. */
  verifies(right: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface AppOrigin {
  readonly origin: string;
  open(): Promise<AppPage>;
  close(): Promise<void>;
}

/** Serves an empty page on `localhost`, which browsers trust without a certificate. */
export async function startApp(): Promise<AppOrigin> {
  const pages = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html').end('<!doctype html><title>App</title>');
  });
  await new Promise<void>((resolve) => pages.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(pages.address() as AddressInfo).port}`;
  const browser = await startChromium();
  return { origin, open: () => openPage(browser, origin), close: () => closeAll(browser, pages) };
}

async function closeAll(browser: Browser, pages: Server): Promise<void> {
  await browser.close();
  await new Promise((resolve) => pages.close(resolve));
}

async function openPage(browser: Browser, origin: string): Promise<AppPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  const devtools = await context.newCDPSession(page);
  const authenticatorId = await addAuthenticator(devtools);
  return {
    page,
    verifies: async (isUserVerified) => {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    close: () => context.close(),
  };
}

/** A virtual authenticator (WebAuthn Level 3 §11) that keeps passkeys and verifies its person. */
async function addAuthenticator(devtools: CDPSession): Promise<string> {
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}
