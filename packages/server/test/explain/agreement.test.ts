import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app.ts';
import { storedStaticToken } from '../../src/auth/index.ts';
import type { SqlValue } from '../../src/store/types.ts';
import type { Json } from '../../src/wire/index.ts';
import { DATABASES } from '../started-server.ts';
import { ANN, type Blog, openBlog } from './blog.ts';

const ROOT = '00000000-0000-4000-8000-0000000000f0';
const TOKENS: Readonly<Record<string, string>> = { [ROOT]: 'a-static-token-of-root', [ANN]: 'a-static-token-of-ann' };

const rule = fc.constantFrom<Json>(
  {},
  { author: { _eq: '$CURRENT_USER' } },
  { status: { _eq: 'draft' } },
  { status: { _in: ['published', 'archived'] } },
  { views: { _gt: 10 } },
  { category: { name: { _eq: 'News' } } },
  { comments: { _some: { stars: { _gte: 4 } } } },
  { _or: [{ author: { _null: true } }, { title: { _eq: 'New' } }] },
  { gone: { _eq: 1 } },
);

const permission = fc.record({
  action: fc.constantFrom('read', 'update', 'delete', 'create'),
  rule,
  fields: fc.constantFrom('*', 'id,title', 'id,title,status', 'id,views', 'title'),
  validation: fc.constantFrom<Json>(null, { title: { _neq: 'Bad' } }, { status: { _in: ['draft', 'published'] } }),
  presets: fc.constantFrom<Json>(null, { author: '$CURRENT_USER' }, { status: 'published' }),
});

const payload = fc.record(
  {
    title: fc.constantFrom('New', 'Bad'),
    status: fc.constantFrom('draft', 'archived', null),
    views: fc.constantFrom(5, 50),
  },
  { requiredKeys: [] },
);

const FORBIDDEN_OR_INVALID = new Set([400, 403]);

describe.each(DATABASES)('what /access/explain says is what the API answers, %s', (database) => {
  let blog: Blog;
  let app: FastifyInstance;
  beforeAll(async () => {
    blog = await openBlog(database);
    app = await createServer(blog.project, () => undefined);
    await blog.insert('directus_users', { id: ROOT, email: 'root@example.com', status: 'active' });
    for (const [id, token] of Object.entries(TOKENS)) {
      await blog.sql('update directus_users set token = ? where id = ?', [storedStaticToken(token), id]);
    }
  });
  afterAll(async () => {
    await app?.close();
    await blog?.remove();
  });

  const ask = async (as: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => {
    const headers = { authorization: `Bearer ${TOKENS[as]}` };
    const { statusCode, body: text } = await app.inject({ method, url, headers, ...(body ? { payload: body } : {}) });
    return { status: statusCode, body: text ? JSON.parse(text) : null };
  };

  const verdictOf = async (question: object): Promise<string> => {
    const { status, body } = await ask(ROOT, 'POST', '/access/explain', {
      user: ANN,
      collection: 'posts',
      ...question,
    });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.data.verdict;
  };

  /** Puts back what a request changed. */
  async function restore(posts: readonly Record<string, unknown>[], comments: readonly Record<string, unknown>[]) {
    await blog.sql('delete from posts');
    for (const post of posts) await blog.insert('posts', post as Record<string, SqlValue>);
    for (const { id, post } of comments) {
      await blog.sql('update comments set post = ? where id = ?', [post as SqlValue, id as SqlValue]);
    }
  }

  it('for random permissions and payloads', async () => {
    const posts = await blog.model.rows('select * from posts order by id');
    const comments = await blog.model.rows('select id, post from comments order by id');
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(permission, { minLength: 1, maxLength: 5 }), payload, async (permissions, values) => {
        await blog.revokeAll();
        await blog.policy('Root', { user: ROOT }, { admin_access: database === 'sqlite' ? 1 : 'true' });
        const policy = await blog.policy('Random', { user: ANN });
        for (const { action, rule: of, fields, validation, presets } of permissions) {
          await blog.permission(policy, action, of, fields, { validation, presets });
        }
        const agree = async (action: string, said: string, answered: { status: number }): Promise<void> => {
          expect(answered.status < 300 || FORBIDDEN_OR_INVALID.has(answered.status)).toBe(true);
          const happened = answered.status < 300 ? 'allowed' : 'denied';
          expect(said, `${action}: ${answered.status}`).toBe(happened);
          seen.set(`${action} ${said}`, (seen.get(`${action} ${said}`) ?? 0) + 1);
          if (happened === 'allowed' && action !== 'read') await restore(posts, comments);
        };
        for (const item of [1, 2, 3, 4, 6, 9]) {
          await agree('read', await verdictOf({ action: 'read', item }), await ask(ANN, 'GET', `/items/posts/${item}`));
          if (Object.keys(values).length > 0) {
            const said = await verdictOf({ action: 'update', item, payload: values });
            await agree('update', said, await ask(ANN, 'PATCH', `/items/posts/${item}`, values));
          }
          await agree(
            'delete',
            await verdictOf({ action: 'delete', item }),
            await ask(ANN, 'DELETE', `/items/posts/${item}`),
          );
        }
        for (const created of [values, {}, { title: 'New' }, { title: 'New', status: 'draft' }]) {
          const said = await verdictOf({ action: 'create', payload: created });
          await agree('create', said, await ask(ANN, 'POST', '/items/posts', created));
        }
      }),
      { numRuns: database === 'sqlite' ? 150 : 60 },
    );
    // Otherwise it would have compared refusals with refusals.
    for (const action of ['read', 'update', 'delete', 'create']) {
      expect(seen.get(`${action} allowed`) ?? 0, action).toBeGreaterThan(4);
      expect(seen.get(`${action} denied`) ?? 0, action).toBeGreaterThan(4);
    }
  }, 240_000);
});
