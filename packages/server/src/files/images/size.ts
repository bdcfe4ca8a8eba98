export interface Size {
  readonly width: number;
  readonly height: number;
}

export const FITS = ['cover', 'contain', 'inside', 'outside'] as const;
export type Fit = (typeof FITS)[number];

export interface Resize {
  /** null: follows the other side. */
  readonly width: number | null;
  readonly height: number | null;
  readonly fit: Fit;
}

/** The size that an image gets, or one that is not smaller. */
export function resizedSize(size: Size, { width, height, fit }: Resize): Size {
  if (width === null && height === null) return size;
  if (width !== null && height !== null && fit !== 'outside') return { width, height };
  const factors = [width === null ? 0 : width / size.width, height === null ? 0 : height / size.height];
  const factor = Math.max(...factors);
  return { width: Math.round(size.width * factor), height: Math.round(size.height * factor) };
}
