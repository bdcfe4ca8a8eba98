import type { Json } from '../../wire/index.ts';
import { EXIF_TAGS, GPS_TAGS, IFD0_TAGS } from './exif-tags.ts';

export interface ImageMetadata {
  readonly ifd0: Readonly<Record<string, Json>>;
  readonly exif: Readonly<Record<string, Json>>;
  readonly gps: Readonly<Record<string, Json>>;
}

/** Bytes per value, by the type's number (TIFF 6.0 §2, Exif 2.32 §4.6.2). */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const MAX_ENTRIES = 200;
const MAX_VALUES = 16;
const MAX_TEXT = 1_000;
const EXIF_POINTER = 0x8769;
const GPS_POINTER = 0x8825;

/**
 * What an image says about itself (Exif 2.32: TIFF directories). Reads only tags with a name in the tables, and never
 * beyond the bytes; whatever is malformed is left out.
 */
export function readExif(bytes: Buffer): ImageMetadata | null {
  const at = bytes.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? 6 : 0;
  const tiff = bytes.subarray(at);
  const order = tiff.subarray(0, 2).toString('latin1');
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const reader = new TiffReader(tiff, order === 'II');
  const first = reader.directory(reader.uint32(4), IFD0_TAGS);
  return {
    ifd0: first.values,
    exif: reader.directory(first.pointers.get(EXIF_POINTER) ?? 0, EXIF_TAGS).values,
    gps: reader.directory(first.pointers.get(GPS_POINTER) ?? 0, GPS_TAGS).values,
  };
}

interface Directory {
  readonly values: Record<string, Json>;
  readonly pointers: Map<number, number>;
}

class TiffReader {
  readonly #bytes: Buffer;
  readonly #little: boolean;

  constructor(bytes: Buffer, little: boolean) {
    this.#bytes = bytes;
    this.#little = little;
  }

  directory(offset: number, tags: ReadonlyMap<number, string>): Directory {
    const found: Directory = { values: {}, pointers: new Map() };
    if (offset < 8 || !this.#holds(offset, 2)) return found;
    const count = Math.min(this.uint16(offset), MAX_ENTRIES);
    for (let i = 0; i < count; i++) {
      const entry = offset + 2 + i * 12;
      if (!this.#holds(entry, 12)) break;
      const tag = this.uint16(entry);
      if (tag === EXIF_POINTER || tag === GPS_POINTER) found.pointers.set(tag, this.uint32(entry + 8));
      const name = tags.get(tag);
      const value = name === undefined ? null : this.#value(entry);
      if (name !== undefined && value !== null) found.values[name] = value;
    }
    return found;
  }

  uint16(at: number): number {
    return this.#little ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }

  uint32(at: number): number {
    return this.#little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #holds(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.#bytes.length;
  }

  #value(entry: number): Json {
    const type = this.uint16(entry + 2);
    const count = this.uint32(entry + 4);
    const size = SIZES[type] ?? 0;
    if (size === 0 || count === 0 || count > this.#bytes.length) return null;
    const at = size * count <= 4 ? entry + 8 : this.uint32(entry + 8);
    if (!this.#holds(at, size * count)) return null;
    if (type === 2) return this.#text(at, count);
    if (type === 7 || count > MAX_VALUES) return null;
    const values = Array.from({ length: count }, (_, i) => this.#number(type, at + i * size));
    if (values.some((value) => !Number.isFinite(value))) return null;
    return values.length === 1 ? (values[0] ?? null) : values;
  }

  #text(at: number, count: number): Json {
    const text = this.#bytes.subarray(at, at + Math.min(count, MAX_TEXT)).toString('utf8');
    return text.split('\0', 1)[0]?.trim() || null;
  }

  #number(type: number, at: number): number {
    const { buffer, byteOffset, length } = this.#bytes;
    const view = new DataView(buffer, byteOffset, length);
    switch (type) {
      case 1:
        return view.getUint8(at);
      case 3:
        return view.getUint16(at, this.#little);
      case 4:
        return view.getUint32(at, this.#little);
      case 5:
        return view.getUint32(at, this.#little) / view.getUint32(at + 4, this.#little);
      case 6:
        return view.getInt8(at);
      case 8:
        return view.getInt16(at, this.#little);
      case 9:
        return view.getInt32(at, this.#little);
      case 10:
        return view.getInt32(at, this.#little) / view.getInt32(at + 4, this.#little);
      case 11:
        return view.getFloat32(at, this.#little);
      case 12:
        return view.getFloat64(at, this.#little);
      default:
        return Number.NaN;
    }
  }
}
