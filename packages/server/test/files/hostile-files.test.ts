import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discard, type StartedServer, startProject } from '../started-server.ts';
import { FileClient, form, type SentFile, storedFiles } from './file-client.ts';
import { hostileFiles } from './hostile-files.ts';

const files = await hostileFiles();
const cases = files.map((file, index): [string, SentFile] => [
  `${index + 1}: ${JSON.stringify(file.name.slice(0, 40))}`,
  file,
]);

/** Types that browsers open as documents; such files are only ever offered for saving. */
const DOCUMENTS = /html|^text\/xml|^application\/xml|xsl|rfc822|multipart|flash/;
const MEMORY_MB = 400;

describe('hostile files', () => {
  let server: StartedServer;
  let admin: FileClient;

  beforeAll(async () => {
    server = await startProject('sqlite', { FILES_MAX_UPLOAD_SIZE: '5mb' });
    admin = new FileClient(server);
  });
  afterAll(() => discard(server));

  it('are more than fifty', () => expect(files.length).toBeGreaterThan(50));

  describe.each(cases)('%s', (_, file) => {
    it('is refused, or stored and sent as inert data', async () => {
      const sent = await admin.send('POST', '/files', form({}, [file]));
      if (sent.status !== 200) {
        expect([400, 413]).toContain(sent.status);
        return;
      }
      const { id, filename_disk: key, type } = sent.data as Record<string, string>;
      expect(key).toMatch(/^[0-9a-f-]{36}(\.[a-z0-9]{1,5})?$/);
      expect(key).not.toMatch(/\.(php|html?|js|exe|sh|bat|svgz)$/);
      expect(type).toMatch(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/);

      const headers = await inert(`/assets/${id}`);
      if (DOCUMENTS.test(headers.get('content-type') ?? '')) {
        expect(headers.get('content-disposition')).toMatch(/^attachment/);
      }
      const content = Buffer.from(typeof file.content === 'string' ? Buffer.from(file.content) : file.content);
      expect(Buffer.compare(await admin.bytes(`/assets/${id}`), content)).toBe(0);
      expect((await inert(`/assets/${id}?download`)).get('content-disposition')).toMatch(/^attachment/);

      for (const query of ['key=system-small-cover', 'width=100&format=webp', 'transforms=[["rotate",90]]']) {
        const made = await admin.send('GET', `/assets/${id}?${query}`);
        expect([200, 400]).toContain(made.status);
        if (made.status === 200 && type?.startsWith('image/') && type !== 'image/svg+xml') {
          expect(made.headers.get('content-type')).toMatch(/^image\/(jpeg|png|webp|gif|tiff|avif)$/);
          expect(made.text).not.toContain('<script>');
        }
      }
    }, 20_000);
  });

  async function inert(path: string): Promise<Headers> {
    const { status, headers } = await admin.get(path);
    expect(status).toBe(200);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    if (headers.get('content-type') !== 'application/pdf') {
      expect(headers.get('content-security-policy')).toMatch(/(^|; )sandbox($|;)/);
    }
    expect(headers.get('content-disposition')).toMatch(
      /^(inline|attachment); filename="[^"\\\r\n]*"(; filename\*=UTF-8''[\w%.~!#$&+^`|-]*)?$/,
    );
    expect(headers.get('set-cookie')).toBeNull();
    return headers;
  }

  it('leave the server well, and nothing outside of its folder', async () => {
    expect((await admin.get('/server/ping')).text).toBe('pong');
    expect(server.memory() / 1_048_576).toBeLessThan(MEMORY_MB);
    expect(server.output()).not.toMatch(/failed|Error/);
    for (const name of storedFiles(server).keys()) expect(name).toMatch(/^(\.limen\/variants\/)?[0-9a-f-]{36}/);
    for (const path of ['/etc/cron.d/evil', `${server.project.folder}/evil.sh`]) expect(existsSync(path)).toBe(false);
  });
});
