import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../src/app.ts';
import { storedStaticToken } from '../../src/auth/index.ts';
import type { Json } from '../../src/wire/index.ts';
import { DATABASES } from '../started-server.ts';
import { ANN, type Blog, BOB, openBlog } from './blog.ts';

const ROOT = '00000000-0000-4000-8000-0000000000f0';
const EVE = '00000000-0000-4000-8000-0000000000e0';
const REVIEWED = ['directus_policies', 'directus_permissions', 'directus_access', 'directus_roles'];

describe.each(DATABASES)('GET and POST /access/explain, %s', (database) => {
  let blog: Blog;
  let app: FastifyInstance;
  beforeAll(async () => {
    blog = await openBlog(database);
    app = await createServer(blog.project, () => undefined);
    for (const [id, name] of [
      [ROOT, 'root'],
      [EVE, 'eve'],
    ] as const) {
      const token = storedStaticToken(tokenOf(name));
      await blog.insert('directus_users', { id, email: `${name}@example.com`, status: 'active', token });
    }
    await blog.sql('update directus_users set title = ? where id = ?', ['Secretive', ANN]);
  });
  afterAll(async () => {
    await app?.close();
    await blog?.remove();
  });
  beforeEach(async () => {
    await blog.revokeAll();
    await blog.policy('Root', { user: ROOT }, { admin_access: database === 'sqlite' ? 1 : 'true' });
  });

  const tokenOf = (name: string): string => `a-static-token-of-${name}`;
  const headers = (name: string | null): Record<string, string> =>
    name === null ? {} : { authorization: `Bearer ${tokenOf(name)}` };
  const get = async (name: string | null, query: string) => {
    const { statusCode, body } = await app.inject({
      method: 'GET',
      url: `/access/explain?${query}`,
      headers: headers(name),
    });
    return { status: statusCode, body };
  };
  const post = async (name: string | null, payload: object) => {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/access/explain',
      headers: headers(name),
      payload,
    });
    return { status: statusCode, body };
  };
  const dataOf = ({ status, body }: { status: number; body: string }) => {
    expect(status, body).toBe(200);
    return JSON.parse(body).data;
  };
  const reasonOf = ({ body }: { body: string }): string => JSON.parse(body).errors[0].extensions.reason;
  /** What everybody gets who asks for what is not theirs, or not there. */
  const plainRefusal = async (name: string | null) => {
    const { statusCode, body } = await app.inject({ method: 'GET', url: `/items/nowhere/1`, headers: headers(name) });
    expect(statusCode).toBe(403);
    return { status: 403, body };
  };
  /** A policy for Eve that lets her read all policies and so on, and what else is given. */
  const makeReviewer = async (more: readonly (readonly [collection: string, rule: Json, fields: string])[] = []) => {
    const policy = await blog.policy('Review', { user: EVE });
    for (const collection of REVIEWED) await blog.permission(policy, 'read', {}, '*', { collection });
    for (const [collection, rule, fields] of more) await blog.permission(policy, 'read', rule, fields, { collection });
  };

  it('administrators get what limen explain says, with the status of the account', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', {
      _and: [{ author: { _eq: '$CURRENT_USER' } }, { secret: { _nnull: true } }],
    });
    const explanation = await blog.explain(blog.as(ANN), { item: '3' });
    for (const user of [ANN, 'ANN@example.com']) {
      const answer = await get('root', `user=${encodeURIComponent(user)}&action=read&collection=posts&item=3`);
      expect(dataOf(answer)).toEqual({ ...JSON.parse(JSON.stringify(explanation)), status: 'active' });
      expect(answer.body).not.toContain('hush');
      expect(answer.body).toContain(BOB);
    }
    const several = dataOf(await get('root', `user=${ANN}&action=read&collection=posts&item=1&fields=title,gone`));
    expect(several).toMatchObject({
      verdict: 'denied',
      reason: 'no-such-field',
      fields: [{ name: 'title', allowed: true }],
    });
    expect(dataOf(await get('root', 'public=true&action=read&collection=posts')).reason).toBe('no-permission');
  });

  it('a member of a role is nobody in particular', async () => {
    const role = await blog.role('Writers');
    const policy = await blog.policy('Writing', { role });
    await blog.permission(policy, 'read', {
      _or: [{ author: { _eq: '$CURRENT_USER' } }, { status: { _eq: 'published' } }],
    });
    for (const named of ['Writers', role]) {
      const ask = async (item: number) =>
        dataOf(await get('root', `role=${named}&action=read&collection=posts&item=${item}`));
      expect(await ask(1)).toMatchObject({ verdict: 'denied', caller: { user: null, roles: [{ id: role }] } });
      expect((await ask(2)).verdict).toBe('allowed');
    }
  });

  it('a share: no more than its role and its author may read', async () => {
    const role = await blog.role('Guests');
    const share = '00000000-0000-4000-8000-00000000005a';
    await blog.sql('delete from directus_shares');
    await blog.insert('directus_shares', {
      id: share,
      name: 'Post 2',
      collection: 'posts',
      item: '2',
      role,
      user_created: ANN,
    });
    await blog.permission(await blog.policy('Guests', { role }), 'read', {}, 'id,title,status,comments');
    const ask = async (item: number) =>
      dataOf(await get('root', `share=${share}&action=read&collection=posts&item=${item}`));
    expect((await ask(2)).verdict).toBe('denied');
    await blog.permission(await blog.policy('Members', { user: ANN }), 'read', {}, 'id,title,comments');
    const answer = await ask(2);
    expect(answer).toMatchObject({ verdict: 'allowed', caller: { user: null, roles: [{ id: role }] } });
    expect(
      answer.fields.filter(({ allowed }: { allowed: boolean }) => allowed).map(({ name }: { name: string }) => name),
    ).toEqual(['id', 'title', 'comments']);
    expect(answer.notes.join()).toContain('its author');
    expect((await ask(3)).verdict).toBe('denied');
    await blog.permission(await blog.policy('More', { user: ANN }), 'read', {}, '*', { collection: 'comments' });
    await blog.permission(await blog.policy('More', { role }), 'read', {}, '*', { collection: 'comments' });
    // Comments come along with their post, and can't be asked for.
    expect(dataOf(await get('root', `share=${share}&action=read&collection=comments`)).verdict).toBe('denied');
    await makeReviewer([
      ['posts', {}, '*'],
      ['directus_shares', {}, '*'],
    ]);
    expect(dataOf(await get('eve', `share=${share}&action=read&collection=posts&item=2`)).verdict).toBe('depends');
    const made = await get('root', `share=${share}&action=create&collection=posts`);
    expect(dataOf(made).verdict).toBe('denied');
    await blog.sql(`update directus_shares set role = null`);
    await blog.policy('Anybody', {});
    expect((await ask(2)).policies).toEqual([]);
  });

  it.each([['public'], ['eve']])('tells nothing to who may not read the policies: %s', async (name) => {
    const caller = name === 'public' ? null : name;
    const refusal = await plainRefusal(caller);
    const queries = ['', 'user=x', `user=${ANN}&action=read&collection=posts`, 'public=1&action=nothing'];
    for (const query of queries) expect(await get(caller, query)).toEqual(refusal);
    expect(await post(caller, { user: ANN, action: 'read', collection: 'posts' })).toEqual(refusal);
    if (caller === null) return;
    // Nearly all of it is not enough.
    const policy = await blog.policy('Half', { user: EVE });
    await blog.permission(policy, 'read', {}, '*', { collection: 'posts' });
    for (const collection of REVIEWED.slice(0, 3)) await blog.permission(policy, 'read', {}, '*', { collection });
    expect(await get(caller, 'public=1&action=read&collection=posts')).toEqual(refusal);
    await blog.permission(policy, 'read', { name: { _neq: 'Top' } }, '*', { collection: 'directus_roles' });
    expect(await get(caller, 'public=1&action=read&collection=posts')).toEqual(refusal);
    await blog.revokeAll();
    await makeReviewer([['posts', {}, '*']]);
    expect(dataOf(await get(caller, 'public=1&action=read&collection=posts')).verdict).toBe('denied');
  });

  it('who is no administrator asks about what they may read themselves, and learns of nothing else', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { views: { _lt: 100 } });
    await makeReviewer([
      ['posts', { status: { _eq: 'published' } }, 'id,title,status'],
      ['directus_users', { id: { _eq: ANN } }, 'id,email,role,status'],
    ]);
    const refusal = await plainRefusal('eve');
    const ask = (query: string) => get('eve', `action=read&${query}`);
    expect(await ask(`user=${BOB}&collection=posts`)).toEqual(refusal); // a user out of sight
    expect(await ask(`user=${ROOT.replace('f0', 'f9')}&collection=posts`)).toEqual(refusal); // nobody
    expect(await ask(`user=${ANN}&collection=categories`)).toEqual(refusal); // a collection out of sight
    expect(await ask(`user=${ANN}&collection=nowhere`)).toEqual(refusal);
    expect(await ask(`user=${ANN}&collection=posts&field=views`)).toEqual(refusal);
    expect(await ask(`user=${ANN}&collection=posts&item=1`)).toEqual(refusal); // an item out of sight
    expect(await ask(`user=${ANN}&collection=posts&item=99`)).toEqual(refusal);
    expect(await post('eve', { user: ANN, action: 'create', collection: 'posts', payload: {} })).toEqual(refusal);
    // The item is in sight, but not what the rule compares: neither its value nor whether it holds.
    for (const item of [2, 3]) {
      const withheld = dataOf(await ask(`user=${ANN}&collection=posts&item=${item}`));
      expect(withheld).toMatchObject({ verdict: 'depends', permissions: [{ admits: null, rule: { holds: null } }] });
      expect(withheld.permissions[0].rule).not.toHaveProperty('stored');
      expect(withheld.notes.join()).toContain('may not read');
      expect(withheld.fields.map(({ name }: { name: string }) => name)).toEqual(['id', 'title', 'status']);
    }
    await makeReviewer([['posts', {}, '*']]);
    const told = dataOf(await ask(`user=${ANN}&collection=posts&item=3`));
    expect(told).toMatchObject({ verdict: 'denied', permissions: [{ rule: { stored: 300, holds: false } }] });
    // Stars are all that is read of a secret; whether it meets a condition would tell more.
    await blog.permission(policy, 'read', { secret: { _nnull: true } });
    expect(dataOf(await ask(`user=${ANN}&collection=posts&item=3`)).verdict).toBe('depends');
    expect(dataOf(await get('root', `user=${ANN}&action=read&collection=posts&item=3`)).verdict).toBe('allowed');
  });

  it('nor of what variables take from somebody else, or of what lies behind relations', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { title: { _neq: '$CURRENT_USER.title' } }, '*', {
      presets: { title: '$CURRENT_USER.title' },
    });
    await makeReviewer([
      ['posts', {}, '*'],
      ['directus_users', {}, 'id,email,role,status'],
    ]);
    const ask = () => get('eve', `user=${ANN}&action=read&collection=posts&item=2`);
    const withheld = await ask();
    expect(dataOf(withheld)).toMatchObject({
      verdict: 'depends',
      permissions: [{ presets: {}, rule: { holds: null } }],
    });
    expect(withheld.body).not.toContain('Secretive');
    await blog.permission(await blog.policy('More', { user: EVE }), 'read', {}, 'title', {
      collection: 'directus_users',
    });
    const told = await ask();
    expect(dataOf(told).verdict).toBe('allowed');
    expect(told.body).toContain('Secretive');
    await blog.revokeAll();
    await blog.permission(await blog.policy('Members', { user: ANN }), 'read', { category: { name: { _eq: 'News' } } });
    await makeReviewer([
      ['posts', {}, '*'],
      ['directus_users', {}, 'id,email,role,status'],
    ]);
    expect(dataOf(await ask()).verdict).toBe('depends');
    await blog.permission(await blog.policy('More', { user: EVE }), 'read', {}, '*', { collection: 'categories' });
    expect(dataOf(await ask())).toMatchObject({
      verdict: 'denied',
      permissions: [{ rule: { where: { stored: 'Notes' } } }],
    });
  });

  it.each([
    ['action=read&collection=posts', '"public"'],
    [`user=${ANN}&role=x&action=read&collection=posts`, 'Exactly one'],
    ['public=perhaps&action=read&collection=posts', '"public"'],
    ['public=1&collection=posts', '"action" is missing'],
    ['public=1&action=look&collection=posts', '"action" has to be one of'],
    ['public=1&action=read', '"collection" is missing'],
    ['public=1&action=read&collection[]=posts', '"collection" has to be a text'],
    ['public=1&action=create&collection=posts&item=1', '"item"'],
    ['public=1&action=delete&collection=posts&field=title', '"fields"'],
    ['public=1&action=read&collection=posts&ip=here', '"ip"'],
    ['public=1&action=read&collection=posts&itme=3', '"itme"'],
    ['public=1&action=read&collection=posts&payload=3', '"payload"'],
    ['user=nobody@example.com&action=read&collection=posts', '"user" names nobody'],
    ['role=Nobodies&action=read&collection=posts', '"role"'],
    ['share=none&action=read&collection=posts', '"share" names nobody'],
  ])('parameters are checked: %s', async (query, text) => {
    const answer = await get('root', query);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).errors[0].extensions.code).toBe('INVALID_QUERY');
    expect(reasonOf(answer)).toContain(text);
  });

  it('values: what is refused, added and wrong, and nothing of it stays', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'create', { status: { _neq: 'published' } }, 'title,status', {
      presets: { author: '$CURRENT_USER' },
      validation: { title: { _nempty: true } },
    });
    await blog.permission(policy, 'update', { author: { _eq: '$CURRENT_USER' } }, 'title', {
      validation: { title: { _nempty: true } },
    });
    const before = await blog.model.rows('select * from posts order by id');
    const ask = async (more: object) => dataOf(await post('root', { user: ANN, collection: 'posts', ...more }));
    const create = (payload: object) => ask({ action: 'create', payload });
    const update = (item: number, payload: object) => ask({ action: 'update', item, payload });
    expect(await create({ title: 'New', status: 'draft' })).toMatchObject({
      verdict: 'allowed',
      payload: { refused: [], added: { author: ANN }, failing: [] },
    });
    expect(await create({ title: 'New', views: 3 })).toMatchObject({
      verdict: 'denied',
      reason: 'field-not-listed',
      payload: { refused: ['views'] },
    });
    expect(await create({ title: '' })).toMatchObject({
      verdict: 'denied',
      reason: 'validation-fails',
      payload: { failing: [{ field: 'title', type: 'nempty' }] },
    });
    expect(await create({ title: 'New', status: 'published' })).toMatchObject({ reason: 'no-rule-admits' });
    expect(await create({ id: 1, title: 'New' })).toMatchObject({ verdict: 'denied', payload: { refused: ['id'] } });
    expect(await update(1, { title: 'Other' })).toMatchObject({ verdict: 'allowed' });
    expect(await update(1, { title: '' })).toMatchObject({ reason: 'validation-fails' });
    expect(await update(1, { title: 'Other', status: 'draft' })).toMatchObject({ reason: 'field-not-listed' });
    expect(await update(3, { title: 'Other' })).toMatchObject({ verdict: 'denied', reason: 'no-rule-admits' });
    expect(await blog.model.rows('select * from posts order by id')).toEqual(before);
    const [activity] = await blog.model.rows('select count(*) as n from directus_activity');
    expect(Number(activity?.n)).toBe(0);
    const wrong = await post('root', { user: ANN, action: 'read', collection: 'posts', payload: {} });
    expect(wrong).toMatchObject({ status: 400 });
    expect(reasonOf(wrong)).toContain('"payload"');
  });

  it('no question is a fault', async () => {
    const policy = await blog.policy('Members', { user: ANN });
    await blog.permission(policy, 'read', { author: { _eq: '$CURRENT_USER' } });
    await blog.permission(policy, 'update', { views: { _lt: 5 } });
    const odd = fc.constantFrom<unknown>(
      '\u0000',
      '\ud800',
      "' or 1=1",
      '1e999',
      '-0',
      '9'.repeat(50),
      '',
      null,
      [],
      {},
      1e308,
    );
    const of = (...likely: unknown[]) => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...likely) }, odd);
    const question = fc.record(
      {
        user: of(ANN, 'ann@example.com'),
        action: of('read', 'create', 'update', 'delete', 'share'),
        collection: of('posts', 'comments', 'homepage', 'folder', 'directus_users', 'directus_settings'),
        item: of(1, '2', ANN, undefined),
        fields: of(['title'], 'title,comments', undefined),
        ip: of('10.0.0.1', '::1', undefined),
        payload: of({ title: 'x' }, { title: '\u0000', views: '\ud800' }, undefined),
      },
      { requiredKeys: ['user', 'action', 'collection'] },
    );
    await fc.assert(
      fc.asyncProperty(question, async (asked) => {
        const answer = await post('root', asked);
        expect([200, 400], answer.body).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
  });
});
