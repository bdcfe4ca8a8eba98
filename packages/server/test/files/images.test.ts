import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExif } from '../../src/files/images/exif.ts';
import { probeImage } from '../../src/files/images/probe.ts';
import { renderImage } from '../../src/files/images/render.ts';
import { readTransformation } from '../../src/files/images/transformation.ts';
import { contentDisposition, downloadName, titleOf } from '../../src/files/names.ts';
import { isObjectKey } from '../../src/files/storage/index.ts';

const EXIF = {
  IFD0: { Make: 'Limen', Model: 'One' },
  IFD2: { FNumber: '28/10', ISOSpeedRatings: '200', ExposureTime: '1/250' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
};

describe('metadata of images', () => {
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'limen-images-'));
    path = join(folder, 'a.jpg');
    const image = sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } });
    writeFileSync(path, await image.jpeg().withExif(EXIF).toBuffer());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is kept as far as the list says', async () => {
    const listed = async (...names: string[]) => (await probeImage(path, names))?.metadata;
    expect(await listed('ifd0.Make', 'exif.FNumber', 'exif.ISOSpeedRatings')).toEqual({
      ifd0: { Make: 'Limen' },
      exif: { FNumber: 2.8, ISOSpeedRatings: 200 },
    });
    expect(await listed('gps.GPSLatitude')).toEqual({ gps: { GPSLatitude: [52, 31, 12] } });
    expect(await listed('*')).toMatchObject({ ifd0: { Model: 'One' }, exif: { ExposureTime: 0.004 }, gps: {} });
    expect(await listed()).toBeNull();
  });

  it('never leads beyond its bytes', async () => {
    const { exif = Buffer.alloc(0) } = await sharp(path).metadata();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(exif.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(exif.length),
        (changes, length) => {
          const broken = Buffer.from(exif);
          for (const [at, value] of changes) broken[at] = value;
          readExif(broken.subarray(0, length));
        },
      ),
      { numRuns: 5_000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readExif(Buffer.from(bytes))));
  });
});

describe('transformations that nothing interrupts', () => {
  const limits = { maxDimension: 6_000, maxOutputDimension: 6_000, timeoutMs: 5_000, failOn: 'warning' } as const;
  const wanted = (parameters: object) =>
    readTransformation({ ...parameters }, { maxOutputDimension: 6_000, maxOperations: 5 });

  it.each([
    ['gif', 2_100],
    ['avif', 4_100],
  ])('are refused when they are large: %s', async (format, width) => {
    const folder = mkdtempSync(join(tmpdir(), 'limen-images-'));
    const path = join(folder, 'a.png');
    writeFileSync(
      path,
      await sharp({ create: { width: 100, height: 100, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    await expect(renderImage(path, wanted({ format, width }), limits)).rejects.toMatchObject({
      code: 'ILLEGAL_ASSET_TRANSFORMATION',
    });
    expect((await renderImage(path, wanted({ format, width: 200 }), limits)).type).toBe(`image/${format}`);
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('names', () => {
  it.each([
    ['badge_front-side.png', 'Badge Front Side'],
    ['rules.txt', 'Rules'],
    ['no ending', 'No Ending'],
    ['.htaccess', '.htaccess'],
    ['2024-report.final.pdf', '2024 Report.final'],
  ])('%s has the title %s', (name, title) => expect(titleOf(name)).toBe(title));

  it('never carry a path or control characters, and always fit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (sent) => {
        const name = downloadName(sent, 'fallback');
        expect(name).not.toMatch(/[\\/\p{Cc}\u202a-\u202e]/u);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(255);
        expect(contentDisposition('inline', name)).toMatch(
          /^inline; filename="[\x20-\x7e]*"(; filename\*=UTF-8''\S*)?$/,
        );
      }),
    );
  });

  it.each(['a.png', 'folder/a.png', '0b0e/é.jpg'])('%s can be a key', (key) => expect(isObjectKey(key)).toBe(true));

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    '.limen/x',
    'a\\b',
    'C:a',
    'a\0b',
    'a\nb',
    'a'.repeat(256),
  ])('%j can be none', (key) => expect(isObjectKey(key)).toBe(false));
});
