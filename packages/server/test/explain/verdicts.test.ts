import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainedPermission, RuleNode } from '../../src/access/explain-types.ts';
import type { Access } from '../../src/access/index.ts';
import { ApiError } from '../../src/errors/index.ts';
import { EMPTY_QUERY } from '../../src/query/index.ts';
import type { SqlValue } from '../../src/store/types.ts';
import type { Json } from '../../src/wire/index.ts';
import { DATABASES } from '../started-server.ts';
import { ANN, type Blog, openBlog } from './blog.ts';

const QUERY = { ...EMPTY_QUERY, kept: null };
const FIELDS = ['id', 'title', 'status', 'views', 'secret', 'author', 'category'];
const WRITABLE = ['title', 'status', 'views', 'author', 'category'];
const ITEMS = ['1', '2', '3', '4', '5', '6', '7', 'x'];

const comparison = fc.constantFrom<Json>(
  { author: { _eq: '$CURRENT_USER' } },
  { author: { _neq: '$CURRENT_USER' } },
  { author: { _null: true } },
  { author: { email: { _eq: 'ann@example.com' } } },
  { author: { email: { _null: true } } },
  { author: { role: { name: { _null: true } } } },
  { status: { _eq: 'published' } },
  { status: { _in: ['draft', 'archived'] } },
  { status: { _nnull: true } },
  { status: { _empty: true } },
  { title: { _icontains: 'o' } },
  { views: { _gt: 10 } },
  { views: { _between: [1, 20] } },
  { secret: { _nnull: true } },
  { category: { name: { _eq: 'News' } } },
  { category: { name: { _nin: ['News'] } } },
  { category: { posts: { _some: { status: { _eq: 'draft' } } } } },
  { comments: { _some: { stars: { _gte: 4 } } } },
  { comments: { _none: { body: { _eq: 'bad' } } } },
  { comments: { _some: { _and: [{ body: { _eq: 'good' } }, { stars: { _lt: 5 } }] } } },
  { comments: { _null: true } },
  { 'count(comments)': { _gt: 1 } },
  { gone: { _eq: 1 } },
  { status: { _like: 'x' } },
);

const rule = fc.letrec<{ rule: Json }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    comparison,
    fc.constant({}),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts): Json => ({ _and: parts })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts): Json => ({ _or: parts })),
  ),
})).rule;

const permission = fc.record({
  action: fc.constantFrom('read', 'update', 'delete', 'create'),
  rule,
  fields: fc.oneof(
    fc.constant(['*']),
    fc.subarray(FIELDS).map((fields) => ['id', ...fields]),
    fc.subarray(FIELDS),
  ),
});

describe.each(DATABASES)('the verdict is what the server does, %s', (database) => {
  let blog: Blog;
  beforeAll(async () => {
    blog = await openBlog(database);
  });
  afterAll(() => blog?.remove());

  it('for random permissions, every action, item and field', async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(permission, { minLength: 1, maxLength: 5 }), async (permissions) => {
        await blog.revokeAll();
        const policy = await blog.policy('Random', { user: ANN });
        for (const each of permissions) await blog.permission(policy, each.action, each.rule, each.fields.join(','));
        const caller = blog.as(ANN);
        const access = await blog.access(caller);
        for (const item of ITEMS) {
          await compareRead(blog, access, item, seen);
          await compareUpdate(blog, access, item, seen);
          await compareDelete(blog, access, item, seen);
        }
        const created = await succeeds(() => blog.project.items.create(access, 'posts', {}, QUERY));
        if (created) await blog.sql('delete from posts where id > 6');
        const { verdict } = await blog.explain(caller, { action: 'create' });
        if (verdict !== 'depends') expect(verdict).toBe(created ? 'allowed' : 'denied');
      }),
      { numRuns: database === 'sqlite' ? 120 : 40 },
    );
    // Otherwise it would have compared refusals with refusals.
    for (const action of ['read', 'update', 'delete']) {
      expect(seen.get(`${action} allowed`)).toBeGreaterThan(50);
      expect(seen.get(`${action} denied`)).toBeGreaterThan(50);
    }
  }, 240_000);
});

type Seen = Map<string, number>;

const note = (seen: Seen, what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

async function succeeds(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'FORBIDDEN') return false;
    throw error;
  }
}

async function stored(blog: Blog, item: string): Promise<Record<string, unknown> | undefined> {
  const rows = await blog.model.rows('select * from posts order by id');
  return rows.find((row) => String(row.id) === item);
}

async function compareRead(blog: Blog, access: Access, item: string, seen: Seen): Promise<void> {
  const explained = await blog.explain(access.accountability, { item });
  let answer: Record<string, Json> | null = null;
  const allowed = await succeeds(async () => {
    answer = await blog.project.items.readOne(access, 'posts', item, QUERY);
  });
  expect(explained.verdict, `read ${item}`).toBe(allowed ? 'allowed' : 'denied');
  note(seen, `read ${explained.verdict}`);
  explained.permissions.forEach(checkTree);
  if (!answer) return;
  const row = await stored(blog, item);
  for (const { name, allowed: readable } of explained.fields) {
    if (!FIELDS.includes(name) || row?.[name] === null) continue;
    expect(answer[name] !== undefined && answer[name] !== null, `read ${name} of ${item}`).toBe(readable);
    const { verdict } = await blog.explain(access.accountability, { item, field: name });
    expect(verdict).toBe(readable ? 'allowed' : 'denied');
  }
}

/** Writes what is there already, so that every item stays as it is. */
async function compareUpdate(blog: Blog, access: Access, item: string, seen: Seen): Promise<void> {
  const row = await stored(blog, item);
  const explained = await blog.explain(access.accountability, { action: 'update', item });
  const allowed: string[] = [];
  for (const field of WRITABLE) {
    const payload = { [field]: (row?.[field] ?? null) as Json };
    const done = await succeeds(() => blog.project.items.update(access, 'posts', item, payload, QUERY));
    if (done) allowed.push(field);
    const { verdict } = await blog.explain(access.accountability, { action: 'update', item, field });
    expect(verdict, `update ${field} of ${item}`).toBe(done ? 'allowed' : 'denied');
    note(seen, `update ${verdict}`);
  }
  const listed = explained.fields.filter((field) => field.allowed).map(({ name }) => name);
  expect(listed.filter((name) => WRITABLE.includes(name))).toEqual(WRITABLE.filter((name) => allowed.includes(name)));
  expect(explained.verdict).toBe(listed.length > 0 ? 'allowed' : 'denied');
}

/** What was deleted is put back. */
async function compareDelete(blog: Blog, access: Access, item: string, seen: Seen): Promise<void> {
  const row = await stored(blog, item);
  const { verdict } = await blog.explain(access.accountability, { action: 'delete', item });
  const comments = await blog.model.rows('select id, post from comments order by id');
  const done = await succeeds(() => blog.project.items.delete(access, 'posts', { keys: [item] }));
  expect(verdict, `delete ${item}`).toBe(done ? 'allowed' : 'denied');
  note(seen, `delete ${verdict}`);
  if (!done || !row) return;
  await blog.insert('posts', row as Record<string, SqlValue>);
  for (const { id, post } of comments) {
    await blog.sql('update comments set post = ? where id = ?', [post as SqlValue, id as SqlValue]);
  }
}

/** What is said of a rule's parts has to add up to what is said of the whole. */
function checkTree({ admits, rule: tree }: ExplainedPermission): void {
  expect(tree.holds).toBe(admits);
  checkNode(tree);
}

function checkNode(node: RuleNode): void {
  if (node.kind === 'relation') {
    if (node.related !== undefined) expect(node.matching).toBeLessThanOrEqual(node.related);
    if (node.quantifier === 'none' && node.rows === undefined && node.matching !== undefined) {
      expect(node.holds).toBe(node.matching === 0);
    }
    checkNode(node.where);
  }
  if (node.kind !== 'all' && node.kind !== 'any') return;
  node.parts.forEach(checkNode);
  if (node.holds === null || node.rows !== undefined) return; // of several rows different ones may meet the parts
  const parts = node.parts.map((part) => part.holds);
  expect(node.holds).toBe(node.kind === 'all' ? parts.every(Boolean) : parts.some(Boolean));
}
