import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, type Database, discard } from '../started-server.ts';
import { type Adopted, adopt } from './adopted.ts';

const views = (database: Database): string => `
  CREATE TABLE orders (id integer PRIMARY KEY, customer varchar(20), total integer, cancelled boolean DEFAULT false);
  INSERT INTO orders (id, customer, total) VALUES (1, 'ann', 10), (2, 'ann', 20), (3, 'bob', 5);
  CREATE TABLE lines (id integer PRIMARY KEY, "order" integer, what text);
  INSERT INTO lines VALUES (1, 1, 'pen'), (2, 1, 'ink'), (3, 3, 'cup');
  CREATE VIEW large_orders AS SELECT id, customer, total, total * 2 AS doubled FROM orders WHERE total >= 10;
  CREATE VIEW customers AS SELECT customer, sum(total) AS total FROM orders GROUP BY customer;
  ${
    database === 'postgres'
      ? 'CREATE MATERIALIZED VIEW kept_orders AS SELECT id, total FROM orders'
      : 'CREATE VIEW kept_orders AS SELECT id, total FROM orders; CREATE VIEW broken AS SELECT id FROM gone'
  };`;

describe.each(DATABASES)('views of %s', (database) => {
  let adopted: Adopted;
  const ask: Adopted['ask'] = (...parts) => adopted.ask(...parts);
  beforeAll(async () => {
    adopted = await adopt(database, views(database));
  });
  afterAll(() => discard(adopted?.server));

  it('with an id are collections that can be read', async () => {
    expect((await ask('GET', '/items/large_orders')).data).toEqual([
      { id: 1, customer: 'ann', total: 10, doubled: 20 },
      { id: 2, customer: 'ann', total: 20, doubled: 40 },
    ]);
    expect((await ask('GET', '/items/large_orders/2?fields=total')).data).toEqual({ total: 20 });
    expect((await ask('GET', '/items/large_orders?filter[doubled][_gt]=20&aggregate[sum]=total')).data).toEqual([
      { sum: { total: 20 } },
    ]);
    expect((await ask('GET', '/items/kept_orders?sort=-id&limit=1')).data).toEqual([{ id: 3, total: 5 }]);
    expect((await ask('GET', '/collections/large_orders')).data).toMatchObject({
      meta: null,
      schema: { name: 'large_orders' },
    });
    expect((await ask('GET', '/fields/large_orders/id')).data).toMatchObject({
      type: 'integer',
      schema: { is_primary_key: true },
    });
  });

  it('without an id, or of tables that are gone, are left out', async () => {
    expect((await ask('GET', '/items/customers')).code).toBe('FORBIDDEN');
    expect(adopted.server.output()).toContain('View "customers" is not served: it has no column "id".');
    expect((await ask('GET', '/items/broken')).code).toBe('FORBIDDEN');
    expect((await ask('POST', '/collections', { collection: 'customers', schema: {}, meta: {} })).code).toBe(
      'INVALID_PAYLOAD',
    );
  });

  it('can be written by nobody', async () => {
    const refused = async (method: string, path: string, body?: unknown) => (await ask(method, path, body)).code;
    expect(await refused('POST', '/items/large_orders', { id: 9, total: 50 })).toBe('FORBIDDEN');
    expect(await refused('PATCH', '/items/large_orders/1', { total: 50 })).toBe('FORBIDDEN');
    expect(await refused('DELETE', '/items/large_orders/1')).toBe('FORBIDDEN');
    expect(await refused('DELETE', '/items/large_orders', { query: { limit: -1 } })).toBe('FORBIDDEN');
    const own = (await ask('GET', '/permissions/me')).data.large_orders;
    expect(own).toMatchObject({ read: { access: 'full' }, update: { access: 'none' }, delete: { access: 'none' } });
    const answer = await fetch(`${adopted.server.url}/server/specs/oas`, {
      headers: { authorization: 'Bearer admin-static-token-0123456789' },
    });
    const { paths } = (await answer.json()) as { paths: Record<string, object> };
    expect(Object.keys(paths['/items/large_orders'] ?? {})).toEqual(['get']);
  });

  it('keep their columns, and take what is not in them', async () => {
    const code = async (method: string, path: string, body?: unknown) => (await ask(method, path, body)).code;
    expect(await code('POST', '/fields/large_orders', { field: 'x', type: 'integer', meta: {} })).toBe(
      'INVALID_PAYLOAD',
    );
    expect(await code('PATCH', '/fields/large_orders/total', { schema: { is_nullable: false } })).toBe(
      'INVALID_PAYLOAD',
    );
    expect(await code('DELETE', '/fields/large_orders/total')).toBe('INVALID_PAYLOAD');
    expect(await code('DELETE', '/collections/large_orders')).toBe('INVALID_PAYLOAD');
    const relation = {
      collection: 'lines',
      field: 'order',
      related_collection: 'large_orders',
      meta: { one_field: 'lines' },
    };
    expect(await code('POST', '/relations', relation)).toBe('INVALID_PAYLOAD');
    expect(await code('POST', '/relations', { ...relation, schema: null })).toBeNull();
    expect(
      await code('POST', '/fields/large_orders', { field: 'lines', type: 'alias', meta: { special: ['o2m'] } }),
    ).toBeNull();
    expect(await code('PATCH', '/fields/large_orders/total', { meta: { note: 'Cents' } })).toBeNull();
    expect(await code('PATCH', '/collections/large_orders', { meta: { icon: 'eye' } })).toBeNull();
    expect((await ask('GET', '/items/large_orders?fields=id,lines.what')).data).toEqual([
      { id: 1, lines: [{ what: 'pen' }, { what: 'ink' }] },
      { id: 2, lines: [] },
    ]);
    expect((await ask('GET', '/items/lines?fields=order.doubled')).data).toEqual([
      { order: { doubled: 20 } },
      { order: { doubled: 20 } },
      { order: null },
    ]);
    expect(await code('DELETE', '/fields/large_orders/lines')).toBeNull();
  });

  it('are no part of a snapshot', async () => {
    const { data } = await ask('GET', '/schema/snapshot');
    expect(JSON.stringify(data)).not.toContain('large_orders');
    expect((await ask('POST', '/schema/diff', data)).status).toBe(204);
  });

  it('stay when their tables change, or say why these can not', async () => {
    expect((await ask('POST', '/fields/orders', { field: 'note', type: 'text', meta: {} })).message).toBe('');
    expect((await ask('PATCH', '/fields/orders/customer', { schema: { is_nullable: false } })).message).toBe('');
    expect((await ask('GET', '/items/large_orders/1?fields=customer')).data).toEqual({ customer: 'ann' });
    expect((await ask('DELETE', '/collections/orders')).code).toBe('INVALID_PAYLOAD');
    expect((await ask('DELETE', '/fields/orders/total')).code).toBe('INVALID_PAYLOAD');
    expect((await ask('GET', '/items/orders/1')).data).toMatchObject({ total: 10 });
  });
});
