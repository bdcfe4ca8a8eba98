import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AboutToGo, keepAnAdministrator } from '../../src/access/administrators.ts';
import { ANN, type Blog, BOB, openBlog } from '../explain/blog.ts';
import { DATABASES } from '../started-server.ts';

/** Who counts as an administrator, and what would leave nobody. */
describe.each(DATABASES)('that an administrator remains, on %s', (database) => {
  const yes = database === 'sqlite' ? 1 : 'true';
  let blog: Blog;
  let root: string;
  let child: string;
  beforeAll(async () => {
    blog = await openBlog(database);
    root = await blog.role('Root');
    child = await blog.role('Child', root);
  });
  afterAll(() => blog?.remove());
  beforeEach(async () => {
    await blog.revokeAll();
    await blog.sql("update directus_users set role = null, status = 'active'");
  });

  const remains = async (gone?: AboutToGo): Promise<boolean> => {
    const { store } = blog.project;
    try {
      await store.transaction((tx) => keepAnAdministrator(store)(tx, gone));
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'UNPROCESSABLE_CONTENT' });
      return false;
    }
  };
  const attachments = async (): Promise<string[]> =>
    (await blog.project.store.all('select id from directus_access')).map(({ id }) => String(id));

  it('nobody is one without a policy of admin access', async () => {
    expect(await remains()).toBe(false);
    await blog.policy('Members', { user: ANN });
    expect(await remains()).toBe(false);
    await blog.policy('Admins', {}, { admin_access: yes });
    expect(await remains()).toBe(false);
  });

  it('by a policy of their own, while they are active and stay', async () => {
    const policy = await blog.policy('Admins', { user: ANN }, { admin_access: yes });
    expect(await remains()).toBe(true);
    expect(await remains({ users: [BOB], roles: [root], policies: [ANN], attachments: [ANN] })).toBe(true);
    expect(await remains({ users: [BOB, ANN] })).toBe(false);
    expect(await remains({ policies: [policy] })).toBe(false);
    expect(await remains({ attachments: await attachments() })).toBe(false);
    await blog.sql("update directus_users set status = 'suspended' where id = ?", [ANN]);
    expect(await remains()).toBe(false);
  });

  it('by the policy of a role, or of one that it descends from', async () => {
    const policy = await blog.policy('Admins', { role: root }, { admin_access: yes });
    expect(await remains()).toBe(false);
    await blog.sql('update directus_users set role = ? where id = ?', [child, BOB]);
    expect(await remains()).toBe(true);
    expect(await remains({ users: [ANN] })).toBe(true);
    expect(await remains({ users: [BOB] })).toBe(false);
    expect(await remains({ roles: [child] })).toBe(false);
    expect(await remains({ roles: [root] })).toBe(false);
    expect(await remains({ policies: [policy] })).toBe(false);
    expect(await remains({ attachments: await attachments() })).toBe(false);
    await blog.sql('update directus_users set role = ? where id = ?', [root, ANN]);
    expect(await remains({ users: [BOB], roles: [child] })).toBe(true);
  });

  it('but not by the policy of a role below', async () => {
    await blog.policy('Admins', { role: child }, { admin_access: yes });
    await blog.sql('update directus_users set role = ? where id = ?', [root, BOB]);
    expect(await remains()).toBe(false);
  });

  it('and who waits for another one sees what that one did', async () => {
    await blog.policy('Admins', { user: ANN }, { admin_access: yes });
    await blog.policy('Admins too', { user: BOB }, { admin_access: yes });
    const { store } = blog.project;
    const suspend = async (user: string): Promise<boolean> => {
      try {
        await store.transaction(async (tx) => {
          const [text, params] = [
            `update directus_users set status = 'suspended' where id = ${store.placeholder(1)}`,
            [user],
          ];
          await tx.run(text, params);
          await keepAnAdministrator(store)(tx);
        });
        return true;
      } catch {
        return false;
      }
    };
    for (let round = 0; round < 5; round++) {
      await blog.sql("update directus_users set status = 'active'");
      const done = await Promise.all([suspend(ANN), suspend(BOB)]);
      expect(done.filter(Boolean)).toHaveLength(1);
    }
  });
});
