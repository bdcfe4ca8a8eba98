import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Redaction, secretsIn } from '../../src/observe/index.ts';
import { Client, userWith } from '../resources/project.ts';
import { ADMIN, discard, SECRET, type StartedServer, startProject } from '../started-server.ts';
import { type Received, Socket } from './socket.ts';

const IN_TIME = { timeout: 10_000 };
const LOGS = `/websocket/logs?access_token=${ADMIN.token}`;
const MAIL_PASSWORD = 'the-password-of-the-mail-server';

/** Texts with secrets, each of which holds the word HUSH. */
const TOLD: readonly string[] = [
  'GET /items/a?access_token=HUSH-0123456789&limit=1',
  'GET /auth/login/x/callback?state=HUSH&code=HUSH',
  '/users/invite/accept#token=HUSH.more',
  'Authorization: Bearer HUSH-token',
  'authorization: Basic SFVTSDpIVVNI/HUSH',
  '{"authorization":"Bearer HUSH"}',
  'cookie: directus_session_token=HUSH; other=HUSH',
  'Set-Cookie: a=HUSH; HttpOnly',
  '{"email":"a@b.c","password":"HUSH \\"and\\" HUSH","otp":"HUSH"}',
  "{ new_password: 'HUSH', 'refresh_token': 'HUSH' }",
  'postgres://limen:HUSH@db.example/limen',
  'smtp://user:HUSH@mail.example:587',
  'directus_session_token=HUSH',
  'duplicate key value: Key (token)=(HUSH) already exists.',
  'duplicate key value: Key (limen_email_token)=(HUSH) already exists.',
  'eyJhbGciOiJIUSHI1NiJ9.eyJpZCI6IkhVU0giHUSH.HUSH-HUSH',
  '$argon2id$v=19$m=19456,t=2,p=1$HUSH$HUSH',
  'AUTH_GITHUB_CLIENT_SECRET=HUSH',
  'client_secret: HUSH',
  'SAMLResponse=HUSH&RelayState=x',
];

describe('what is shown of the log', () => {
  it('holds no secrets, whatever they stand in', () => {
    const redaction = new Redaction();
    for (const text of TOLD) {
      for (const line of [text, `before ${text}`, `${text}\nafter`, JSON.stringify(text)])
        expect(redaction.text(line)).not.toContain('HUSH');
    }
    expect(redaction.text('GET /items/notes 200 6ms')).toBe('GET /items/notes 200 6ms');
    expect(redaction.text('The data model could not be read')).toBe('The data model could not be read');
  });

  it('holds none of the settings that are secret, wherever these stand', () => {
    const config = {
      secret: 'HUSH-HUSH',
      db: { password: 'HUSHHUSH' },
      auth: new Map([['x', { clientSecret: 'HUSH1234' }]]),
    };
    const redaction = new Redaction(secretsIn(config));
    expect(redaction.text('a HUSH-HUSH b HUSHHUSH c HUSH1234')).not.toContain('HUSH');
    expect(secretsIn({ url: 'https://example.com', database: 'limen' })).toEqual([]);
  });

  it('is cut, and does not take long, whatever the text', () => {
    const redaction = new Redaction();
    for (const part of ['a.', 'eyJ-', 'token', 'token=', '"token":"', 'a://', '-token-', '?code', '\\"'])
      expect(redaction.text(part.repeat(200_000)).length).toBeLessThan(100_000);
  });
});

describe('the log on a socket', () => {
  let server: StartedServer;
  let mail: Server;
  let admin: Client;

  beforeAll(async () => {
    // A mail server that refuses, and says what it was told.
    mail = createServer((socket) => {
      socket.write('220 ready\r\n');
      socket.on('data', (text) => {
        const line = String(text).trim();
        socket.write(
          line.startsWith('EHLO') ? '250-here\r\n250 AUTH PLAIN\r\n' : `535 password=${MAIL_PASSWORD} is wrong\r\n`,
        );
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
    const { port } = mail.address() as { port: number };
    server = await startProject('sqlite', {
      WEBSOCKETS_LOGS_STYLE: 'raw',
      LOG_HTTP_IGNORE_PATHS: '/server/ping',
      EMAIL_TRANSPORT: 'smtp',
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(port),
      EMAIL_SMTP_USER: 'limen',
      EMAIL_SMTP_PASSWORD: MAIL_PASSWORD,
      EMAIL_SMTP_IGNORE_TLS: 'true',
      PASSWORD_RESET_URL_ALLOW_LIST: 'https://example.com/reset',
    });
    admin = new Client(server);
  });
  afterAll(async () => {
    mail.close();
    await discard(server);
  });

  async function watch(level: string): Promise<Socket> {
    const socket = await Socket.open(server, LOGS);
    socket.send({ type: 'subscribe', log_level: level });
    expect(await socket.next({ type: 'logs' })).toMatchObject({ event: 'subscribe', log_level: level });
    return socket;
  }

  const lines = (socket: Socket) => socket.received.filter(({ data }) => data).map(({ data }): Received => data);

  it('tells of requests and of what fails behind them, by level, without secrets', async () => {
    const [info, errors] = [await watch('info'), await watch('error')];
    await userWith(server, 'ann', []);
    const headers = { 'content-type': 'application/json', cookie: 'directus_session_token=HUSH-cookie' };
    const login = { email: 'ann@example.com', password: 'HUSH-password', otp: 'HUSHOTP' };
    await fetch(`${server.url}/auth/login`, { method: 'POST', headers, body: JSON.stringify(login) });
    await fetch(`${server.url}/users/me?access_token=HUSH-query`);
    await fetch(`${server.url}/users/me`, { headers: { authorization: 'Bearer HUSH-header' } });
    await fetch(`${server.url}/server/ping`);
    const reset = { email: 'ann@example.com', reset_url: 'https://example.com/reset' };
    expect((await admin.post('/auth/password/request', reset)).status).toBe(204);
    await expect.poll(() => lines(info).some(({ level }) => level >= 40), IN_TIME).toBe(true);
    expect(lines(info)).toContainEqual({
      level: 30,
      time: expect.any(Number),
      msg: expect.stringMatching(/^GET \/users\/me 401 \d+ms$/),
      req: { method: 'GET', url: '/users/me' },
      res: { statusCode: 401 },
      responseTime: expect.any(Number),
    });
    const text = JSON.stringify(lines(info));
    for (const secret of ['HUSH', MAIL_PASSWORD, ADMIN.token, SECRET, '/server/ping', 'token=ey'])
      expect(text).not.toContain(secret);
    expect(text).toContain('--redacted--');
    expect(lines(errors).every(({ level }) => level >= 50)).toBe(true);
    for (const socket of [info, errors]) socket.ws.terminate();
  });

  it('is for administrators, as long as they are', async () => {
    const token = 'token-of-eve-0123456789';
    const { id } = await userWith(server, 'eve', []);
    await expect(Socket.open(server, `/websocket/logs?access_token=${token}`)).rejects.toThrow('401');
    const policy = (await admin.post('/policies', { name: 'All', admin_access: true })).body.data.id;
    const access = (await admin.post('/access', { user: id, policy })).body.data.id;
    const socket = await Socket.open(server, `/websocket/logs?access_token=${token}`);
    socket.send({ type: 'subscribe', log_level: 'info' });
    await socket.next({ event: 'subscribe' });
    await admin.delete(`/access/${access}`);
    await socket.whenClosed();
  });

  it('lets go of who does not read', async () => {
    const socket = await watch('info');
    socket.ws.pause();
    const path = `/${'x'.repeat(14_000)}`;
    const closes = new Promise<number>((resolve) => socket.ws.once('close', resolve));
    const closed = () => socket.ws.readyState === socket.ws.CLOSED;
    for (let n = 0; n < 1_500; n += 50) await Promise.all(Array.from({ length: 50 }, () => fetch(server.url + path)));
    socket.ws.resume();
    await expect.poll(closed, IN_TIME).toBe(true);
    expect(await closes).toBe(1013);
  }, 60_000);
});

it('is told as plain lines by default', async () => {
  const server = await startProject('sqlite', { WEBSOCKETS_LOGS_LEVEL: 'info' });
  try {
    const socket = await Socket.open(server, LOGS);
    socket.send({ type: 'subscribe', log_level: 'trace' });
    await socket.next({ event: 'subscribe' });
    await fetch(`${server.url}/server/info`);
    const { data, uid } = await socket.next({ event: undefined });
    expect(data).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: expect.stringMatching(/^GET \/server\/info 200 \d+ms$/),
    });
    expect(uid).toEqual(expect.any(String));
    socket.send({ type: 'subscribe', log_level: 'constructor' });
    expect(await socket.next({ status: 'error' })).toMatchObject({ type: 'logs', error: { code: 'INVALID_PAYLOAD' } });
  } finally {
    await discard(server);
  }
});
