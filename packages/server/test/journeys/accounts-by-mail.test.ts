import {
  acceptUserInvite,
  authentication,
  createDirectus,
  inviteUser,
  passwordRequest,
  passwordReset,
  readMe,
  readUsers,
  registerUser,
  registerUserVerify,
  rest,
  updateSettings,
} from '@directus/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mailbox, openMailbox } from '../mail/mailbox.ts';
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

/** What a site does with the SDK, and what its people do with the mails that come of it. */
describe.each(DATABASES)('accounts whose people are reached by mail (%s)', (database) => {
  let server: StartedServer;
  let mailbox: Mailbox;
  let role: string;

  beforeAll(async () => {
    mailbox = await openMailbox();
    server = await startProject(database, {
      ...mailbox.settings,
      REGISTER_STALL_TIME: '0',
      PASSWORD_RESET_URL_ALLOW_LIST: 'https://site.example.com/reset',
      USER_INVITE_URL_ALLOW_LIST: 'https://site.example.com/join',
      USER_REGISTER_URL_ALLOW_LIST: 'https://site.example.com/confirm',
    });
    const admin = asAdmin(server.url);
    await makeBlog(admin);
    role = (await makeMemberRole(admin)).role;
    await admin.request(
      updateSettings({
        public_registration: true,
        public_registration_verify_email: true,
        public_registration_role: role,
        default_language: 'de-DE',
      }),
    );
  }, 30_000);
  afterAll(async () => {
    await discard(server);
    await mailbox.close();
  });

  async function signIn(email: string, password: string): Promise<string> {
    const client = createDirectus<Blog>(server.url).with(authentication('json')).with(rest());
    await client.login({ email, password });
    const me = await client.request(readMe({ fields: ['id', 'email'] }));
    expect(me.email).toBe(email);
    return me.id;
  }

  it('register, confirm, sign in', async () => {
    const email = 'reader@example.com';
    const people = asPublic(server.url);
    await people.request(
      registerUser(email, 'reader-pass-1', {
        first_name: 'Rea',
        last_name: 'Der',
        verification_url: 'https://site.example.com/confirm',
      }),
    );
    expect(await failure(signIn(email, 'reader-pass-1'))).toEqual(INVALID_CREDENTIALS);
    const mail = await mailbox.newest(email);
    expect(mail.subject).toMatch(/^Bestätigen Sie Ihre E-Mail-Adresse/);
    expect(mail.link).toMatch(/^https:\/\/site\.example\.com\/confirm\?token=/);
    // Leads on to a page of the Studio, which need not be there.
    await people.request(registerUserVerify(mail.token)).catch(() => undefined);
    const id = await signIn(email, 'reader-pass-1');
    const [account] = await asAdmin(server.url).request(
      readUsers({ filter: { email: { _eq: email } }, fields: ['id', 'role', 'first_name', 'last_name', 'status'] }),
    );
    expect(account).toEqual({ id, role, first_name: 'Rea', last_name: 'Der', status: 'active' });
    expect(await failure(people.request(registerUserVerify(mail.token)))).toEqual({
      status: 400,
      codes: ['INVALID_PAYLOAD'],
    });
  });

  it('are invited, accept, sign in', async () => {
    const email = 'guest@example.com';
    const admin = asAdmin(server.url);
    await admin.request(inviteUser(email, role, 'https://site.example.com/join'));
    const mail = await mailbox.newest(email);
    expect(mail.link).toMatch(/^https:\/\/site\.example\.com\/join\?token=/);
    await asPublic(server.url).request(acceptUserInvite(mail.token, 'guest-pass-1'));
    await signIn(email, 'guest-pass-1');
    expect(await failure(asPublic(server.url).request(acceptUserInvite(mail.token, 'guest-pass-2')))).toEqual({
      status: 400,
      codes: ['INVALID_INVITE'],
    });
    expect(await failure(asPublic(server.url).request(inviteUser('x@example.com', role)))).toEqual(FORBIDDEN);
  });

  it('forget their password, choose another, sign in', async () => {
    const email = 'guest@example.com';
    const people = asPublic(server.url);
    await people.request(passwordRequest(email, 'https://site.example.com/reset'));
    const mail = await mailbox.newest(email, 2);
    expect(mail.link).toMatch(/^https:\/\/site\.example\.com\/reset\?token=/);
    await people.request(passwordReset(mail.token, 'guest-pass-2'));
    await signIn(email, 'guest-pass-2');
    expect(await failure(signIn(email, 'guest-pass-1'))).toEqual(INVALID_CREDENTIALS);
    expect((await failure(people.request(passwordReset(mail.token, 'guest-pass-3')))).status).toBe(403);
    await people.request(passwordRequest('nobody@example.com'));
    expect(mailbox.count('nobody@example.com')).toBe(0);
  });
});
