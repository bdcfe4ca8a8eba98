import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { signedHeaders } from '../../src/kernel/aws-signature.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import type { Letter } from '../../src/mail/index.ts';
import { Outbox } from '../../src/mail/outbox.ts';
import { type Accounts, DATABASES, openAccounts } from '../auth/accounts-database.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';

const PLAIN = { project_name: 'Limen', project_color: '#6644ff', project_logo: null };
const LINK = 'https://limen.example/admin/reset-password?token=aaa.bbb.ccc';

describe.each(DATABASES)('mail to accounts (%s)', (database) => {
  let accounts: Accounts;
  let mailbox: Mailbox;
  let folder: string;
  const open: { close(): unknown }[] = [];
  let people = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'limen-mail-'));
    [accounts, mailbox] = await Promise.all([openAccounts(database), openMailbox()]);
    await project(PLAIN);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    await project(PLAIN);
  });
  afterAll(async () => {
    await accounts.remove();
    await mailbox.close();
    rmSync(folder, { recursive: true });
  });

  function openOutbox(settings: Record<string, string> = {}, retryAfterMs: readonly number[] = [20, 20]) {
    const log: string[] = [];
    const config = loadConfig({
      env: { PUBLIC_URL: 'https://limen.example', EMAIL_TEMPLATES_PATH: folder, ...mailbox.settings, ...settings },
      cwd: folder,
    });
    const outbox = new Outbox({
      store: accounts.store,
      settings: config,
      clock: systemClock,
      log: (level, message) => log.push(`${level} ${message}`),
      retryAfterMs,
    });
    open.push({ close: () => outbox.close(0) });
    return { outbox, log };
  }

  async function person(email = `mail${++people}@example.com`, language: string | null = null) {
    const id = await accounts.addUser({ email });
    await accounts.sql('UPDATE directus_users SET language = ? WHERE id = ?', language, id);
    return { id, email };
  }

  async function project(values: Record<string, string | null>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      await accounts.sql(`UPDATE directus_settings SET ${name} = ?`, value);
    }
  }

  const letterTo = (user: string, more: Partial<Letter> = {}): Letter => ({
    kind: 'password-reset',
    user,
    link: LINK,
    ...more,
  });

  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + 5_000; !holds(); ) {
      if (Date.now() > end) throw new Error('it did not become true');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  it('goes to the address that is stored when it leaves, and to no other', async () => {
    const { id, email } = await person('Stored.Case@example.com');
    const { outbox } = openOutbox();
    expect(outbox.post(letterTo(id))).toBe(true);
    const mail = await mailbox.newest(email);
    expect(mail.to).toEqual(['Stored.Case@example.com']);
    expect(mail.headers.get('to')).toBe('Stored.Case@example.com');
    expect(mail.headers.has('cc')).toBe(false);
    expect(mail.headers.has('bcc')).toBe(false);
    expect(mail.from).toBe('no-reply@example.com');
    expect(mail.text).toContain(LINK);
    expect(mail.html).toContain(`href="${LINK}"`);
    expect(mail.subject).toBe('Your password at Limen');
  });

  it('goes nowhere where the account is gone, or its address is more than one', async () => {
    const before = mailbox.mails.length;
    const { outbox, log } = openOutbox();
    outbox.post(letterTo('00000000-0000-4000-8000-000000000000'));
    for (const address of [
      'a@example.com,eve@evil.example',
      'a@example.com\r\nBcc: eve@evil.example',
      '-X@example.com',
    ]) {
      outbox.post(letterTo((await person(address)).id));
    }
    await until(() => outbox.waiting === 0);
    expect(mailbox.mails.length).toBe(before);
    expect(log).toEqual([]);
  });

  it("speaks the user's language, else the project's", async () => {
    const { outbox } = openOutbox();
    const german = await person(undefined, 'de-DE');
    const other = await person(undefined, 'fr-FR');
    outbox.post(letterTo(german.id));
    expect((await mailbox.newest(german.email)).subject).toBe('Ihr Passwort bei Limen');
    await accounts.sql("UPDATE directus_settings SET default_language = 'de-CH'");
    outbox.post(letterTo(other.id, { kind: 'user-invitation' }));
    const mail = await mailbox.newest(other.email);
    await accounts.sql("UPDATE directus_settings SET default_language = 'en-US'");
    expect(mail.subject).toBe('Einladung zu Limen');
    expect(mail.html).toContain('lang="de-CH"');
  });

  it('shows the project, escaped', async () => {
    await accounts.sql(
      "INSERT INTO directus_files (id, storage, filename_download) VALUES (?, 'local', 'logo.png')",
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    );
    await project({
      project_name: '<b>Büro & "Söhne"</b>',
      project_color: '#00aa55',
      project_logo: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    });
    const { id, email } = await person();
    openOutbox().outbox.post(letterTo(id));
    const mail = await mailbox.newest(email);
    expect(mail.subject).toBe('Your password at <b>Büro & "Söhne"</b>');
    expect(mail.html).toContain('&lt;b&gt;Büro &amp; &quot;Söhne&quot;&lt;/b&gt;');
    expect(mail.html).not.toContain('<b>');
    expect(mail.html).toContain('#00aa55');
    expect(mail.html).toContain('src="https://limen.example/assets/3f2504e0-4f89-41d3-9a0c-0305e82c3301"');
  });

  it.each([
    ['project_color', 'red; background: url(https://evil.example/x)'],
    ['project_color', '"><script>alert(1)</script>'],
  ])('leaves out what can not be a %s', async (field, value) => {
    await project({ [field]: value });
    const { id, email } = await person();
    openOutbox().outbox.post(letterTo(id));
    const { html } = await mailbox.newest(email);
    expect(html).toContain('#6644ff');
    expect(html).not.toMatch(/<script|evil\.example/);
  });

  it.each([
    'Club\r\nBcc: eve@evil.example',
    'Club\nBcc: eve@evil.example\n\nbody',
    'Club\r\n\r\n<html>',
    'Club\u2028Bcc: eve@evil.example',
    'Club\u0000\u0085Bcc: eve@evil.example',
    'Club" <eve@evil.example>, "x',
    'Club\rReply-To: eve@evil.example',
    'Club=?utf-8?q?=0d=0aBcc:_eve=40evil.example?=',
    'Club <eve@evil.example>',
    `Club\r\n ${'x'.repeat(2000)}\r\nBcc: eve@evil.example`,
  ])('can not be given headers by a name: %j', async (name) => {
    // PostgreSQL holds no NUL and both have their lengths; what is stored is what counts.
    await project({ project_name: name.replaceAll('\0', '').slice(0, 100) });
    const { id, email } = await person();
    const { outbox } = openOutbox();
    outbox.post(letterTo(id));
    const mail = await mailbox.newest(email);
    expect([...mail.headers.keys()].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(mail.to).toEqual([email]);
    expect(mail.headers.get('from')).toMatch(/<no-reply@example\.com>$/);
    expect(
      mail.headers
        .get('from')
        ?.match(/<[^>]*>/g)
        ?.at(-1),
    ).toBe('<no-reply@example.com>');
  });

  it('escapes a link and a code wherever they come from', async () => {
    const { id, email } = await person();
    const { outbox } = openOutbox();
    outbox.post(
      letterTo(id, {
        kind: 'email-login',
        link: 'https://a.example/?x="><script>alert(1)</script>',
        code: '<i>12</i>',
      }),
    );
    const { html, text } = await mailbox.newest(email);
    expect(html).not.toMatch(/<script|<i>/);
    expect(html).toContain('&lt;i&gt;12&lt;/i&gt;');
    expect(text).toContain('<i>12</i>');
  });

  it("uses the project's own templates", async () => {
    writeFileSync(
      join(folder, 'user-registration.html'),
      '<p>{{ project_name }}: <a href="{{ link }}">{{ action }}</a></p>',
    );
    writeFileSync(
      join(folder, 'user-registration.txt'),
      'Subject: Welcome to {{ project_name }}\n\nGo to {{ link }}\n',
    );
    await project({ project_name: 'A & B' });
    const { id, email } = await person();
    openOutbox().outbox.post(letterTo(id, { kind: 'user-registration' }));
    const mail = await mailbox.newest(email);
    expect(mail.subject).toBe('Welcome to A & B');
    expect(mail.text.trim()).toBe(`Go to ${LINK}`);
    expect(mail.html.trim()).toBe(`<p>A &amp; B: <a href="${LINK}">Confirm the address</a></p>`);
  });

  it('is tried again when it was refused for now, and not when for good', async () => {
    let refusals = 2;
    let asked = 0;
    const moody = await openMailbox({
      onRcptTo(address, _session, done) {
        asked += 1;
        const code = address.address.startsWith('never') ? 550 : 451;
        if (code === 550 || refusals-- > 0) return done(Object.assign(new Error('no'), { responseCode: code }));
        done();
      },
    });
    open.push(moody);
    const { outbox, log } = openOutbox(moody.settings);
    const [later, never] = [await person(), await person('never@example.com')];
    outbox.post(letterTo(later.id));
    await moody.newest(later.email);
    expect(log).toHaveLength(2);
    asked = 0;
    outbox.post(letterTo(never.id));
    await until(() => outbox.waiting === 0);
    expect(asked).toBe(1);
    expect(log).toHaveLength(3);
    expect(log[2]).toMatch(/was not sent: /);
  });

  it('is given up in the end, and the log says so without the token', async () => {
    const echo = await openMailbox({
      onData(stream, _session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const body = Buffer.concat(chunks)
            .toString()
            .replace(/=\r\n/g, '')
            .replaceAll('=3D', '=')
            .replace(/\s+/g, ' ');
          const said = body.slice(body.indexOf('https://'), body.indexOf('https://') + 150);
          done(Object.assign(new Error(`Not now: ${said} 12345678`), { responseCode: 451 }));
        });
      },
    });
    open.push(echo);
    const { outbox, log } = openOutbox(echo.settings);
    outbox.post(letterTo((await person()).id, { kind: 'email-login', code: '12345678' }));
    await until(() => outbox.waiting === 0);
    expect(log).toHaveLength(3);
    expect(log.join('\n')).toContain('Not now');
    expect(log.join('\n')).not.toContain('aaa.bbb.ccc');
    expect(log.join('\n')).not.toContain('12345678');
  });

  it('keeps nobody waiting, be the server silent, absent or broken', async () => {
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    open.push({
      close: () => {
        for (const one of sockets) one.destroy();
        silent.close();
      },
    });
    for (const port of [(silent.address() as AddressInfo).port, 1]) {
      const { outbox } = openOutbox({ EMAIL_SMTP_PORT: String(port) });
      const { id } = await person();
      const began = performance.now();
      for (let i = 0; i < 50; i++) expect(outbox.post(letterTo(id))).toBe(true);
      expect(performance.now() - began).toBeLessThan(100);
      await outbox.close(50);
      expect(performance.now() - began).toBeLessThan(1_500);
    }
  });

  it('waits in a bounded number', async () => {
    const { outbox, log } = openOutbox({
      EMAIL_SMTP_PORT: '1',
      RATE_LIMITER_EMAIL_ENABLED: 'true',
      RATE_LIMITER_EMAIL_QUEUE_SIZE: '5',
      RATE_LIMITER_EMAIL_ERROR_MESSAGE: 'the post office is full',
    });
    const { id } = await person();
    const taken = Array.from({ length: 8 }, () => outbox.post(letterTo(id)));
    expect(taken).toEqual([true, true, true, true, true, false, false, false]);
    expect(outbox.waiting).toBe(5);
    expect(log.filter((line) => line.includes('the post office is full'))).toHaveLength(3);
  });

  it('leaves as fast as RATE_LIMITER_EMAIL_* lets it', async () => {
    const { outbox } = openOutbox({
      RATE_LIMITER_EMAIL_ENABLED: 'true',
      RATE_LIMITER_EMAIL_POINTS: '2',
      RATE_LIMITER_EMAIL_DURATION: '1',
    });
    const { id, email } = await person();
    for (let i = 0; i < 3; i++) outbox.post(letterTo(id));
    await mailbox.newest(email, 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(mailbox.count(email)).toBe(2);
    await mailbox.newest(email, 3);
  });

  it('says at the start that it could not leave', async () => {
    const { outbox, log } = openOutbox({ EMAIL_VERIFY_SETUP: 'true', EMAIL_SMTP_PORT: '1' });
    await outbox.verify();
    expect(log).toHaveLength(1);
    expect(log[0]).toMatch(/^warn Mail can't be sent \(EMAIL_TRANSPORT=smtp\)/);
    const sendmail = openOutbox({
      EMAIL_VERIFY_SETUP: 'true',
      EMAIL_TRANSPORT: 'sendmail',
      EMAIL_SENDMAIL_PATH: '/no/such',
    });
    await sendmail.outbox.verify();
    expect(sendmail.log[0]).toContain('/no/such');
    const fine = openOutbox({ EMAIL_VERIFY_SETUP: 'true' });
    await fine.outbox.verify();
    expect(fine.log).toEqual([]);
    const nobody = openOutbox({ EMAIL_VERIFY_SETUP: 'true', EMAIL_FROM: 'a@example.com, b@example.com' });
    await nobody.outbox.verify();
    expect(nobody.log[0]).toContain('EMAIL_FROM');
    const off = openOutbox({ EMAIL_SMTP_PORT: '1' });
    await off.outbox.verify();
    expect(off.log).toEqual([]);
  });

  it('logs in at the mail server, and says nothing of the password where that fails', async () => {
    const guarded = await openMailbox({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth(auth, _session, done) {
        if (auth.password === 'right-smtp-password') return done(null, { user: 'limen' });
        done(new Error(`not ${auth.password}`));
      },
    });
    open.push(guarded);
    const { id, email } = await person();
    const login = { ...guarded.settings, EMAIL_SMTP_USER: 'limen', EMAIL_SMTP_PASSWORD: 'right-smtp-password' };
    openOutbox(login).outbox.post(letterTo(id));
    await guarded.newest(email);
    const wrong = openOutbox({ ...login, EMAIL_SMTP_PASSWORD: 'wrong-smtp-password', EMAIL_SMTP_POOL: 'true' });
    wrong.outbox.post(letterTo(id));
    await until(() => wrong.outbox.waiting === 0);
    expect(wrong.log.length).toBeGreaterThan(0);
    expect(wrong.log.join()).not.toContain('wrong-smtp-password');
  });

  it('leaves through a program', async () => {
    const [program, kept] = [join(folder, 'sendmail.sh'), join(folder, 'kept.txt')];
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$*" > ${kept}\ncat >> ${kept}\n`);
    chmodSync(program, 0o755);
    const { id, email } = await person();
    const { outbox, log } = openOutbox({ EMAIL_TRANSPORT: 'sendmail', EMAIL_SENDMAIL_PATH: program });
    outbox.post(letterTo(id));
    await until(() => outbox.waiting === 0);
    expect(log).toEqual([]);
    const [args, ...mail] = readFileSync(kept, 'utf8').split('\n');
    expect(args).toBe(`-i -f no-reply@example.com ${email}`);
    expect(mail.join('\n')).toContain(`To: ${email}`);
  });

  describe('through a service', () => {
    let service: Server;
    let answer = 200;
    const asked: { request: IncomingMessage; body: string }[] = [];
    beforeAll(async () => {
      service = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          asked.push({ request, body: Buffer.concat(chunks).toString('utf8') });
          response.writeHead(answer).end('{}');
        });
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => service.once('listening', resolve));
    });
    afterEach(() => {
      asked.length = 0;
      answer = 200;
    });
    afterAll(() => void service.close());
    const endpoint = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const ses = () => ({
      EMAIL_TRANSPORT: 'ses',
      EMAIL_SES_REGION: 'eu-central-1',
      EMAIL_SES_CREDENTIALS__ACCESS_KEY_ID: 'AKIDEXAMPLE',
      EMAIL_SES_CREDENTIALS__SECRET_ACCESS_KEY: 'a-secret-access-key',
      EMAIL_SES_ENDPOINT: endpoint(),
    });

    it('Amazon SES, with a signed request', async () => {
      const { id, email } = await person();
      openOutbox(ses()).outbox.post(letterTo(id));
      await until(() => asked.length === 1);
      const { request, body } = asked[0]!;
      expect(request.url).toBe('/v2/email/outbound-emails');
      const sent = JSON.parse(body);
      expect(sent).toMatchObject({ FromEmailAddress: 'no-reply@example.com', Destination: { ToAddresses: [email] } });
      expect(Buffer.from(sent.Content.Raw.Data, 'base64').toString()).toContain(`To: ${email}`);
      const at = String(request.headers['x-amz-date']).replace(
        /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
        '$1-$2-$3T$4:$5:$6Z',
      );
      const again = signedHeaders(
        'ses',
        {
          method: 'POST',
          url: new URL('/v2/email/outbound-emails', endpoint()),
          headers: { 'content-type': 'application/json' },
          payloadSha256: String(request.headers['x-amz-content-sha256']),
        },
        { key: 'AKIDEXAMPLE', secret: 'a-secret-access-key', region: 'eu-central-1' },
        Date.parse(at),
      );
      expect(request.headers.authorization).toBe(again.authorization);
      expect(request.headers.authorization).toContain('/eu-central-1/ses/aws4_request');
    });

    it('Mailgun', async () => {
      const { id, email } = await person();
      openOutbox({
        EMAIL_TRANSPORT: 'mailgun',
        EMAIL_MAILGUN_API_KEY: 'key-1',
        EMAIL_MAILGUN_DOMAIN: 'mail.example.com',
        EMAIL_MAILGUN_ENDPOINT: endpoint(),
      }).outbox.post(letterTo(id));
      await until(() => asked.length === 1);
      const { request, body } = asked[0]!;
      expect(request.url).toBe('/v3/mail.example.com/messages.mime');
      expect(request.headers.authorization).toBe(`Basic ${Buffer.from('api:key-1').toString('base64')}`);
      expect(body).toContain(`name="to"\r\n\r\n${email}\r\n`);
      expect(body).toContain('Subject: Your password at Limen');
    });

    it('again when it fails for now, and not when for good', async () => {
      const { id } = await person();
      answer = 500;
      const { outbox, log } = openOutbox(ses());
      outbox.post(letterTo(id));
      await until(() => outbox.waiting === 0);
      expect(asked).toHaveLength(3);
      answer = 403;
      outbox.post(letterTo(id));
      await until(() => outbox.waiting === 0);
      expect(asked).toHaveLength(4);
      expect(log.join()).not.toContain('a-secret-access-key');
    });

    it('says at the start that something is missing', async () => {
      const { outbox, log } = openOutbox({ EMAIL_TRANSPORT: 'ses', EMAIL_VERIFY_SETUP: 'true' });
      await outbox.verify();
      expect(log[0]).toContain('EMAIL_SES_REGION');
    });
  });
});
