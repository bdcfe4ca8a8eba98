import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium } from '../chromium.ts';
import { Client, failure } from '../resources/project.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type AppOrigin, startApp } from './browser.ts';
import { makePerson, PASSWORD, signIn } from './people.ts';

interface Sent {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
  readonly body: any;
}

describe.runIf(hasChromium('passkeys were')).each(DATABASES)('passkeys in a browser on %s', (database) => {
  let app: AppOrigin;
  let server: StartedServer;
  beforeAll(async () => {
    app = await startApp();
    server = await startProject(database, {
      AUTH_PASSKEY_RP_ID: 'localhost',
      AUTH_PASSKEY_ORIGINS: app.origin,
      CORS_ENABLED: 'true',
      CORS_ORIGIN: app.origin,
    });
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await discard(server);
  });

  /** What an application does, in its page: asks for options, has the authenticator answer, sends the answer. */
  const send = (page: Page, method: string, path: string, body: unknown, token?: string): Promise<Sent> =>
    page.evaluate(
      async ({ url, method, body, token }) => {
        const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
        const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
      },
      { url: server.url + path, method, body, token },
    );
  const answer = (page: Page, kind: 'create' | 'get', options: unknown): Promise<object> =>
    page.evaluate(
      async ({ kind, options }) => {
        // Of the browser; the types of Node don't know it.
        const { PublicKeyCredential, navigator } = globalThis as unknown as {
          PublicKeyCredential: Record<string, (options: unknown) => unknown>;
          navigator: { credentials: Record<string, (options: unknown) => Promise<{ toJSON(): object }>> };
        };
        const parse = kind === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
        const credential = await navigator.credentials[kind]?.({ publicKey: PublicKeyCredential[parse]?.(options) });
        return credential?.toJSON() ?? {};
      },
      { kind, options },
    );

  async function tokenOf(email: string): Promise<string> {
    const { body } = await new Client(server, null).post('/auth/login', { email, password: PASSWORD });
    return body.data.access_token;
  }

  async function register(page: Page, email: string): Promise<{ token: string; id: string }> {
    const token = await tokenOf(email);
    const options = await send(page, 'POST', '/users/me/passkeys/options', {}, token);
    const credential = await answer(page, 'create', options.body.data);
    const body = { name: 'This computer', credential, password: PASSWORD };
    const made = await send(page, 'POST', '/users/me/passkeys', body, token);
    expect(made).toMatchObject({ status: 200, body: { data: { name: 'This computer', transports: ['internal'] } } });
    return { token, id: made.body.data.id };
  }

  async function loginWith(page: Page): Promise<Sent> {
    const options = await send(page, 'POST', '/auth/passkey/options', {});
    const credential = await answer(page, 'get', options.body.data);
    return send(page, 'POST', '/auth/passkey/login', { credential });
  }

  it('are registered, sign in without a password, and are refused once they are removed', async () => {
    const { page, verifies, close } = await app.open();
    const person = await makePerson(server);
    const { token, id } = await register(page, person.email);
    const signedIn = await loginWith(page);
    expect(signedIn.status).toBe(200);
    const me = await new Client(server, signedIn.body.data.access_token).get('/users/me?fields=id');
    expect(me.body.data.id).toBe(person.id);
    await verifies(false);
    await expect(loginWith(page)).rejects.toThrow('NotAllowedError');
    await verifies(true);
    expect((await loginWith(page)).status).toBe(200);
    const removed = await send(page, 'DELETE', `/users/me/passkeys/${id}`, { password: PASSWORD }, token);
    expect(removed.status).toBe(204);
    expect(await loginWith(page)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'INVALID_CREDENTIALS' } }] },
    });
    await close();
  }, 60_000);

  it('are a second factor', async () => {
    const { page, close } = await app.open();
    const person = await makePerson(server);
    await register(page, person.email);
    const proof = { passkey_required: true, password: PASSWORD };
    expect((await person.client.patch('/users/me/tfa', proof)).status).toBe(204);
    await expect(signIn(server, person.email)).rejects.toThrow('INVALID_OTP');
    const options = await send(page, 'POST', '/auth/passkey/options', { purpose: 'second-factor' });
    const passkey = await answer(page, 'get', options.body.data);
    const login = { email: person.email, password: PASSWORD, passkey };
    expect((await send(page, 'POST', '/auth/login', login)).status).toBe(200);
    expect((await send(page, 'POST', '/auth/login', login)).body.errors[0].extensions.code).toBe('INVALID_OTP');
    await close();
  }, 60_000);

  it('prove who is there before another one is added', async () => {
    const { page, close } = await app.open();
    const elsewhere = await app.open();
    const person = await makePerson(server);
    const { token } = await register(page, person.email);
    const asked = await send(page, 'POST', '/users/me/passkeys/options', { purpose: 'step-up' }, token);
    const passkey = await answer(page, 'get', asked.body.data);
    const options = await send(elsewhere.page, 'POST', '/users/me/passkeys/options', {}, token);
    const credential = await answer(elsewhere.page, 'create', options.body.data);
    const body = { name: 'That computer', credential, passkey };
    expect((await send(elsewhere.page, 'POST', '/users/me/passkeys', body, token)).status).toBe(200);
    expect((await loginWith(elsewhere.page)).status).toBe(200);
    await Promise.all([close(), elsewhere.close()]);
  }, 60_000);

  it('are not registered twice by one authenticator', async () => {
    const { page, close } = await app.open();
    const person = await makePerson(server);
    await register(page, person.email);
    await expect(register(page, person.email)).rejects.toThrow('InvalidStateError');
    await close();
  }, 60_000);

  it('do not answer pages of other origins', async () => {
    const other = await startApp();
    const { page, close } = await other.open();
    const person = await makePerson(server);
    // The page asks through a server of its own, so that CORS is no hindrance.
    const options = await person.client.post('/users/me/passkeys/options', {});
    const credential = await answer(page, 'create', options.body.data);
    const made = await person.client.post('/users/me/passkeys', { name: 'x', credential, password: PASSWORD });
    expect(failure(made)).toEqual({ status: 400, codes: ['INVALID_PAYLOAD'] });
    await close();
    await other.close();
  }, 60_000);
});
