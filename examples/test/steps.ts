import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { AT_THE_PROVIDER } from './backend.ts';
import { type Visitor, visit } from './visitor.ts';

/** Seconds that access tokens live during the journey. */
export const TOKEN_SECONDS = 3;

const PASSWORD = 'a-long-enough-passphrase-9';

export interface Journey {
  readonly browser: Browser;
  readonly origin: string;
  /** The one who travels; `login` and the steps after it are theirs. */
  readonly visitor: Visitor;
  readonly cookie: SessionCookie;
  email: string;
}

/** What the session's cookie has to be. */
export interface SessionCookie {
  readonly name: string;
  /** Seconds that it lasts. */
  readonly seconds: number;
}

export const APP_COOKIE: SessionCookie = { name: '__Host-limen', seconds: 7 * 86_400 };

type Step = readonly [name: string, work: (journey: Journey) => Promise<void>];

/** What people do, in this order, in every example. */
export const STEPS: readonly Step[] = [
  ['sign up', signUp],
  ['a wrong password is told, and nobody is signed in', wrongPassword],
  ['a deep link to a protected page returns there after login', deepLink],
  ['the cookie has the attributes promised, and no script can read it', cookies],
  ['own posts', posts],
  ['the profile shows and changes the e-mail', profile],
  ['reload after the access token expired', expiry],
  ['two tabs, again and again after expiry', tabs],
  ['another member sees nothing of it', stranger],
  ['log out, in every tab; the back button shows nothing', logout],
  ['nobody is sent to another site after login', foreignRedirect],
  ['log in with Club', provider],
  ['a provider that says no is told', refusedProvider],
  ['no page, data or script ever held a token', noTokens],
];

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });
/** The part of each page that says who is signed in. */
const banner = (page: Page) => page.getByRole('banner');

async function signedIn(page: Page, email: string): Promise<void> {
  await banner(page).getByText(email, { exact: true }).waitFor();
}

async function at(page: Page, path: string): Promise<void> {
  await page.waitForURL((url) => `${url.pathname}${url.search}` === path);
}

async function credentials(page: Page, email: string, password: string, send: string): Promise<void> {
  await field(page, 'E-mail').fill(email);
  await field(page, 'Password').fill(password);
  await button(page, send).click();
}

/** Opens a page that asks for a login, and logs in. */
async function login({ page }: Visitor, email: string, path = '/posts'): Promise<void> {
  await page.goto(path);
  await heading(page, 'Log in');
  await credentials(page, email, PASSWORD, 'Log in');
}

async function signUp({ visitor: { page }, email }: Journey): Promise<void> {
  await page.goto('/');
  await banner(page).getByRole('link', { name: 'Sign up' }).click();
  await heading(page, 'Sign up');
  await credentials(page, email, PASSWORD, 'Sign up');
  await heading(page, 'Log in');
}

async function wrongPassword({ visitor, email }: Journey): Promise<void> {
  const { page } = visitor;
  await credentials(page, email, 'not-the-passphrase', 'Log in');
  await alert(page).waitFor();
  assert.equal(await field(page, 'E-mail').inputValue(), email, 'the address stays in its field');
  assert.deepEqual(await visitor.session(), []);
}

/** Next.js announces routes in an element of this role that is always there. */
const alert = (page: Page) => page.locator('[role=alert]:not(#__next-route-announcer__)').filter({ hasText: /\S/ });

async function deepLink({ visitor, email }: Journey): Promise<void> {
  const { page } = visitor;
  await page.goto('/posts?sort=new');
  await heading(page, 'Log in');
  assert.equal(new URL(page.url()).searchParams.get('redirectedFrom'), '/posts?sort=new');
  await credentials(page, email, PASSWORD, 'Log in');
  await at(page, '/posts?sort=new');
  await heading(page, 'Posts');
  await signedIn(page, email);
}

async function cookies({ visitor, origin, cookie: promised }: Journey): Promise<void> {
  const [cookie, ...more] = await visitor.session();
  assert.ok(cookie, 'there is a cookie');
  assert.deepEqual(more, []);
  const { name, domain, path, httpOnly, secure, sameSite } = cookie;
  assert.deepEqual(
    { name, domain, path, httpOnly, secure, sameSite },
    {
      name: promised.name,
      domain: new URL(origin).hostname,
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
  );
  const seconds = cookie.expires - Date.now() / 1000;
  assert.ok(seconds > promised.seconds * 0.9 - 10 && seconds <= promised.seconds + 60, `it lasts ${seconds} seconds`);
  assert.doesNotMatch(await visitor.page.evaluate('document.cookie'), new RegExp(promised.name));
  const answer = await visitor.page.reload();
  assert.match(answer?.headers()['cache-control'] ?? '', /no-store/, 'no cache keeps a page of one person');
}

async function posts({ visitor: { page } }: Journey): Promise<void> {
  await field(page, 'Title').fill('My first post');
  await button(page, 'Add').click();
  await page.getByRole('listitem').getByText('My first post', { exact: true }).waitFor();
  await page.reload();
  await page.getByRole('listitem').getByText('My first post', { exact: true }).waitFor();
}

async function profile(journey: Journey): Promise<void> {
  const { page } = journey.visitor;
  await banner(page).getByRole('link', { name: 'Profile' }).click();
  await heading(page, 'Profile');
  assert.equal(await field(page, 'E-mail').inputValue(), journey.email);
  await field(page, 'E-mail').fill('not an address');
  await page.locator('form:has(input[name=email])').evaluate((form) => form.setAttribute('novalidate', ''));
  await button(page, 'Save').click();
  await alert(page).waitFor();
  journey.email = `new-${journey.email}`;
  await field(page, 'E-mail').fill(journey.email);
  await button(page, 'Save').click();
  await page.getByRole('status').getByText('Saved').waitFor();
  await signedIn(page, journey.email);
  await page.reload();
  await signedIn(page, journey.email);
  assert.equal(await field(page, 'E-mail').inputValue(), journey.email);
}

/** Every access token that was given until now has expired after it. */
const untilExpiry = () => new Promise((resolve) => setTimeout(resolve, TOKEN_SECONDS * 1000 + 500));

const tokensOf = async (visitor: Visitor) => (await visitor.session()).map(({ value }) => value).join();

async function expiry({ visitor, email }: Journey): Promise<void> {
  const { page } = visitor;
  const before = await tokensOf(visitor);
  await untilExpiry();
  await page.reload();
  await heading(page, 'Profile');
  await signedIn(page, email);
  assert.notEqual(await tokensOf(visitor), before, 'there are new tokens');
  await untilExpiry();
  await banner(page).getByRole('link', { name: 'Posts' }).click();
  await heading(page, 'Posts');
  await page.getByText('My first post', { exact: true }).waitFor();
  await untilExpiry();
  await field(page, 'Title').fill('My second post');
  await button(page, 'Add').click();
  await page.getByRole('listitem').getByText('My second post', { exact: true }).waitFor();
}

async function tabs({ visitor: { context, page }, email }: Journey): Promise<void> {
  const second = await context.newPage();
  for (let round = 0; round < 3; round++) {
    await untilExpiry();
    await Promise.all([page.goto('/posts'), second.goto('/profile')]);
    await Promise.all([heading(page, 'Posts'), heading(second, 'Profile')]);
    await Promise.all([signedIn(page, email), signedIn(second, email)]);
  }
  await second.close();
}

async function stranger({ browser, origin, visitor: { page } }: Journey): Promise<void> {
  const other = await visit(browser, origin);
  const email = `other-${Date.now()}@example.com`;
  await other.page.goto('/register');
  await credentials(other.page, email, PASSWORD, 'Sign up');
  await heading(other.page, 'Log in');
  await login(other, email);
  await signedIn(other.page, email);
  assert.equal(await other.page.getByText('My first post').count(), 0);
  await other.context.close();
  await page.reload();
  await page.getByText('My first post', { exact: true }).waitFor();
}

async function logout({ visitor, email }: Journey): Promise<void> {
  const { page, context } = visitor;
  const [before] = await visitor.session();
  const second = await context.newPage();
  await second.goto('/profile');
  await heading(second, 'Profile');
  await page.goto('/posts');
  await banner(page).getByRole('link', { name: 'Profile' }).click();
  await heading(page, 'Profile');
  await button(page, 'Log out').click();
  await banner(page).getByRole('link', { name: 'Log in' }).waitFor();
  assert.deepEqual(await visitor.session(), [], 'the cookie is gone');
  for (let steps = 0; steps < 2; steps++) {
    await page.goBack();
    await heading(page, 'Log in');
    const content = await page.content();
    assert.ok(!content.includes(email) && !content.includes('My first post'), 'going back shows nothing');
    await page.goForward();
    await banner(page).getByRole('link', { name: 'Log in' }).waitFor();
    await page.goBack();
    await heading(page, 'Log in');
  }
  await second.reload();
  await heading(second, 'Log in');
  await second.close();
  // The cookie that somebody may have copied is of no use once its access token has expired.
  assert.ok(before);
  await untilExpiry();
  await context.addCookies([before]);
  await page.goto('/profile');
  await heading(page, 'Log in');
}

async function foreignRedirect({ visitor: { page }, email, origin }: Journey): Promise<void> {
  for (const target of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
    await page.goto(`/login?redirectedFrom=${encodeURIComponent(target)}`);
    await credentials(page, email, PASSWORD, 'Log in');
    await signedIn(page, email);
    assert.equal(page.url(), `${origin}/`);
    await button(page, 'Log out').click();
    await banner(page).getByRole('link', { name: 'Log in' }).waitFor();
  }
}

async function provider({ visitor: { page } }: Journey): Promise<void> {
  await page.goto('/profile');
  await heading(page, 'Log in');
  await button(page, 'Log in with Club').click();
  await heading(page, 'Profile');
  await signedIn(page, AT_THE_PROVIDER);
  await untilExpiry();
  await page.reload();
  await signedIn(page, AT_THE_PROVIDER);
  await button(page, 'Log out').click();
  await banner(page).getByRole('link', { name: 'Log in' }).waitFor();
}

async function refusedProvider({ visitor }: Journey): Promise<void> {
  const { page } = visitor;
  await page.goto('/auth/callback?state=somebody-elses&code=guessed');
  await heading(page, 'Log in');
  await alert(page).waitFor();
  assert.deepEqual(await visitor.session(), []);
}

async function noTokens({ visitor: { received, secrets } }: Journey): Promise<void> {
  assert.ok(received.length > 20 && secrets.size > 2, 'texts and tokens were kept');
  for (const { url, text } of received) {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${url} holds a token`);
    assert.ok(!/eyJ[\w-]+\.[\w-]+\.[\w-]+/.test(text), `${url} holds an access token`);
  }
}
