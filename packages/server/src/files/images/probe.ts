import type { Json } from '../../wire/index.ts';
import { type ImageMetadata, readExif } from './exif.ts';
import { FORMAT_OF_INPUT, TYPE_BY_FORMAT } from './formats.ts';
import { loadSharp } from './load-sharp.ts';

export interface ImageFacts {
  /** What it really is. */
  readonly type: string;
  /** As it is shown: turned the way that the camera says. */
  readonly width: number;
  readonly height: number;
  /** What the allow list lets through, by directory; null when that is nothing. */
  readonly metadata: Json;
}

/** Reads an image's header; its pixels stay packed. null for what is no image after all. */
export async function probeImage(path: string, allowed: readonly string[]): Promise<ImageFacts | null> {
  const sharp = await loadSharp();
  try {
    const found = await sharp(path, { failOn: 'none', limitInputPixels: false }).metadata();
    const { width, height } = found.autoOrient;
    const format = FORMAT_OF_INPUT[found.format];
    if (!format) return null;
    const exif = found.exif ? readExif(found.exif) : null;
    const metadata = exif ? listed(exif, allowed) : null;
    return { type: TYPE_BY_FORMAT[format], width, height: found.pageHeight ?? height, metadata };
  } catch {
    return null; // sharp says what is wrong with the bytes, which is nobody's concern: they are stored as they are
  }
}

/** Entries are `ifd0.Make`, or `*` for everything. */
function listed(found: ImageMetadata, allowed: readonly string[]): Json {
  const kept: Record<string, Record<string, Json>> = {};
  for (const [directory, values] of Object.entries(found)) {
    const entries = Object.entries(values as Record<string, Json>).filter(
      ([name]) => allowed.includes('*') || allowed.includes(`${directory}.${name}`),
    );
    if (entries.length > 0) kept[directory] = Object.fromEntries(entries);
  }
  return Object.keys(kept).length > 0 ? kept : null;
}
