import {
  authentication,
  createDirectus,
  createPermission,
  createPolicy,
  createUser,
  customEndpoint,
  readMe,
  readUsers,
  rest,
  updateMe,
  withToken,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import {
  asAdmin,
  asPublic,
  type Blog,
  FORBIDDEN,
  failure,
  INVALID_CREDENTIALS,
  makeBlog,
  makeMemberRole,
} from './blog.ts';

/**
 * A site that renders on its server: form actions call the API, the browser only ever holds the site's own cookie, and
 * the site keeps the tokens. This is what `+page.server.ts` of a SvelteKit app does, without SvelteKit.
 */
describe.each(DATABASES)('accounts of a site that renders on its server (%s)', (database) => {
  let server: StartedServer;
  let role: string;

  beforeAll(async () => {
    server = await startProject(database);
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    role = (await makeMemberRole(admin)).role;
    const policy = await admin.request(createPolicy({ name: 'Sign up', app_access: false, admin_access: false }));
    await admin.request(
      createPermission({
        policy: policy.id,
        collection: 'directus_users',
        action: 'create',
        permissions: {},
        fields: ['email', 'password'],
        presets: { role, status: 'active' },
        validation: { password: { _regex: '.{8,}' } },
      }),
    );
    await admin.request(
      customEndpoint({
        path: '/access',
        method: 'POST',
        body: JSON.stringify({ policy: policy.id, role: null, user: null }),
      }),
    );
  });
  afterAll(() => discard(server));

  const signUp = (fields: Parameters<typeof createUser<Blog, object>>[0]) =>
    asPublic(server.url).request(createUser(fields));
  const logIn = async (email: string, password: string) => {
    const client = createDirectus<Blog>(server.url)
      .with(authentication('json', { autoRefresh: false }))
      .with(rest());
    return client.login({ email, password });
  };
  const ada = { email: 'ada@example.com', password: 'countess-of-1815' };

  it('signs up: the public may create users, and gets no answer to read', async () => {
    expect(await signUp(ada)).toBeNull();
    const [user] = await asAdmin(server.url).request(readUsers({ filter: { email: { _eq: ada.email } } }));
    expect(user).toMatchObject({
      email: ada.email,
      role,
      status: 'active',
      provider: 'default',
      password: '**********',
    });
  });

  it('lets nobody choose more than e-mail and password', async () => {
    const admins = { email: 'mallory@example.com', password: 'mallory-pass-1' };
    expect(await failure(signUp({ ...admins, role: null }))).toEqual(FORBIDDEN);
    expect(await failure(signUp({ ...admins, status: 'active' }))).toEqual(FORBIDDEN);
    expect(await failure(signUp({ ...admins, token: 'mallory-token' }))).toEqual(FORBIDDEN);
    expect(await failure(signUp({ ...admins, first_name: 'Mallory' }))).toEqual(FORBIDDEN);
    expect(await failure(asPublic(server.url).request(readUsers()))).toEqual(FORBIDDEN);
  });

  it('refuses a short password, a text that is no address, and a taken address in any case', async () => {
    const failed = { status: 400, codes: ['FAILED_VALIDATION'] };
    expect(await failure(signUp({ email: 'short@example.com', password: 'short' }))).toEqual(failed);
    expect(await failure(signUp({ email: 'not-an-address', password: 'long-enough-1' }))).toEqual(failed);
    const taken = { status: 400, codes: ['RECORD_NOT_UNIQUE'] };
    expect(await failure(signUp({ ...ada, email: 'ADA@example.com' }))).toEqual(taken);
  });

  it('logs in, shows the profile, changes it, and logs out', async () => {
    const { access_token, refresh_token } = await logIn(ada.email, ada.password);
    const site = asPublic(server.url);
    const token = access_token ?? '';
    const profile = await site.request(withToken(token, readMe({ fields: ['email', 'first_name', 'role'] })));
    expect(profile).toEqual({ email: ada.email, first_name: null, role });

    const named = await site.request(withToken(token, updateMe({ first_name: 'Ada' }, { fields: ['first_name'] })));
    expect(named).toEqual({ first_name: 'Ada' });

    const answer = await fetch(`${server.url}/auth/logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh_token, mode: 'json' }),
    });
    expect(answer.status).toBe(204);
    const over = createDirectus<Blog>(server.url).with(
      authentication('json', { autoRefresh: false, storage: kept(refresh_token) }),
    );
    expect(await failure(over.refresh())).toEqual(INVALID_CREDENTIALS);
  });

  it('changes the e-mail: the new one logs in, the old one does not', async () => {
    const { access_token } = await logIn(ada.email, ada.password);
    const site = asPublic(server.url);
    const change = (email: string) =>
      site.request(withToken(access_token ?? '', updateMe({ email }, { fields: ['email'] })));
    expect(await failure(change('nonsense'))).toEqual({ status: 400, codes: ['FAILED_VALIDATION'] });
    expect(await failure(change('admin@example.com'))).toEqual({ status: 400, codes: ['RECORD_NOT_UNIQUE'] });
    expect(await change('lovelace@example.com')).toEqual({ email: 'lovelace@example.com' });
    expect(await failure(logIn(ada.email, ada.password))).toEqual(INVALID_CREDENTIALS);
    expect((await logIn('lovelace@example.com', ada.password)).access_token).toBeTypeOf('string');
  });

  it('changes the password: every session that was open before ends', async () => {
    const phone = await logIn('lovelace@example.com', ada.password);
    const laptop = await logIn('lovelace@example.com', ada.password);
    await asPublic(server.url).request(
      withToken(laptop.access_token ?? '', updateMe({ password: 'analytical-engine' })),
    );
    const old = createDirectus<Blog>(server.url).with(
      authentication('json', { autoRefresh: false, storage: kept(phone.refresh_token) }),
    );
    expect(await failure(old.refresh())).toEqual(INVALID_CREDENTIALS);
    expect(await failure(logIn('lovelace@example.com', ada.password))).toEqual(INVALID_CREDENTIALS);
    expect((await logIn('lovelace@example.com', 'analytical-engine')).access_token).toBeTypeOf('string');
  });

  function kept(refreshToken: string | null) {
    let data = { access_token: null, refresh_token: refreshToken, expires: null, expires_at: null } as Awaited<
      ReturnType<typeof logIn>
    > | null;
    return {
      get: () => data,
      set: (next: typeof data) => {
        data = next;
      },
    };
  }
});
