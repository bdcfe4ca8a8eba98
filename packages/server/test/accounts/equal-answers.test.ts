import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '../started-server.ts';
import { type Members, openMembers } from './members.ts';

const STALL_MS = 400;
/** Below this a timer did not do its work; timers may be a millisecond early. */
const LEAST_MS = STALL_MS - 2;

/** What somebody sends who wants to know whether an address has an account. */
const QUESTIONS: [name: string, path: string, body: (email: string) => object][] = [
  ['a login', '/auth/login', (email) => ({ email, password: 'a-wrong-password' })],
  ['a forgotten password', '/auth/password/request', (email) => ({ email })],
  ['a registration', '/users/register', (email) => ({ email, password: 'a-new-password' })],
  ['a link to sign in', '/auth/email/request', (email) => ({ email })],
  ['a code', '/auth/email/login', (email) => ({ email, code: '12345678' })],
];

async function asked(members: Members, path: string, body: object) {
  const began = performance.now();
  const answer = await members.post(path, body);
  const { date: _, 'set-cookie': cookies = [], ...headers } = answer.headers;
  const told = {
    status: answer.status,
    text: answer.text,
    headers,
    cookies: cookies.map((one) => one.split('=', 1)[0]),
  };
  return { ms: performance.now() - began, told };
}

describe.each(DATABASES)('whoever asks after an account (%s)', (database) => {
  let members: Members;
  beforeAll(async () => {
    members = await openMembers(database, {
      AUTH_EMAIL_LINK_ENABLED: 'true',
      LOGIN_STALL_TIME: String(STALL_MS),
      REGISTER_STALL_TIME: String(STALL_MS),
    });
    await members.admin('PATCH', '/settings', { public_registration: true, public_registration_verify_email: true });
    await members.addUser('known@example.com', 'pass-1');
    await members.addUser('asleep@example.com', 'pass-1', { status: 'suspended' });
    await members.addUser('club@example.com', null, { provider: 'club', external_identifier: 'x' });
    await members.addUser('none@example.com', null);
  }, 30_000);
  afterAll(() => members.close());

  it.each(QUESTIONS)('by %s gets the same answer, no sooner than after the stall time', async (_name, path, body) => {
    const emails = [
      'nobody@example.com',
      'known@example.com',
      'asleep@example.com',
      'club@example.com',
      'none@example.com',
    ];
    const answers = await Promise.all(emails.map((email) => asked(members, path, body(email))));
    for (const { told, ms } of answers) {
      expect(told).toEqual(answers[0]?.told);
      expect(ms).toBeGreaterThan(LEAST_MS);
    }
  });
});

describe('without a stall time', () => {
  it('a registration and a login do the same work for an address that is taken', async () => {
    const members = await openMembers('sqlite', { HASH_MEMORY_COST: '65536', HASH_TIME_COST: '4' });
    try {
      await members.admin('PATCH', '/settings', { public_registration: true });
      await members.addUser('known@example.com', 'pass-1');
      for (const [path, password] of [
        ['/users/register', 'a-new-password'],
        ['/auth/login', 'a-wrong-password'],
      ] as const) {
        const known = await asked(members, path, { email: 'known@example.com', password });
        const unknown = await asked(members, path, { email: 'unknown@example.com', password });
        expect(known.ms).toBeGreaterThan(unknown.ms / 3);
        expect(unknown.ms).toBeGreaterThan(known.ms / 3);
        expect(Math.min(known.ms, unknown.ms)).toBeGreaterThan(40);
      }
    } finally {
      await members.close();
    }
  }, 30_000);
});
