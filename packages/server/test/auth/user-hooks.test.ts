import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepAnAdministrator } from '../../src/access/administrators.ts';
import type { Accountability } from '../../src/access/index.ts';
import { AccessEngine, SYSTEM } from '../../src/access/index.ts';
import { createAccount, setPassword } from '../../src/accounts/create.ts';
import { holdersOfAddress, storedStaticToken } from '../../src/auth/index.ts';
import type { HookContext, Payload } from '../../src/items/index.ts';
import { userHooks } from '../../src/resources/users.ts';
import { type Accounts, DATABASES, ORIGIN, openAccounts } from './accounts-database.ts';

const SNAPSHOT = { version: 1, collections: new Map(), relations: [] };

describe.each(DATABASES)('users on %s', (database) => {
  let accounts: Accounts;
  let engine: AccessEngine;
  let hooks: ReturnType<typeof userHooks>;
  let administrator: string;
  let adminRole: string;
  beforeAll(async () => {
    accounts = await openAccounts(database);
    const { store, auth } = accounts;
    engine = new AccessEngine({ store, snapshot: () => SNAPSHOT, clock: accounts.clock, maxDepth: 10 });
    hooks = userHooks({ store, ...auth, keepAnAdministrator: keepAnAdministrator(store) });
    const [parent, policy] = [randomUUID(), randomUUID()];
    adminRole = randomUUID();
    await accounts.sql('INSERT INTO directus_policies (id, name, admin_access) VALUES (?, ?, TRUE)', policy, 'Admin');
    await accounts.sql('INSERT INTO directus_roles (id, name) VALUES (?, ?)', parent, 'Parent');
    await accounts.sql('INSERT INTO directus_roles (id, name, parent) VALUES (?, ?, ?)', adminRole, 'Admin', parent);
    await accounts.sql('INSERT INTO directus_access (id, role, policy) VALUES (?, ?, ?)', randomUUID(), parent, policy);
    administrator = await accounts.addUser({ role: adminRole, email: 'admin@example.com' });
  });
  afterAll(() => accounts.remove());

  const inside = <T>(work: (context: HookContext) => Promise<T>, accountability: Accountability = SYSTEM) =>
    accounts.store.transaction(async (tx) =>
      work({
        tx,
        snapshot: SNAPSHOT,
        accountability,
        access: await engine.access(accountability),
        hash: (text) => accounts.auth.passwords.hash(text),
      }),
    );
  const prepare = (payload: Payload, ...keys: string[]) =>
    inside((context) => hooks.prepare!(payload, keys.length > 0 ? 'update' : 'create', keys, context));

  /** An update as the item service makes it. */
  const update = (key: string, payload: Payload, accountability?: Accountability) =>
    inside(async (context) => {
      const prepared = await hooks.prepare!(payload, 'update', [key], context);
      for (const [field, value] of Object.entries(prepared)) {
        const [first, second] = [accounts.store.placeholder(1), accounts.store.placeholder(2)];
        await context.tx.run(`UPDATE directus_users SET ${field} = ${first} WHERE id = ${second}`, [
          value as string,
          key,
        ]);
      }
      await hooks.updated!([key], prepared, context);
    }, accountability);
  const remove = (key: string) =>
    inside(async (context) => {
      await hooks.deleting!([key], context);
      await context.tx.run(`DELETE FROM directus_users WHERE id = ${accounts.store.placeholder(1)}`, [key]);
    });
  const sessionsOf = (user: string) => accounts.sql('SELECT token FROM directus_sessions WHERE "user" = ?', user);
  const open = (user: string, kind: 'refresh' | 'session' = 'session') =>
    accounts.store.transaction((tx) => accounts.auth.sessions.open(tx, kind, user, ORIGIN));

  it.each([
    'no-address',
    'a@b',
    'a b@example.com',
    '@example.com',
    'a@example.com.',
    'a..b@example.com',
    'a@-x.com',
    5,
    '',
  ])('refuses %j as an address', async (email) => {
    await expect(prepare({ email })).rejects.toMatchObject({
      code: 'FAILED_VALIDATION',
      extensions: { field: 'email', type: 'email', path: [] },
    });
  });

  it.each([
    'a@example.com',
    "o'neil+tag@sub.example.org",
    'müller@exämple.de',
    'x@y.example',
    'test@signup.example.com',
  ])('takes %j as an address, as it is', async (email) => {
    expect(await prepare({ email })).toEqual({ email });
  });

  it('keeps addresses unique in any case', async () => {
    const taken = { code: 'RECORD_NOT_UNIQUE', extensions: { collection: 'directus_users', field: 'email' } };
    const id = await accounts.addUser({ email: 'Milo@Example.com' });
    await expect(prepare({ email: 'mILO@example.com' })).rejects.toMatchObject(taken);
    await expect(prepare({ email: 'milo@example.com' }, randomUUID())).rejects.toMatchObject(taken);
    expect(await prepare({ email: 'milo@example.com' }, id)).toEqual({ email: 'milo@example.com' });
    await expect(prepare({ email: 'new@example.com' }, id, randomUUID())).rejects.toMatchObject(taken);
  });

  it('lets only one of several parallel sign-ups have an address, however it is written', async () => {
    const email = 'Parallel@Example.com';
    const spellings = [email, email.toLowerCase(), email.toUpperCase(), 'pARALLEL@example.com'];
    const outcomes = await Promise.allSettled(
      [...spellings, ...spellings].map((each) =>
        createAccount({ store: accounts.store, ...accounts.auth }, { email: each, password: 'x' }),
      ),
    );
    const rows = await accounts.sql("SELECT email FROM directus_users WHERE lower(email) = 'parallel@example.com'");
    expect(rows).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('lets nobody ask for an address while somebody else is about to take it', async () => {
    const events: string[] = [];
    const take = (name: string, email: string) =>
      accounts.store.transaction(async (tx) => {
        const holders = await holdersOfAddress(accounts.store, tx, email);
        events.push(`${name} finds ${holders.length}`);
        const [id, address] = [accounts.store.placeholder(1), accounts.store.placeholder(2)];
        if (holders.length > 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
        await tx.run(`INSERT INTO directus_users (id, email) VALUES (${id}, ${address})`, [randomUUID(), email]);
      });
    await Promise.all([take('one', 'Wanted@example.com'), take('the other', 'wanted@Example.com')]);
    expect(events.map((event) => event.replace(/.* finds /, ''))).toEqual(['0', '1']);
  });

  it('hashes passwords and static tokens, and keeps tokens unique without telling them', async () => {
    const { password, token } = await prepare({ password: 'plum-tree', token: 'my-token' });
    expect(await accounts.auth.passwords.verify(String(password), 'plum-tree')).toBe(true);
    expect(token).toBe(storedStaticToken('my-token'));
    const id = await accounts.addUser({ token: 'taken' });
    await expect(prepare({ token: 'taken' })).rejects.toMatchObject({
      code: 'RECORD_NOT_UNIQUE',
      extensions: { collection: 'directus_users', field: 'token', value: null },
    });
    expect(await prepare({ token: 'taken' }, id)).toEqual({ token: storedStaticToken('taken') });
    expect(await prepare({ token: null, password: null }, id)).toEqual({ token: null, password: null });
  });

  it('takes the stars that it shows for no change', async () => {
    const stars = '**********';
    expect(await prepare({ password: stars, token: stars, tfa_secret: stars, title: 'Dr' })).toEqual({ title: 'Dr' });
  });

  it('lets nobody write a second factor', async () => {
    const refused = { code: 'INVALID_PAYLOAD' };
    await expect(prepare({ tfa_secret: 'JBSWY3DPEHPK3PXP' }, randomUUID())).rejects.toMatchObject(refused);
    await expect(prepare({ tfa_secret: null }, randomUUID())).rejects.toMatchObject(refused);
    await expect(prepare({ tfa_secret: 'JBSWY3DPEHPK3PXP' })).rejects.toMatchObject(refused);
  });

  it('checks new passwords against the policy, and can stop a pattern that never ends', async () => {
    const failed = { code: 'FAILED_VALIDATION', extensions: { field: 'password', type: 'regex' } };
    const policy = (text: string | null) => accounts.sql('UPDATE directus_settings SET auth_password_policy = ?', text);
    await policy('/^.{8,}$/');
    await expect(prepare({ password: 'short' })).rejects.toMatchObject(failed);
    await expect(prepare({ password: 'long-enough' })).resolves.toBeDefined();
    await policy('/(?=^.{8,}$)(?=.*\\d)(?=.*[a-z])(?=.*[A-Z])(?=.*[!@#$%^&*])(?!.*\\s).*$/');
    await expect(prepare({ password: 'abcdef1!' })).rejects.toMatchObject(failed);
    await expect(prepare({ password: 'Abcdef1!' })).resolves.toBeDefined();
    await policy('/^(a+)+$/');
    const started = performance.now();
    await expect(prepare({ password: `${'a'.repeat(60)}!` })).rejects.toMatchObject(failed);
    expect(performance.now() - started).toBeLessThan(2000);
    await policy('/(/');
    await expect(prepare({ password: 'x' })).rejects.toMatchObject({ code: 'UNPROCESSABLE_CONTENT' });
    await policy(null);
    await expect(prepare({ password: 'x' })).resolves.toBeDefined();
    await expect(prepare({ password: 'x'.repeat(1025) })).rejects.toMatchObject(failed);
  });

  it('ends all sessions of a user with a status that is not active, for good', async () => {
    const user = await accounts.addUser();
    await open(user);
    await open(user, 'refresh');
    await update(user, { status: 'on-holiday' });
    await update(user, { status: 'active' });
    expect(await sessionsOf(user)).toEqual([]);
  });

  it('counts failed logins anew when somebody makes the account active', async () => {
    const user = await accounts.addUser();
    await accounts.sql('INSERT INTO limen_login_attempts ("user", failures) VALUES (?, 4)', user);
    await update(user, { status: 'active' });
    expect(await accounts.sql('SELECT * FROM limen_login_attempts WHERE "user" = ?', user)).toEqual([]);
  });

  it('ends the other sessions with a new password, and none with another change', async () => {
    const user = await accounts.addUser();
    await open(user);
    await open(user, 'refresh');
    const [asking] = await sessionsOf(user);
    const session = String(asking?.token);
    const self: Accountability = { kind: 'user', user, role: null, session, ...ORIGIN };
    await update(user, { first_name: 'X', email: `${user}@example.com` }, self);
    expect(await sessionsOf(user)).toHaveLength(2);
    await update(user, { password: 'another' }, self);
    expect(await sessionsOf(user)).toEqual([{ token: session }]);
    await update(user, { password: 'third' });
    expect(await sessionsOf(user)).toEqual([]);
  });

  it('deletes a user whom files, comments and notifications name, and ends everything', async () => {
    const user = await accounts.addUser({ token: 'of-the-deleted' });
    await open(user);
    await accounts.sql(
      'INSERT INTO directus_notifications (recipient, sender, subject) VALUES (?, ?, ?)',
      administrator,
      user,
      'x',
    );
    await accounts.sql(
      "INSERT INTO directus_files (id, storage, filename_download, uploaded_by, modified_by) VALUES (?, 'local', 'x', ?, ?)",
      randomUUID(),
      user,
      user,
    );
    await remove(user);
    expect(await sessionsOf(user)).toEqual([]);
    const credential = { kind: 'token', token: 'of-the-deleted', from: 'header' } as const;
    await expect(accounts.auth.identify(credential, ORIGIN)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  it('never takes the last administrator away', async () => {
    const kept = { code: 'UNPROCESSABLE_CONTENT', status: 422 };
    const keep = keepAnAdministrator(accounts.store);
    const [attachment] = await accounts.sql('SELECT id, policy, role FROM directus_access WHERE role IS NOT NULL');
    const [id, policy, role] = [attachment?.id, attachment?.policy, attachment?.role].map(String) as [
      string,
      string,
      string,
    ];
    const refusals = [
      () => update(administrator, { status: 'suspended' }),
      () => update(administrator, { role: null }),
      () => remove(administrator),
      () => inside(({ tx }) => keep(tx, { attachments: [id] })),
      () => inside(({ tx }) => keep(tx, { policies: [policy] })),
      () => inside(({ tx }) => keep(tx, { roles: [role] })),
      () => inside(({ tx }) => keep(tx, { roles: [adminRole] })),
    ];
    for (const refused of refusals) await expect(refused()).rejects.toMatchObject(kept);
    expect(await accounts.sql('SELECT status, role FROM directus_users WHERE id = ?', administrator)).toEqual([
      { status: 'active', role: adminRole },
    ]);
    const other = await accounts.addUser();
    await accounts.sql(
      'INSERT INTO directus_access (id, "user", policy) VALUES (?, ?, ?)',
      randomUUID(),
      other,
      policy,
    );
    await inside(({ tx }) => keep(tx, { roles: [role] }));
    await update(administrator, { status: 'suspended' });
    await expect(remove(other)).rejects.toMatchObject(kept);
    await update(administrator, { status: 'active' });
    await remove(other);
  });

  it('makes accounts and sets passwords for the command line', async () => {
    const parts = { store: accounts.store, ...accounts.auth };
    const email = 'made@example.com';
    await createAccount(parts, { email, password: 'first', role: adminRole, token: 'made-token' });
    const credential = { kind: 'token', token: 'made-token', from: 'header' } as const;
    const who = await accounts.auth.identify(credential, ORIGIN);
    expect(who).toMatchObject({ kind: 'user', role: adminRole });
    const user = who.kind === 'user' ? who.user : '';
    await open(user);
    await accounts.sql("UPDATE directus_users SET status = 'suspended' WHERE id = ?", user);
    await setPassword(parts, { email: 'MADE@example.com', password: 'second', activate: true });
    expect(await sessionsOf(user)).toEqual([]);
    const login = { email, password: 'second', mode: 'json', otp: null } as const;
    await expect(accounts.auth.passwordLogin.login('default', login, ORIGIN)).resolves.toBeDefined();
    await expect(createAccount(parts, { email: 'Made@example.com', password: 'x' })).rejects.toMatchObject({
      code: 'RECORD_NOT_UNIQUE',
    });
    await expect(setPassword(parts, { email: 'nobody@example.com', password: 'x' })).rejects.toMatchObject({
      code: 'UNPROCESSABLE_CONTENT',
    });
  });
});
