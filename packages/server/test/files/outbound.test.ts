import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AddressRules, OutboundClient, OutboundError, OutboundTooLarge } from '../../src/kernel/outbound/index.ts';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { differences, openContents } from '../stored-contents.ts';
import { FileClient, makeUser, storedFiles } from './file-client.ts';

const DEFAULTS = { denied: ['0.0.0.0', '169.254.169.254'], allowed: [] };

describe('addresses that may be asked', () => {
  const rules = new AddressRules(DEFAULTS);

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.0.0.2', '127.255.255.254', '169.254.169.254'],
    ...['169.254.170.2', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
    ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::', '2002:a9fe:a9fe::', '3fff::1'],
    ...[
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      'localhost',
      '',
      '1.2.3',
      '0x7f.1',
    ],
  ])('are not %j', (address) => expect(rules.permits(address)).toBe(false));

  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
    'are %s',
    (address) => expect(rules.permits(address)).toBe(true),
  );

  it('are none of this machine', () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
    expect(own.length).toBeGreaterThan(0);
    for (const address of own) expect(rules.permits(address)).toBe(false);
  });

  it('are those that are allowed, unless they are denied by name', () => {
    const lists = { denied: ['0.0.0.0', '10.0.0.5', '10.1.0.0-10.1.0.9'], allowed: ['10.0.0.0/8', '127.0.0.1'] };
    const some = new AddressRules(lists);
    const addresses = ['10.0.0.1', '10.0.0.5', '10.1.0.3', '10.1.0.10', '127.0.0.1', '127.0.0.2', '192.168.0.1'];
    expect(addresses.filter((address) => some.permits(address))).toEqual(['10.0.0.1', '10.1.0.10', '127.0.0.1']);
    expect(new AddressRules({ denied: ['uniquelocal', '8.8.8.8'], allowed: [] }).permits('8.8.8.8')).toBe(false);
  });
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let asked: string[] = [];
let handle: Handler = (_, response) => response.end('contents');
let neighbour: Server;
let port: number;

beforeAll(async () => {
  neighbour = createServer((request, response) => {
    asked.push(request.url ?? '');
    handle(request, response);
  });
  await new Promise<void>((done) => neighbour.listen(0, '127.0.0.1', done));
  port = (neighbour.address() as AddressInfo).port;
});
beforeEach(() => {
  asked = [];
});
afterEach(() => {
  handle = (_, response) => response.end('contents');
});
afterAll(() => {
  neighbour.closeAllConnections();
  neighbour.close();
});

describe('the outbound client', () => {
  const client = new OutboundClient({ ...DEFAULTS, allowed: ['127.0.0.1'] });
  const options = { maxBytes: 1_000, timeoutMs: 2_000 };
  const get = async (path: string) => text((await client.get(`http://127.0.0.1:${port}${path}`, options)).body);

  it('reads what it may ask for', async () => expect(await get('/a')).toBe('contents'));

  it.each([
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://0/',
    'http://[::]/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://①②⑦.0.0.1/',
    'http://127。0。0。1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://user:password@8.8.8.8/',
    'file:///etc/passwd',
    'ftp://8.8.8.8/',
    'gopher://8.8.8.8/',
    'data:text/plain,x',
    'javascript:alert(1)',
    '//8.8.8.8/',
    'nonsense',
    `http://8.8.8.8/${'a'.repeat(3_000)}`,
  ])('does not ask %s', async (address) => {
    const guarded = new OutboundClient(DEFAULTS);
    const withPort = address.replace(/^(http:\/\/[^/]+)\//, `$1:${port}/`);
    await expect(guarded.get(withPort, options)).rejects.toThrow(OutboundError);
    expect(asked).toEqual([]);
  });

  it.each([
    ['a private address', () => `http://127.0.0.2:${port}/private`, 'may not be asked'],
    ['a private address, relatively', () => `//127.0.0.2:${port}/private`, 'may not be asked'],
    ['another scheme', () => 'file:///etc/passwd', 'is not spoken here'],
    ['credentials', () => `http://a:b@127.0.0.1:${port}/private`, 'holds credentials'],
  ])('does not follow a redirect to %s', async (_, location, reason) => {
    handle = (_request, response) => response.writeHead(302, { location: location() }).end();
    await expect(get('/a')).rejects.toThrow(reason);
    expect(asked).toEqual(['/a']);
  });

  it('goes to the address that was checked, whatever the name server says a moment later', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const names: string[] = [];
    const rebound = new OutboundClient({ ...DEFAULTS, allowed: ['127.0.0.1'] }, async (host) => {
      names.push(host);
      return answers.shift() ?? [];
    });
    const address = `http://rebound.invalid:${port}/a`;
    expect(await text((await rebound.get(address, options)).body)).toBe('contents');
    expect([names, asked]).toEqual([['rebound.invalid'], ['/a']]);
    await expect(rebound.get(address, options)).rejects.toThrow('may not be asked');
    expect(asked).toEqual(['/a']);
  });

  it('does not ask a name of which any address is private', async () => {
    const mixed = new OutboundClient({ ...DEFAULTS, allowed: ['127.0.0.1'] }, async () => ['127.0.0.1', '10.0.0.1']);
    await expect(mixed.get(`http://mixed.invalid:${port}/`, options)).rejects.toThrow('may not be asked');
    expect(asked).toEqual([]);
  });

  it('follows a few redirects, and no loop', async () => {
    handle = ({ url }, response) => {
      const hop = Number(url?.slice(1));
      if (hop < 3) response.writeHead(307, { location: `/${hop + 1}` }).end();
      else response.end('there');
    };
    expect(await get('/0')).toBe('there');
    handle = (_, response) => response.writeHead(302, { location: '/again' }).end();
    await expect(get('/a')).rejects.toThrow(/redirects more than/);
  });

  it('reads no more than it may, said or not', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5_000));
    await expect(get('/said')).rejects.toThrow(OutboundTooLarge);
    handle = (_, response) => {
      response.write('x'.repeat(900));
      response.end('x'.repeat(900));
    };
    await expect(get('/unsaid')).rejects.toThrow(OutboundTooLarge);
  });

  it('waits no longer than it may, for the beginning or for the rest', async () => {
    const hasty = { maxBytes: 1_000, timeoutMs: 200 };
    handle = () => undefined;
    await expect(client.get(`http://127.0.0.1:${port}/silent`, hasty)).rejects.toThrow(OutboundError);
    handle = (_, response) => void response.write('x');
    const { body } = await client.get(`http://127.0.0.1:${port}/slow`, hasty);
    await expect(text(body)).rejects.toThrow();
  });
});

describe.each(DATABASES)('importing files on %s', (database) => {
  let server: StartedServer;
  let admin: FileClient;

  beforeAll(async () => {
    server = await startProject(database, { IMPORT_IP_ALLOW_LIST: '127.0.0.1', FILES_MAX_UPLOAD_SIZE: '10kb' });
    admin = new FileClient(server);
  });
  afterAll(() => discard(server));

  const imported = (client: FileClient, url: unknown, data?: object) =>
    client.json('POST', '/files/import', { url, ...(data ? { data } : {}) });

  it('keeps what an address holds, with what the caller says about it', async () => {
    handle = (_, response) => response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' }).end('a,b');
    const { status, data } = await imported(admin, `http://127.0.0.1:${port}/r%C3%BCck_schau.csv?x=1`, {
      description: 'From there',
    });
    expect(status).toBe(200);
    expect(data).toMatchObject({
      filename_download: 'rück_schau.csv',
      title: 'Rück Schau',
      type: 'text/csv',
      description: 'From there',
    });
    expect((await admin.get(`/assets/${data.id}`)).text).toBe('a,b');
  });

  it('says the same of everything that it cannot have', async () => {
    handle = (request, response) => {
      if (request.url === '/missing') response.writeHead(404).end();
      else response.destroy();
    };
    const addresses = ['missing', 'broken'].map((path) => `http://127.0.0.1:${port}/${path}`);
    addresses.push(
      'http://127.0.0.1:1/',
      'http://10.0.0.1/',
      'http://169.254.169.254/',
      'http://no-such-name.invalid/',
    );
    const before = storedFiles(server);
    const answers = await Promise.all(addresses.map((address) => imported(admin, address)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    expect(new Set(answers.map(({ text: body }) => body)).size).toBe(1);
    expect(storedFiles(server)).toEqual(before);
  });

  it('has the limits of uploads', async () => {
    handle = (_, response) => response.end('x'.repeat(20_000));
    const { status, data } = await imported(admin, `http://127.0.0.1:${port}/large.txt`);
    expect([status, data.code]).toEqual([413, 'CONTENT_TOO_LARGE']);
  });

  it.each([[undefined], [''], [7], [{}], [null]])('takes no %j for an address', async (url) => {
    expect((await imported(admin, url)).data.code).toBe('INVALID_PAYLOAD');
  });

  it('asks nobody for a caller who may not upload, and changes nothing', async () => {
    const reader = await makeUser(admin, 'reader', [{ collection: 'directus_files', action: 'read' }]);
    const contents = await openContents(server.project);
    const before = await contents.read();
    for (const client of [reader, admin.as(null)]) {
      expect((await imported(client, `http://127.0.0.1:${port}/a.txt`)).status).toBe(403);
    }
    expect(asked).toEqual([]);
    expect(differences(before, await contents.read())).toEqual([]);
    await contents.close();
  });
});
