import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createDirectus,
  createFolder,
  deleteFile,
  importFile,
  readAssetArrayBuffer,
  readAssetBlob,
  readFile,
  readFiles,
  rest,
  staticToken,
  updateFile,
  uploadFiles,
} from '@directus/sdk';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN, DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { form } from './file-client.ts';

describe.each(DATABASES)('files with the SDK on %s', (database) => {
  let server: StartedServer;

  beforeAll(async () => {
    server = await startProject(database, { IMPORT_IP_ALLOW_LIST: '127.0.0.1' });
  });
  afterAll(() => discard(server));

  it('are uploaded, read, transformed, replaced and deleted', async () => {
    const client = createDirectus(server.url).with(staticToken(ADMIN.token)).with(rest());
    const folder = await client.request(createFolder({ name: 'Pictures' }));
    const image = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const red = { name: 'red.png', type: 'image/png', content: new Uint8Array(image) };
    const made = await client.request(uploadFiles(form({ folder: folder.id, title: 'Red' }, [red])));
    expect(made).toMatchObject({ title: 'Red', folder: folder.id, width: 40, height: 20 });

    expect(Buffer.from(await client.request(readAssetArrayBuffer(made.id)))).toEqual(image);
    const small = await client.request(
      readAssetBlob(made.id, { width: 10, format: 'webp', transforms: [['rotate', 90]] }),
    );
    expect(small.type).toBe('image/webp');
    const { width, height } = await sharp(await small.arrayBuffer()).metadata();
    expect([width, height]).toEqual([5, 10]);

    const text = { name: 'note.txt', type: 'text/plain', content: 'a note' };
    expect(await client.request(updateFile(made.id, form({}, [text])))).toMatchObject({
      type: 'text/plain',
      width: null,
    });
    await client.request(updateFile(made.id, { title: 'A note' }));
    const filter = { title: { _eq: 'A note' } };
    expect(await client.request(readFiles({ filter, fields: ['id', 'filesize'] }))).toHaveLength(1);
    await client.request(deleteFile(made.id));
    await expect(client.request(readFile(made.id))).rejects.toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });

  it('are imported', async () => {
    const neighbour = createServer((_, response) => response.end('from there'));
    await new Promise<void>((done) => neighbour.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(neighbour.address() as AddressInfo).port}/there.txt`;
    const client = createDirectus(server.url).with(staticToken(ADMIN.token)).with(rest());
    const made = await client.request(importFile(url, { title: 'There' }));
    expect(made).toMatchObject({ title: 'There', type: 'text/plain', filename_download: 'there.txt' });
    neighbour.close();
  });
});
