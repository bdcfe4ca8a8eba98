import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES, discard, type StartedServer, startProject } from '../started-server.ts';
import { differences, openContents } from '../stored-contents.ts';
import { FileClient, form, makeUser, storedFiles } from './file-client.ts';

const TEXT = { name: 'note.txt', type: 'text/plain', content: 'a note' };

describe.each(DATABASES)('uploads on %s', (database) => {
  let server: StartedServer;
  let admin: FileClient;

  beforeAll(async () => {
    server = await startProject(database, { FILES_MAX_UPLOAD_SIZE: '1mb' });
    admin = new FileClient(server);
  });
  afterAll(() => discard(server));

  /** What a refused request left behind: nothing, in the database and in the folder. */
  async function leavesNothing(work: () => Promise<void>): Promise<void> {
    const contents = await openContents(server.project);
    try {
      const before = await contents.read();
      const files = [...storedFiles(server).keys()];
      await work();
      expect(differences(before, await contents.read())).toEqual([]);
      expect([...storedFiles(server).keys()]).toEqual(files);
    } finally {
      await contents.close();
    }
  }

  it('stores contents under a name that the sender has no part in', async () => {
    const { status, data } = await admin.upload({ ...TEXT, name: '../../etc/passwd.txt' }, { filename_disk: '../x' });
    expect(status).toBe(200);
    expect(data.filename_download).toBe('passwd.txt');
    expect(data.filename_disk).toBe(`${data.id}.txt`);
    expect(storedFiles(server).get(`${data.id}.txt`)).toBe(6);
  });

  it('takes an id that is free, and never one that is taken', async () => {
    const id = randomUUID();
    const first = await admin.upload(TEXT, { id });
    expect(first.data.id).toBe(id);
    await leavesNothing(async () => {
      const second = await admin.upload({ ...TEXT, content: 'another note' }, { id });
      expect([second.status, second.data.code]).toEqual([400, 'RECORD_NOT_UNIQUE']);
    });
    expect((await admin.get(`/assets/${id}`)).text).toBe('a note');
  });

  it('keeps several files of a form, each with the fields before it', async () => {
    const body = new FormData();
    body.append('title', 'First');
    body.append('tags', '["a","b"]');
    body.append('file', new Blob(['1'], { type: 'text/plain' }), 'one.txt');
    body.append('file', new Blob(['2'], { type: 'text/plain' }), 'second_one.txt');
    const answer = await admin.send('POST', '/files?fields=title,tags', body);
    expect(answer.data).toHaveLength(2);
    expect(answer.data).toEqual(
      expect.arrayContaining([
        { title: 'First', tags: ['a', 'b'] },
        { title: 'Second One', tags: null },
      ]),
    );
  });

  it('puts files into the folder of the settings when none is given', async () => {
    const folder = await admin.json('POST', '/folders', { name: 'Inbox' });
    await admin.json('PATCH', '/settings', { storage_default_folder: folder.data.id });
    expect((await admin.upload(TEXT)).data.folder).toBe(folder.data.id);
    expect((await admin.upload(TEXT, { folder: 'null' })).data.folder).toBeNull();
    await admin.json('PATCH', '/settings', { storage_default_folder: null });
  });

  it('keeps nothing of a form whose last file is too large', async () => {
    await leavesNothing(async () => {
      const large = { name: 'large.bin', type: 'application/octet-stream', content: randomBytes(1_200_000) };
      const answer = await admin.send('POST', '/files', form({}, [TEXT, large]));
      expect([answer.status, answer.data.code]).toEqual([413, 'CONTENT_TOO_LARGE']);
    });
  });

  it('keeps nothing of an upload that is cancelled', async () => {
    await leavesNothing(async () => {
      const boundary = 'boundary';
      const head = [
        'POST /files HTTP/1.1',
        'host: localhost',
        `authorization: Bearer ${admin.token}`,
        `content-type: multipart/form-data; boundary=${boundary}`,
        'content-length: 900000',
        '',
        `--${boundary}`,
        'content-disposition: form-data; name="file"; filename="half.txt"',
        'content-type: text/plain',
        '',
        'x'.repeat(100_000),
      ].join('\r\n');
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await new Promise<void>((sent) => socket.write(head, () => sent()));
      await until(() => [...storedFiles(server).keys()].some((name) => name.includes('incoming')));
      socket.destroy();
      await until(() => ![...storedFiles(server).keys()].some((name) => name.includes('incoming')));
    });
    expect((await admin.get('/server/ping')).text).toBe('pong');
  });

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['an empty form', 'multipart/form-data; boundary=b', '--b--\r\n'],
    ['no form at all', 'multipart/form-data; boundary=b', 'nothing of that kind'],
    ['nothing', 'multipart/form-data; boundary=b', ''],
    [
      'half a form',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc',
    ],
    [
      'half a field',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="title"\r\n\r\nabc',
    ],
    ['JSON', 'application/json', '{"title":"x"}'],
  ])('refuses %s', async (_, type, body) => {
    await leavesNothing(async () => {
      const answer = await admin.send('POST', '/files', body, { 'content-type': type });
      expect([answer.status, answer.data.code]).toEqual([400, 'INVALID_PAYLOAD']);
    });
  });

  it('ignores the file that nobody chose in a browser form', async () => {
    const body =
      '--b\r\ncontent-disposition: form-data; name="file"; filename=""\r\ncontent-type: application/octet-stream\r\n\r\n\r\n--b--\r\n';
    const answer = await admin.send('POST', '/files', body, { 'content-type': 'multipart/form-data; boundary=b' });
    expect([answer.status, answer.data.code]).toEqual([400, 'INVALID_PAYLOAD']);
  });

  it('refuses who may not, without keeping anything', async () => {
    const reader = await makeUser(admin, 'reader', [{ collection: 'directus_files', action: 'read' }]);
    const titles = await makeUser(admin, 'titles', [
      { collection: 'directus_files', action: 'create', fields: ['title'] },
      { collection: 'directus_files', action: 'update', fields: ['title'] },
    ]);
    const pictures = await makeUser(admin, 'pictures', [
      { collection: 'directus_files', action: 'create', validation: { type: { _starts_with: 'image/' } } },
    ]);
    const { data } = await admin.upload(TEXT);
    await leavesNothing(async () => {
      expect((await admin.as(null).upload(TEXT)).status).toBe(403);
      expect((await reader.upload(TEXT)).status).toBe(403);
      expect((await titles.upload(TEXT, { folder: randomUUID() })).status).toBe(403);
      expect((await pictures.upload(TEXT)).data.code).toBe('FAILED_VALIDATION');
      const contents = form({}, [{ ...TEXT, content: 'other' }]);
      expect((await reader.send('PATCH', `/files/${data.id}`, contents)).status).toBe(403);
      expect((await titles.send('PATCH', `/files/${data.id}`, form({}, [TEXT]))).status).toBe(403);
      expect((await admin.send('PATCH', `/files/${randomUUID()}`, form({}, [TEXT]))).status).toBe(403);
      expect((await reader.send('DELETE', `/files/${data.id}`)).status).toBe(403);
    });
    expect((await titles.upload(TEXT, { title: 'Mine' })).status).toBe(204);
    expect((await admin.get(`/assets/${data.id}`)).text).toBe('a note');
  });

  it('gives a file other contents, and removes the old ones', async () => {
    const { data } = await admin.upload(TEXT);
    const old = String(data.filename_disk);
    const file = { name: 'new.csv', type: 'text/csv', content: 'a,b' };
    const answer = await admin.send('PATCH', `/files/${data.id}`, form({ title: 'Numbers' }, [file]));
    expect(answer.data).toMatchObject({
      id: data.id,
      title: 'Numbers',
      filename_download: 'new.csv',
      type: 'text/csv',
    });
    const stored = storedFiles(server);
    expect(stored.has(old)).toBe(false);
    expect(stored.get(String(answer.data.filename_disk))).toBe(3);
    await leavesNothing(async () => {
      const several = await admin.send('PATCH', `/files/${data.id}`, form({}, [file, TEXT]));
      expect(several.status).toBe(400);
    });
    const renamed = await admin.send('PATCH', `/files/${data.id}`, form({ title: 'Figures', tags: '[]' }, []));
    expect(renamed.data).toMatchObject({ title: 'Figures', tags: [] });
  });

  it('removes contents with their rows, and only after the commit', async () => {
    const first = await admin.upload(TEXT);
    const second = await admin.upload(TEXT);
    await admin.json('PATCH', '/settings', { project_logo: second.data.id });
    await leavesNothing(async () => {
      const both = await admin.json('DELETE', '/files', [first.data.id, second.data.id]);
      expect(both.data.code).toBe('INVALID_FOREIGN_KEY');
    });
    await admin.json('PATCH', '/settings', { project_logo: null });
    expect((await admin.json('DELETE', '/files', [first.data.id, second.data.id])).status).toBe(204);
    expect(storedFiles(server).has(String(first.data.filename_disk))).toBe(false);
    expect(storedFiles(server).has(String(second.data.filename_disk))).toBe(false);
  });

  describe('what only the server says', () => {
    const KEYS = ['id', 'storage', 'filename_disk', 'filesize', 'uploaded_on', 'tus_id', 'tus_data', 'uploaded_by'];

    it.each(KEYS)('does not become what the caller sends as %s', async (key) => {
      const mine = await admin.upload({ ...TEXT, content: 'mine' });
      const other = await admin.upload({ ...TEXT, content: 'other' });
      const values: unknown[] = [other.data[key], '../../limen.db', '/etc/passwd', `${other.data.id}/../x`, 'local', 1];
      for (const value of values) {
        await admin.json('PATCH', `/files/${mine.data.id}`, { [key]: value });
        await admin.json('PATCH', '/files', [{ id: mine.data.id, [key]: value, title: 'x' }]);
        const text = typeof value === 'string' ? value : String(value);
        await admin.send('PATCH', `/files/${mine.data.id}`, form({ [key]: text, title: 'y' }, []));
      }
      expect((await admin.get(`/assets/${mine.data.id}`)).text).toBe('mine');
      expect((await admin.get(`/assets/${other.data.id}`)).text).toBe('other');
      const now = (await admin.get(`/files/${mine.data.id}`)).data;
      if (key !== 'uploaded_by') expect(now[key]).toEqual(mine.data[key]);
    });

    it('is not written by way of a relation either', async () => {
      const fields = [{ field: 'image', type: 'uuid', meta: { interface: 'file' }, schema: {} }];
      await admin.json('POST', '/collections', { collection: 'posts', schema: {}, meta: {}, fields });
      await admin.json('POST', '/relations', {
        collection: 'posts',
        field: 'image',
        related_collection: 'directus_files',
      });
      const { data } = await admin.upload(TEXT);
      const stolen = { storage: 'local', filename_disk: data.filename_disk, filename_download: 'x.txt' };
      const nested = await admin.json('POST', '/items/posts', { image: stolen });
      expect([nested.status, nested.data.code]).toEqual([400, 'INVALID_PAYLOAD']);
      const made = await admin.json('POST', '/items/posts', {
        image: { id: data.id, filename_disk: '../x', title: 'By post' },
      });
      expect(made.status).toBe(200);
      expect((await admin.get(`/files/${data.id}`)).data).toMatchObject({
        title: 'By post',
        filename_disk: data.filename_disk,
      });
    });
  });

  it('cleans names and types that are changed later', async () => {
    const { data } = await admin.upload(TEXT);
    const change = (body: object) => admin.json('PATCH', `/files/${data.id}`, body);
    expect((await change({ filename_download: '../a/b\u202etxt.exe' })).data.filename_download).toBe('btxt.exe');
    expect((await change({ filename_download: '..' })).data.code).toBe('FAILED_VALIDATION');
    expect((await change({ type: 'text/html\r\nx: y' })).data.code).toBe('INVALID_PAYLOAD');
    expect((await change({ type: 'TEXT/HTML; charset=utf-8' })).data.type).toBe('text/html');
  });
});

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen in 5 s');
    await wait(10);
  }
}
