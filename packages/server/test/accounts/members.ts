import { type Mailbox, openMailbox } from '../mail/mailbox.ts';
import { codeOf, type PlainAnswer, PlainClient } from '../plain-request.ts';
import { ADMIN, type Database, discard, SECRET, type StartedServer, startProject } from '../started-server.ts';
import { openContents } from '../stored-contents.ts';

/** A server with a real mailbox, and requests to it. */
export interface Members {
  readonly server: StartedServer;
  readonly mailbox: Mailbox;
  readonly client: PlainClient;
  post(path: string, body: unknown, token?: string): Promise<PlainAnswer>;
  get(path: string): Promise<PlainAnswer>;
  /** As the administrator, has to succeed. */
  admin<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
  /** Status of a login with this password. */
  login(email: string, password: string): Promise<number>;
  addUser(email: string, password: string | null, more?: object): Promise<string>;
  user(email: string): Promise<Record<string, unknown> | undefined>;
  rows(query: string): Promise<Record<string, unknown>[]>;
  /** What the mail server got so far, once nothing more comes for a moment. */
  quiet(): Promise<number>;
  close(): Promise<void>;
}

/** So slow that requests that are sent together meet between their check and their change. */
export const SLOW_HASHES = { HASH_MEMORY_COST: '16384', HASH_TIME_COST: '4' };

export async function openMembers(database: Database, settings: Record<string, string> = {}): Promise<Members> {
  const mailbox = await openMailbox();
  const server = await startProject(database, {
    ...mailbox.settings,
    REGISTER_STALL_TIME: '0',
    LOGIN_STALL_TIME: '0',
    RATE_LIMITER_REGISTRATION_ENABLED: 'false',
    HASH_MEMORY_COST: '1024',
    ...settings,
  });
  const client = new PlainClient(server.port);
  const contents = await openContents(server.project);
  const admin = <T>(method: string, path: string, body?: unknown) => client.must<T>(method, path, ADMIN.token, body);
  const post = (path: string, body: unknown, token = '') => client.json('POST', path, token, body);
  return {
    server,
    mailbox,
    client,
    post,
    admin,
    get: (path) => client.send({ method: 'GET', path }),
    login: async (email, password) => (await post('/auth/login', { email, password })).status,
    addUser: async (email, password, more = {}) =>
      (await admin<{ id: string }>('POST', '/users', { email, ...(password === null ? {} : { password }), ...more }))
        .id,
    async user(email) {
      const filter = encodeURIComponent(JSON.stringify({ email: { _eq: email } }));
      return (await admin<Record<string, unknown>[]>('GET', `/users?filter=${filter}&fields=*`))[0];
    },
    rows: (query) => contents.rows(query),
    async quiet() {
      for (let before = -1; before !== mailbox.mails.length; ) {
        before = mailbox.mails.length;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      return mailbox.mails.length;
    },
    async close() {
      client.close();
      await contents.close();
      await discard(server);
      await mailbox.close();
    },
  };
}

/** Status and code of an answer. */
export const outcome = (answer: PlainAnswer): string => `${answer.status} ${codeOf(answer)}`.trim();

/** A JWT as somebody else would make it who knows the secret of the tests. */
export async function signed(claims: object, secret = SECRET): Promise<string> {
  const { SignJWT } = await import('jose');
  return new SignJWT({ iss: 'directus', ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(Buffer.from(secret));
}

export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** Addresses that look like, or fold to, lena@example.com somewhere, and are not hers. */
export const LOOK_ALIKES = [
  'lena@exаmple.com', // Cyrillic а
  'lеna@example.com', // Cyrillic е
  'léna@example.com',
  'le\u0301na@example.com',
  'lenä@example.com',
  'ｌena@example.com', // full width
  'lena＠example.com',
  'lena@example\u3002com',
  'lena@examp\u0131e.com',
  'lena@example.com\u200b',
  'le\u00adna@example.com',
  'LENA@EXAMPLE.COM\u0000',
  'lena@example.com ',
  ' lena@example.com',
  'lena@example.com.',
  'lena%40example.com',
  'ŁENA@example.com',
  'lena@example.com,eve@evil.example',
  'lena@example.com;eve@evil.example',
  'lena@example.com\r\nBcc: eve@evil.example',
  'lena@example.com\neve@evil.example',
  'Lena <lena@example.com>',
  '"lena@example.com" <eve@evil.example>',
  'lena_@example.com',
  'len%@example.com',
  "lena@example.com' OR '1'='1",
];
