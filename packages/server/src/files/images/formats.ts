export const FORMATS = ['jpg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const;
export type Format = (typeof FORMATS)[number];

export const TYPE_BY_FORMAT: Readonly<Record<Format, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  tiff: 'image/tiff',
  gif: 'image/gif',
};

/** Media types of images whose contents are looked into. */
export const IMAGE_TYPES: ReadonlySet<string> = new Set(Object.values(TYPE_BY_FORMAT));

/** By the names that sharp has for what it read. */
export const FORMAT_OF_INPUT: Readonly<Record<string, Format>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  heif: 'avif',
  tiff: 'tiff',
  gif: 'gif',
};
