import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Answer, Client, FORBIDDEN, failure, INVALID_PAYLOAD, makeCollection, userWith } from './project.ts';

const CSV = 'text/csv';
const JSON_TYPE = 'application/json';

describe.each(DATABASES)('imports and exports (%s)', (database) => {
  let server: StartedServer;
  let admin: Client;
  const load = (content: unknown, client = admin, collection = 'goods') =>
    client.upload(`/utils/import/${collection}`, 'f.json', JSON_TYPE, JSON.stringify(content));
  const loadCsv = (text: string) => admin.upload('/utils/import/goods', 'f.csv', CSV, text);
  const count = async () => (await admin.get('/items/goods?aggregate[count]=*')).body.data[0].count as number;
  const details = (answer: Answer) =>
    answer.body.errors.map(
      ({ extensions }: { extensions: { code: string; field?: string; rows: { rows: number[] }[] } }) =>
        `${extensions.code} ${extensions.field ?? ''} ${extensions.rows[0]?.rows}`,
    );

  beforeAll(async () => {
    const settings = { IMPORT_MAX_FILE_SIZE: '200kb', MAX_IMPORT_ERRORS: '5', EXPORT_BATCH_SIZE: '10' };
    server = await startProject(database, settings);
    admin = new Client(server);
    await makeCollection(server, 'kinds', [{ field: 'name', type: 'string' }]);
    await makeCollection(server, 'goods', [
      { field: 'name', type: 'string', schema: { is_nullable: false } },
      { field: 'code', type: 'string', schema: { is_unique: true } },
      { field: 'price', type: 'decimal', schema: { numeric_precision: 10, numeric_scale: 2 } },
      { field: 'amount', type: 'integer', schema: { default_value: 3 } },
      { field: 'open', type: 'boolean', meta: { special: ['cast-boolean'] } },
      { field: 'day', type: 'date' },
      { field: 'tags', type: 'csv', meta: { special: ['cast-csv'] } },
      { field: 'more', type: 'json', meta: { special: ['cast-json'] } },
      { field: 'kind', type: 'integer', meta: { special: ['m2o'] } },
    ]);
    const relation = { collection: 'goods', field: 'kind', related_collection: 'kinds', schema: {}, meta: {} };
    expect((await admin.post('/relations', relation)).status).toBe(200);
    await admin.post('/items/kinds', [{ name: 'big' }, { name: 'small' }]);
  });
  afterAll(() => discard(server));

  describe('an import', () => {
    it('reads CSV by the types of the fields', async () => {
      const text = [
        '\ufeffname,code,price,amount,open,day,tags,more,kind,unknown',
        '"a ""quoted"", name",007,12.50,1,TRUE,2024-02-29,"a,b","{""x"":[1]}",1,x',
        '"two\nlines",,,,,,,,,',
        '"", "" '.replaceAll(' ', ''),
        '',
      ].join('\r\n');
      expect((await loadCsv(text)).text).toBe('');
      const { data } = (await admin.get('/items/goods?sort=id&fields=name,code,price,amount,open,day,tags,more,kind'))
        .body;
      const nothing = {
        code: null,
        price: null,
        amount: null,
        open: null,
        day: null,
        tags: null,
        more: null,
        kind: null,
      };
      expect(data).toEqual([
        {
          name: 'a "quoted", name',
          code: '007',
          price: 12.5,
          amount: 1,
          open: true,
          day: '2024-02-29',
          tags: ['a', 'b'],
          more: { x: [1] },
          kind: 1,
        },
        { ...nothing, name: 'two\nlines' },
        { ...nothing, name: '', code: '' },
      ]);
    });

    it('changes what is there, by key, and makes what is not; nested items too', async () => {
      const made = await load([{ id: 900, name: 'nine', kind: { name: 'nested' } }, { name: 'keyless' }]);
      expect(made.status).toBe(200);
      expect((await loadCsv('id,name,kind.name\n900,ten,\n901,eleven,made\n')).status).toBe(200);
      const { data } = (await admin.get('/items/goods?filter[id][_gte]=900&fields=id,name,kind.name&sort=id')).body;
      expect(data).toEqual([
        { id: 900, name: 'ten', kind: null },
        { id: 901, name: 'eleven', kind: { name: 'made' } },
      ]);
    });

    it('is all or nothing, and tells each failure with its rows', async () => {
      const before = await count();
      const rows = [{ name: 'ok' }, { code: 'x' }, { name: 'y', amount: 'many' }, { code: 'z' }, { name: null }];
      const answer = await load(rows);
      expect(answer.status).toBe(400);
      expect(details(answer)).toEqual([
        'FAILED_VALIDATION name 2,4',
        'FAILED_VALIDATION amount 3',
        'FAILED_VALIDATION name 5',
      ]);
      expect(answer.body.errors[0].extensions).not.toHaveProperty('path');
      const twice = await load([{ name: 'a', code: 'same' }, { name: 'b', code: 'same' }, { name: 'c' }]);
      expect(details(twice)).toEqual(['RECORD_NOT_UNIQUE code 2']);
      expect(details(await load([{ name: 'a', kind: 4711 }]))).toHaveLength(1);
      expect(await count()).toBe(before);
    });

    it('stops after so many failures', async () => {
      const answer = await load(Array.from({ length: 50 }, () => ({ code: 'x' })));
      expect(details(answer)).toEqual(['FAILED_VALIDATION name 1,2,3,4,5']);
    });

    it('is refused for what can not be read', async () => {
      const before = await count();
      const broken = [
        '',
        '{"name":"x"}',
        '[{"name":"x"}',
        '[{"name":"x"},]',
        '[{"name":"x"}] x',
        '[1]',
        '[{"name":}]',
        '[[]]',
      ];
      for (const text of [...broken, '[{"__proto__":{"name":"x"},"name":"y"}]', '[{"\\u005f_proto__":{}}]']) {
        const answer = await admin.upload('/utils/import/goods', 'f.json', JSON_TYPE, text);
        expect(failure(answer), text).toEqual(INVALID_PAYLOAD);
      }
      for (const text of [
        'name\n"open',
        'name\na"b"',
        'name\n"a"b',
        'name,name\na,b',
        'name,\na,b',
        'name\na,b',
        '__proto__.x\n1',
      ])
        expect(failure(await loadCsv(text)), text).toEqual(INVALID_PAYLOAD);
      const bytes = new Uint8Array([0x6e, 0x0a, 0xff, 0xfe]);
      expect(failure(await admin.upload('/utils/import/goods', 'f.csv', CSV, bytes))).toEqual(INVALID_PAYLOAD);
      expect(failure(await admin.post('/utils/import/goods', []))).toEqual(INVALID_PAYLOAD);
      expect(failure(await load([{ project_name: 'x' }], admin, 'directus_settings'))).toEqual(INVALID_PAYLOAD);
      const other = await admin.upload('/utils/import/goods', 'f.xlsx', 'application/zip', 'PK');
      expect(failure(other)).toEqual({ status: 415, codes: ['UNSUPPORTED_MEDIA_TYPE'] });
      const large = await loadCsv(`name\n${'x'.repeat(250_000)}`);
      expect(failure(large)).toEqual({ status: 413, codes: ['CONTENT_TOO_LARGE'] });
      expect((await admin.upload('/utils/import/goods', 'f.json', JSON_TYPE, ' [ ] ')).status).toBe(200);
      expect((await loadCsv('')).status).toBe(200);
      expect(await count()).toBe(before);
    });

    it('gives the rights that writing each item would take', async () => {
      const before = await count();
      const permission = (action: string, more: object = {}) => ({ collection: 'goods', action, ...more });
      const named = permission('create', { fields: ['name'] });
      const cases: [string, object[], object[]][] = [
        ['reader', [permission('read')], [{ name: 'x' }]],
        ['namer', [named], [{ name: 'ok' }, { name: 'x', price: 1 }]],
        ['maker', [permission('create')], [{ name: 'ok' }, { id: 900, name: 'x' }]],
        ['changer', [permission('update')], [{ id: 900, name: 'ok' }, { name: 'x' }]],
        ['nearby', [permission('update', { permissions: { id: { _eq: 901 } } })], [{ id: 900, name: 'x' }]],
      ];
      for (const [name, permissions, rows] of cases) {
        const { client } = await userWith(server, `import-${name}`, permissions as never);
        expect(failure(await load(rows, client)), name).toEqual(FORBIDDEN);
      }
      for (const name of ['nowhere', 'directus_fields', 'directus_sessions', 'directus_activity', 'directus_files'])
        expect(failure(await load([{ name: 'x' }], admin, name)), name).toEqual(FORBIDDEN);
      expect(failure(await load([{ name: 'x' }], new Client(server, null)))).toEqual(FORBIDDEN);
      expect(await count()).toBe(before);
      const { client } = await userWith(server, 'import-good', [named]);
      expect((await load([{ name: 'mine' }], client)).status).toBe(200);
    });

    it('of users stores no password as it is written', async () => {
      const user = { email: 'imported@example.com', password: 'a-password-of-an-import' };
      expect((await load([user], admin, 'directus_users')).status).toBe(200);
      const login = await admin.post('/auth/login', user);
      expect(login.status).toBe(200);
    });
  });

  describe('an export', () => {
    beforeAll(async () => {
      const fields = [
        { field: 'text', type: 'string' },
        { field: 'more', type: 'json', meta: { special: ['cast-json'] } },
        { field: 'big', type: 'bigInteger' },
        { field: 'parent', type: 'integer', meta: { special: ['m2o'] } },
      ];
      await makeCollection(server, 'rows', fields);
      await admin.post('/relations', {
        collection: 'rows',
        field: 'parent',
        related_collection: 'rows',
        schema: {},
        meta: {},
      });
      const rows = Array.from({ length: 35 }, (_, i) => ({
        text: i === 3 ? null : `t${i + 1}`,
        more: { a: i },
        big: '9007199254740993',
        parent: i > 0 ? i : null,
      }));
      await admin.post('/items/rows', rows);
    });

    it('longer than a batch says what the list says, in every format', async () => {
      const query = 'limit=-1&fields=id,text,more,big,parent.id,parent.text&sort=-id&filter[id][_gt]=1';
      const list = (await admin.get(`/items/rows?${query}`)).body.data;
      const json = await admin.get(`/items/rows?${query}&export=json`);
      expect(json.body).toEqual(list);
      expect(json.headers.get('content-disposition')).toMatch(/^attachment; filename="rows \d{8}-\d{6}\.json"$/);
      const csv = (await admin.get(`/items/rows?${query}&export=csv`)).text.split('\n');
      expect(csv[0]).toBe('"id","text","more","big","parent.id","parent.text"');
      expect(csv).toHaveLength(35);
      expect(csv[31]).toBe('5,"t5","{""a"":4}","9007199254740993",4,');
      const { parse } = await import('yaml');
      expect(parse((await admin.get(`/items/rows?${query}&export=yaml`)).text)).toEqual(list);
      const xml = (await admin.get(`/items/rows?${query}&export=xml`)).text;
      expect(xml.match(/<id>/g)).toHaveLength(68);
      expect(xml.endsWith('</data>\n')).toBe(true);
    });

    it('of nothing is empty, in the words of each format', async () => {
      const of = async (format: string) => (await admin.get(`/items/rows?limit=-1&filter[id]=0&export=${format}`)).text;
      expect([await of('json'), await of('csv'), await of('yaml')]).toEqual(['[]', '', '[]\n']);
    });

    it('of groups, of one item and by SEARCH', async () => {
      const groups = await admin.get('/items/rows?aggregate[count]=*&groupBy[]=text&limit=1&sort=-text&export=csv');
      expect(groups.text).toBe('"text","count"\n"t9",1');
      expect((await admin.get('/items/rows/1?fields=id,text&export=csv')).text).toBe('"id","text"\n1,"t1"');
      expect((await admin.get('/items/rows/1?fields=id&export=json')).body).toEqual({ id: 1 });
    });

    it('shows no more than the list, and fails like it', async () => {
      const permissions = { id: { _lte: 2 } };
      const { client } = await userWith(server, 'export-some', [
        { collection: 'rows', action: 'read', fields: ['id', 'text'], permissions },
      ]);
      expect((await client.get('/items/rows?limit=-1&sort=id&export=csv')).text).toBe('"id","text"\n1,"t1"\n2,"t2"');
      for (const query of ['fields=big', 'sort=big', 'filter[big][_nnull]=true', 'fields=parent.big']) {
        const answer = await client.get(`/items/rows?limit=-1&export=csv&${query}`);
        expect(failure(answer), query).toEqual(FORBIDDEN);
        expect(answer.headers.get('content-disposition')).toBe(null);
      }
      expect(failure(await client.get('/items/goods?limit=-1&export=csv'))).toEqual(FORBIDDEN);
    });

    it('ends when the caller leaves, so that the next ones find room', async () => {
      for (let i = 0; i < 8; i++) {
        const stop = new AbortController();
        const answer = await fetch(
          `${server.url}/items/rows?limit=-1&export=json&access_token=admin-static-token-0123456789`,
          {
            signal: stop.signal,
          },
        );
        expect(answer.status).toBe(200);
        stop.abort();
      }
      const answers = await Promise.all(Array.from({ length: 8 }, () => admin.get('/items/rows?limit=-1&export=csv')));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    });

    it('into a file is a file with the same content', async () => {
      const query = { fields: ['id', 'text'], sort: ['id'] };
      const made = await admin.post('/utils/export/rows', { format: 'csv', query, file: { title: 'All of them' } });
      expect([made.status, made.text]).toEqual([204, '']);
      const [file] = (await admin.get('/files?fields=id,title,type,filename_download&sort=-uploaded_on&limit=1')).body
        .data;
      expect(file).toMatchObject({ title: 'All of them', type: 'text/csv' });
      expect(file.filename_download).toMatch(/^rows \d{8}-\d{6}\.csv$/);
      const content = (await admin.get(`/assets/${file.id}`)).text;
      expect(content).toBe((await admin.get('/items/rows?fields=id,text&sort=id&limit=-1&export=csv')).text);
    });

    it('into a file takes the rights to read the items and to make files', async () => {
      const body = { format: 'json', query: { fields: ['id'] } };
      const rows = { collection: 'rows', action: 'read', fields: ['id'] };
      const files = { collection: 'directus_files', action: 'create' };
      const number = async () => (await admin.get('/files?aggregate[count]=*')).body.data[0].count;
      const before = await number();
      for (const [name, permissions, sent] of [
        ['read', [rows], body],
        ['file', [files], body],
        ['fields', [rows, files], { ...body, query: { fields: ['text'] } }],
      ] as const) {
        const { client } = await userWith(server, `file-${name}`, permissions);
        expect(failure(await client.post('/utils/export/rows', sent)), name).toEqual(FORBIDDEN);
      }
      for (const bad of [{}, { format: 'pdf', query: {} }, { format: 'csv' }, { format: 'csv', query: [], file: {} }])
        expect(failure(await admin.post('/utils/export/rows', bad))).toEqual(INVALID_PAYLOAD);
      expect(await number()).toBe(before);
    });
  });
});
