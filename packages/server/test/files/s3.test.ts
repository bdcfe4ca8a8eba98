import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/index.ts';
import { S3Storage } from '../../src/files/storage/s3.ts';
import { StorageError } from '../../src/files/storage/types.ts';
import { EMPTY_SHA256, signedHeaders } from '../../src/kernel/aws-signature.ts';
import { discard, type StartedServer, startProject } from '../started-server.ts';
import { FileClient, form, storedFiles } from './file-client.ts';

/** The examples of the Amazon S3 API Reference, "Signature Calculations for the Authorization Header". */
describe('signatures', () => {
  const credentials = {
    key: 'AKIAIOSFODNN7EXAMPLE',
    secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
  };
  const now = Date.UTC(2013, 4, 24);
  const host = 'https://examplebucket.s3.amazonaws.com';

  it.each([
    [
      'GET',
      '/test.txt',
      { range: 'bytes=0-9' },
      EMPTY_SHA256,
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT',
      '/test%24file.text',
      { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      createHash('sha256').update('Welcome to Amazon S3.').digest('hex'),
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    ['GET', '/?lifecycle', {}, EMPTY_SHA256, 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'],
    [
      'GET',
      '/?max-keys=2&prefix=J',
      {},
      EMPTY_SHA256,
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('%s %s', (method, path, headers, payloadSha256, signature) => {
    const request = { method, url: new URL(host + path), headers: { ...headers }, payloadSha256 };
    expect(signedHeaders('s3', request, credentials, now).authorization).toMatch(new RegExp(`Signature=${signature}$`));
  });
});

const KEYS = { STORAGE_CLOUD_KEY: 'S3RVER', STORAGE_CLOUD_SECRET: 'S3RVER', STORAGE_CLOUD_BUCKET: 'pictures' };

describe('a bucket', () => {
  let folder: string;
  let service: S3rver;
  let settings: Record<string, string>;
  let server: StartedServer | undefined;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'limen-s3-'));
    const buckets = [{ name: 'pictures', configs: [] }];
    service = new S3rver({
      port: 0,
      address: '127.0.0.1',
      silent: true,
      directory: join(folder, 'buckets'),
      configureBuckets: buckets,
    });
    const { port } = (await service.run()) as AddressInfo;
    settings = {
      STORAGE_LOCATIONS: 'cloud,local',
      STORAGE_CLOUD_DRIVER: 's3',
      STORAGE_CLOUD_ENDPOINT: `http://127.0.0.1:${port}`,
      STORAGE_CLOUD_FORCE_PATH_STYLE: 'true',
      STORAGE_CLOUD_ROOT: 'site',
      ...KEYS,
    };
  });
  afterAll(async () => {
    await discard(server);
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open(changes: Record<string, string> = {}): S3Storage {
    const { storage } = loadConfig({ env: { ...settings, ...changes }, cwd: folder });
    const [location] = storage;
    if (!location) throw new Error('no location');
    return new S3Storage(location, folder);
  }

  function spooled(content: Buffer) {
    const path = join(folder, 'spooled');
    writeFileSync(path, content);
    return { path, sizeBytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }

  it('gives back what it was given, also in part', async () => {
    const bucket = open();
    const content = randomBytes(3_000_000);
    await bucket.put('a b+c (1)/ä.bin', spooled(content), 'application/octet-stream');
    const object = await bucket.open('a b+c (1)/ä.bin');
    expect(object?.sizeBytes).toBe(3_000_000);
    expect(Buffer.compare(await buffer(await object!.read(null)), content)).toBe(0);
    const part = await buffer(await object!.read({ start: 1_000, end: 1_999 }));
    expect(Buffer.compare(part, content.subarray(1_000, 2_000))).toBe(0);
    await bucket.remove('a b+c (1)/ä.bin');
    expect(await bucket.open('a b+c (1)/ä.bin')).toBeNull();
    await bucket.remove('a b+c (1)/ä.bin');
  });

  it('counts and removes folders', async () => {
    const bucket = open();
    for (const name of ['x/1', 'x/2', 'xy/3']) await bucket.put(name, spooled(Buffer.from(name)), 'text/plain');
    expect([await bucket.count('x/'), await bucket.count('none/')]).toEqual([2, 0]);
    await bucket.removeAll('x/');
    expect([await bucket.count('x/'), await bucket.count('xy/')]).toEqual([0, 1]);
  });

  it('says when it is not there', async () => {
    await expect(
      open({ STORAGE_CLOUD_BUCKET: 'other' }).put('a', spooled(Buffer.from('a')), 'text/plain'),
    ).rejects.toThrow(StorageError);
    await expect(open({ STORAGE_CLOUD_ENDPOINT: 'http://127.0.0.1:1' }).open('a')).rejects.toThrow(StorageError);
  });

  it('holds the files of a server', async () => {
    server = await startProject('sqlite', { ...settings, TEMP_PATH: folder, FILES_MAX_UPLOAD_SIZE: '100kb' });
    const admin = new FileClient(server);
    const image = await sharp({ create: { width: 60, height: 30, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const sent = await admin.upload({ name: 'red.png', type: 'image/png', content: new Uint8Array(image) });
    expect(sent.data).toMatchObject({ storage: 'cloud', width: 60, height: 30 });
    expect(Buffer.compare(await admin.bytes(`/assets/${sent.data.id}`), image)).toBe(0);
    for (let i = 0; i < 2; i++) {
      const made = await sharp(await admin.bytes(`/assets/${sent.data.id}?width=20`)).metadata();
      expect([made.width, made.height]).toEqual([20, 10]);
    }
    const text = form({}, [{ name: 'a.txt', type: 'text/plain', content: 'abcdef' }]);
    expect((await admin.send('PATCH', `/files/${sent.data.id}`, text)).data).toMatchObject({
      storage: 'cloud',
      width: null,
    });
    expect((await admin.get(`/assets/${sent.data.id}`, { range: 'bytes=2-3' })).text).toBe('cd');
    const large = { name: 'b.txt', type: 'text/plain', content: 'x'.repeat(200_000) };
    expect((await admin.upload(large)).status).toBe(413);
    expect(
      (await admin.upload({ name: 'c.txt', type: 'text/plain', content: 'c' }, { storage: 'local' })).data.storage,
    ).toBe('local');
    expect((await admin.upload({ name: 'c.txt', type: 'text/plain', content: 'c' }, { storage: 'moon' })).status).toBe(
      400,
    );
    await admin.send('DELETE', `/files/${sent.data.id}`);
    expect(readdirSync(folder).filter((name) => name.includes('-'))).toEqual([]);
    expect([...storedFiles(server).keys()]).toHaveLength(1);
    expect(await open().count('')).toBe(1); // xy/3, of the test above
  });

  it('answers 503 while the bucket cannot be reached', async () => {
    const project = await startProject('sqlite', { ...settings, STORAGE_CLOUD_ENDPOINT: 'http://127.0.0.1:1' });
    const admin = new FileClient(project);
    const answer = await admin.upload({ name: 'a.txt', type: 'text/plain', content: 'a' });
    expect([answer.status, answer.data.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
    expect(answer.text).not.toContain('127.0.0.1');
    expect((await admin.get('/files')).data).toEqual([]);
    await discard(project);
  });
});
