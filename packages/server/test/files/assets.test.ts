import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { type Answer, FileClient, makeUser, storedFiles } from './file-client.ts';

/** Red, with a green square at its right end. */
async function picture(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const square = { width: height, height, channels: 3 as const, background: '#00ff00' };
  const image = sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
    .composite([{ input: { create: square }, left: width - height, top: 0 }])
    .png();
  return new Uint8Array(await image.toBuffer());
}

describe.each(DATABASES)('assets on %s', (database) => {
  let server: StartedServer;
  let admin: FileClient;
  let text: string;
  let image: string;

  beforeAll(async () => {
    server = await startProject(database, {
      ASSETS_TRANSFORM_IMAGE_MAX_DIMENSION: '2000',
      ASSETS_TRANSFORM_IMAGE_MAX_OUTPUT_DIMENSION: '1000',
      ASSETS_CONTENT_SECURITY_POLICY_DIRECTIVES__MEDIA_SRC: 'https://media.example.com',
    });
    admin = new FileClient(server);
    text = await upload({ name: 'alphabet.txt', type: 'text/plain', content: 'abcdefghijklmnopqrstuvwxyz' });
    image = await upload({ name: 'wide.png', type: 'image/png', content: await picture(200, 50) });
  });
  afterAll(() => discard(server));

  async function upload(file: Parameters<FileClient['upload']>[0]): Promise<string> {
    const { status, data, text: answer } = await admin.upload(file);
    if (status !== 200) throw new Error(answer);
    return String(data.id);
  }

  async function sizeOf(query: string, id = image): Promise<[number, number, string]> {
    const { width, height, format } = await sharp(await admin.bytes(`/assets/${id}?${query}`)).metadata();
    return [width, height, format];
  }

  describe('ranges', () => {
    it.each([
      ['bytes=0-0', 206, 'a', 'bytes 0-0/26'],
      ['bytes=24-', 206, 'yz', 'bytes 24-25/26'],
      ['bytes=-3', 206, 'xyz', 'bytes 23-25/26'],
      ['bytes=-999', 206, 'abcdefghijklmnopqrstuvwxyz', 'bytes 0-25/26'],
      ['bytes=20-999', 206, 'uvwxyz', 'bytes 20-25/26'],
      ['bytes=26-', 416, null, 'bytes */26'],
      ['bytes=-0', 416, null, 'bytes */26'],
      ['bytes=5-2', 200, 'abcdefghijklmnopqrstuvwxyz', null],
      ['bytes=0-1,4-5', 200, 'abcdefghijklmnopqrstuvwxyz', null],
      ['lines=0-1', 200, 'abcdefghijklmnopqrstuvwxyz', null],
      ['bytes=-', 200, 'abcdefghijklmnopqrstuvwxyz', null],
      [`bytes=0-${'9'.repeat(40)}`, 200, 'abcdefghijklmnopqrstuvwxyz', null],
    ])('%s is %i', async (range, status, body, contentRange) => {
      const answer = await admin.get(`/assets/${text}`, { range });
      expect([answer.status, answer.headers.get('content-range')]).toEqual([status, contentRange]);
      if (body === null) expect(answer.data.code).toBe('RANGE_NOT_SATISFIABLE');
      else expect([answer.text, answer.headers.get('content-length')]).toEqual([body, String(body.length)]);
      if (body === null) expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('are sent only of what the client has a part of', async () => {
      const { headers } = await admin.get(`/assets/${text}`);
      const range = 'bytes=0-1';
      const part = async (condition: string | null) =>
        (await admin.get(`/assets/${text}`, { range, 'if-range': condition ?? '' })).status;
      expect(await part(headers.get('etag'))).toBe(206);
      expect(await part(headers.get('last-modified'))).toBe(206);
      expect(await part('"other"')).toBe(200);
      expect(await part('Wed, 01 Jan 2020 00:00:00 GMT')).toBe(200);
    });
  });

  describe('what a client holds already', () => {
    it('is not sent again, until it changes', async () => {
      const id = await upload({ name: 'a.txt', type: 'text/plain', content: 'one' });
      const { headers } = await admin.get(`/assets/${id}`);
      const etag = headers.get('etag') ?? '';
      const again = async (condition: Record<string, string>): Promise<Answer> => admin.get(`/assets/${id}`, condition);
      const current = await again({ 'if-none-match': `"x", W/${etag}` });
      expect([current.status, current.text, current.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await again({ 'if-none-match': '*' })).status).toBe(304);
      expect((await again({ 'if-modified-since': headers.get('last-modified') ?? '' })).status).toBe(304);
      expect((await again({ 'if-modified-since': 'Wed, 01 Jan 2020 00:00:00 GMT' })).status).toBe(200);
      const body = new FormData();
      body.append('file', new Blob(['two'], { type: 'text/plain' }), 'a.txt');
      await admin.send('PATCH', `/files/${id}`, body);
      const changed = await again({ 'if-none-match': etag });
      expect([changed.status, changed.text]).toEqual([200, 'two']);
    });

    it('is refused all the same to who may not read it', async () => {
      const { headers } = await admin.get(`/assets/${text}`);
      const answer = await admin.as(null).get(`/assets/${text}`, { 'if-none-match': headers.get('etag') ?? '' });
      expect(answer.status).toBe(403);
    });
  });

  it('answers HEAD like GET, without the contents', async () => {
    const answer = await admin.send('HEAD', `/assets/${text}`);
    expect([answer.status, answer.headers.get('content-length'), answer.text]).toEqual([200, '26', '']);
  });

  it('says what may be done with contents, and nothing may', async () => {
    const { headers } = await admin.get(`/assets/${text}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('sandbox');
    expect(policy).toContain('media-src https://media.example.com');
    expect(headers.get('cache-control')).toBe('private, max-age=2592000');
    const pdf = await upload({ name: 'a.pdf', type: 'application/pdf', content: '%PDF-1.4' });
    expect((await admin.get(`/assets/${pdf}`)).headers.get('content-security-policy')).not.toContain('sandbox');
  });

  it.each([
    ['plain.txt', 'inline; filename="plain.txt"'],
    ['Zeugnis "ä".txt', `inline; filename="Zeugnis ___.txt"; filename*=UTF-8''Zeugnis%20%22%C3%A4%22.txt`],
    ['a\r\nset-cookie: x=1.txt', 'inline; filename="aset-cookie: x=1.txt"'],
    ['...', 'inline; filename="alphabet.txt"'],
  ])('is offered under a name of the address: %j', async (name, disposition) => {
    const { headers } = await admin.get(`/assets/${text}/${encodeURIComponent(name)}`);
    expect(headers.get('content-disposition')).toBe(disposition);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('gives one answer for what is unknown, forbidden, or no key', async () => {
    const reader = await makeUser(admin, 'images-only', [
      {
        collection: 'directus_files',
        action: 'read',
        permissions: { type: { _starts_with: 'image/' } },
        fields: ['title'],
      },
    ]);
    const answers = await Promise.all(
      [text, `${text}/a.txt`, randomUUID(), 'nope', '...', `${text}%00`, `${text}?width=10`].map((id) =>
        reader.get(`/assets/${id}`),
      ),
    );
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 403));
    expect((await reader.get(`/assets/${image}`)).status).toBe(200);
    expect((await reader.get(`/assets/${image}?width=10`)).status).toBe(200);
  });

  it('follows a change of permissions at once', async () => {
    const policies = await admin.get('/access?filter[role][_null]=true&filter[user][_null]=true&fields=policy');
    const [{ policy }] = policies.data as unknown as [{ policy: string }];
    const visitor = admin.as(null);
    expect((await visitor.get(`/assets/${image}?width=20`)).status).toBe(403);
    const permission = { policy, collection: 'directus_files', action: 'read', fields: ['id'] };
    const { data } = await admin.json('POST', '/permissions', permission);
    const open = await visitor.get(`/assets/${image}?width=20`);
    expect([open.status, open.headers.get('cache-control')]).toEqual([200, 'public, max-age=2592000']);
    await admin.send('DELETE', `/permissions/${data.id}`);
    expect((await visitor.get(`/assets/${image}?width=20`)).status).toBe(403);
  });

  it('is refused when the contents are gone', async () => {
    const { data } = await admin.upload({ name: 'lost.txt', type: 'text/plain', content: 'lost' });
    rmSync(join(server.project.folder, 'uploads', String(data.filename_disk)));
    expect((await admin.get(`/assets/${data.id}`)).status).toBe(403);
  });

  describe('transformations', () => {
    it.each<[string, [number, number, string]]>([
      ['width=100', [100, 25, 'png']],
      ['width=300', [300, 75, 'png']],
      ['width=300&withoutEnlargement=true', [200, 50, 'png']],
      ['width=40&height=40', [40, 40, 'png']],
      ['width=40&height=40&fit=inside', [40, 10, 'png']],
      ['format=webp', [200, 50, 'webp']],
      ['format=avif&width=20', [20, 5, 'heif']],
      ['format=tiff', [200, 50, 'tiff']],
      ['transforms=[["rotate",90],["grayscale"]]', [50, 200, 'png']],
      ['transforms=[["resize",{"width":20,"height":20,"fit":"fill"}],["blur",3]]', [20, 20, 'png']],
      ['transforms=[["extract",{"left":1,"top":1,"width":7,"height":9}]]', [7, 9, 'png']],
    ])('%s', async (query, expected) => {
      expect(await sizeOf(query)).toEqual(expected);
      expect(await sizeOf(query)).toEqual(expected); // from what was kept
    });

    it('chooses a format by what the client takes', async () => {
      const typeFor = async (accept: string) =>
        (await admin.get(`/assets/${image}?format=auto`, { accept })).headers.get('content-type');
      expect(await typeFor('image/avif,image/webp,*/*')).toBe('image/webp');
      expect(await typeFor('*/*')).toBe('image/png');
    });

    it('keeps the focal point in sight', async () => {
      const middle = async (query: string) =>
        [
          ...(await sharp(await admin.bytes(`/assets/${image}?${query}`))
            .extract({ left: 12, top: 12, width: 1, height: 1 })
            .raw()
            .toBuffer()),
        ].slice(0, 3);
      expect(await middle('width=25&height=25')).toEqual([255, 0, 0]);
      expect(await middle('width=25&height=25&focal_point_x=190&focal_point_y=20')).toEqual([0, 255, 0]);
      await admin.json('PATCH', `/files/${image}`, { focal_point_x: 195, focal_point_y: 10 });
      expect(await middle('width=25&height=25')).toEqual([0, 255, 0]);
      await admin.json('PATCH', `/files/${image}`, { focal_point_x: null, focal_point_y: null });
    });

    it.each([
      'width=0',
      'width=-5',
      'width=1.5',
      'width=1001',
      'width[]=1&width[]=2',
      'height=99999999999999999999',
      'fit=fill',
      'quality=101',
      'format=svg',
      'format=__proto__',
      'withoutEnlargement=perhaps',
      'key=system-small-cover&width=10',
      'key=__proto__',
      'transforms={"a":1}',
      'transforms=[["toFile","/tmp/x"]]',
      'transforms=[["composite",[{"input":"/etc/passwd"}]]]',
      'transforms=[["joinChannel","/etc/passwd"]]',
      'transforms=[["boolean","/etc/passwd","and"]]',
      'transforms=[["constructor"]]',
      'transforms=[["__proto__"]]',
      'transforms=[["metadata"]]',
      'transforms=[["rotate","sideways"]]',
      'transforms=[["blur",100000]]',
      'transforms=[["extend",9999999]]',
      'transforms=[["resize",10]]&width=10',
      'transforms=[["flip"],["flip"],["flip"],["flip"],["flip"],["flip"]]',
      `transforms=${'['.repeat(300)}`,
    ])('refuses %s', async (query) => {
      const { status, data } = await admin.get(`/assets/${image}?${query}`);
      expect([status, data.code]).toEqual([400, 'INVALID_QUERY']);
    });

    it('refuses results that are larger than they may be, and images that are', async () => {
      const code = async (query: string, id = image) => (await admin.get(`/assets/${id}?${query}`)).data.code;
      expect(await code('height=900')).toBe('ILLEGAL_ASSET_TRANSFORMATION'); // 3,600 wide
      expect(await code('width=900&height=900&fit=outside')).toBe('ILLEGAL_ASSET_TRANSFORMATION');
      expect(await code('transforms=[["extend",900]]')).toBe('ILLEGAL_ASSET_TRANSFORMATION');
      expect(await code('width=900&height=900&transforms=[["rotate",45]]')).toBe('ILLEGAL_ASSET_TRANSFORMATION');
      const large = await upload({ name: 'large.png', type: 'image/png', content: await picture(2_100, 10) });
      expect(await code('width=10', large)).toBe('ILLEGAL_ASSET_TRANSFORMATION');
      expect((await admin.get(`/assets/${large}`)).status).toBe(200);
    });

    it('are what the settings allow', async () => {
      const presets = [{ key: 'thumb', width: 30, height: 30, fit: 'cover', format: 'webp', transforms: [['flip']] }];
      const status = async (query: string) => (await admin.get(`/assets/${image}?${query}`)).status;
      const allow = (mode: string) =>
        admin.json('PATCH', '/settings', { storage_asset_transform: mode, storage_asset_presets: presets });
      await allow('presets');
      expect(await sizeOf('key=thumb')).toEqual([30, 30, 'webp']);
      expect(await status('width=10')).toBe(400);
      expect(await status('key=other')).toBe(400);
      await allow('none');
      expect(await status('key=thumb')).toBe(400);
      expect(await status('key=system-small-cover')).toBe(200);
      expect(await status('')).toBe(200);
      await allow('all');
      expect(await status('width=10')).toBe(200);
    });

    it('leave files that are no images as they are', async () => {
      expect((await admin.get(`/assets/${text}?width=10`)).text).toBe('abcdefghijklmnopqrstuvwxyz');
    });

    it('turn pictures the way the camera says, and forget the camera', async () => {
      const exif = { IFD0: { Make: 'Limen', Model: 'One' }, IFD3: { GPSLatitudeRef: 'N' } };
      const turned = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#123456' } })
        .withExif(exif)
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer();
      const { data } = await admin.upload({ name: 'a.jpg', type: 'image/jpeg', content: new Uint8Array(turned) });
      expect(data).toMatchObject({ width: 20, height: 40 });
      const made = await sharp(await admin.bytes(`/assets/${data.id}?width=10`)).metadata();
      expect([made.width, made.height, made.exif, made.orientation]).toEqual([10, 20, undefined, undefined]);
    });

    it('are made once for all who ask at a time, kept, and removed with their file', async () => {
      const id = await upload({ name: 'b.png', type: 'image/png', content: await picture(400, 100) });
      const { data } = await admin.get(`/files/${id}`);
      await Promise.all(Array.from({ length: 20 }, () => admin.get(`/assets/${id}?width=33`)));
      const kept = () => [...storedFiles(server).keys()].filter((name) => name.includes(String(data.filename_disk)));
      expect(kept()).toHaveLength(2);
      await admin.send('DELETE', `/files/${id}`);
      expect(kept()).toEqual([]);
    });
  });
});
