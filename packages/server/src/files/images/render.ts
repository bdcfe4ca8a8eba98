import type { Sharp } from 'sharp';
import { ApiError, invalidQuery, serviceUnavailable } from '../../errors/index.ts';
import { FORMAT_OF_INPUT, type Format, TYPE_BY_FORMAT } from './formats.ts';
import { loadSharp } from './load-sharp.ts';
import { largestSize, type Operation } from './operations.ts';
import { resizedSize, type Size } from './size.ts';
import type { Transformation } from './transformation.ts';

export interface RenderLimits {
  /** Of the image as it is. */
  readonly maxDimension: number;
  /** Of what is made of it. */
  readonly maxOutputDimension: number;
  readonly timeoutMs: number;
  readonly failOn: 'none' | 'truncated' | 'error' | 'warning';
}

export interface Rendered {
  readonly content: Buffer;
  readonly type: string;
}

/** Formats that are written slowly (a second for about 1 and 3 megapixels), and that no timeout interrupts. */
const MAX_PIXELS: Readonly<Partial<Record<Format, number>>> = { gif: 4_000_000, avif: 16_000_000 };
/** Up to here an AVIF may take four times as long, to become smaller. */
const CAREFUL_PIXELS = 2_000_000;

const WHITE = { r: 255, g: 255, b: 255, alpha: 1 };
const CLEAR = { r: 0, g: 0, b: 0, alpha: 0 };

/**
 * Makes the image that is asked for. Sizes are checked before a pixel is unpacked. Throws ILLEGAL_ASSET_TRANSFORMATION
 * for an image that is too large, becomes too large, or can't be read; INVALID_QUERY for arguments that an operation
 * refuses; SERVICE_UNAVAILABLE when it takes too long. Nothing that the camera noted stays in the result.
 */
export async function renderImage(path: string, wanted: Transformation, limits: RenderLimits): Promise<Rendered> {
  const sharp = await loadSharp();
  const { maxDimension, timeoutMs } = limits;
  const bounds = { limitInputPixels: maxDimension ** 2, autoOrient: true };
  const facts = await sharp(path, bounds).metadata().catch(unreadable);
  const size = facts.autoOrient;
  const input = FORMAT_OF_INPUT[facts.format];
  if (!input) return unreadable(`the format ${facts.format}`);
  const format = wanted.format === 'auto' || wanted.format === null ? input : wanted.format;
  const pixels = checkedPixels(size, wanted, format, limits);
  const options = { ...bounds, failOn: toleranceFor(input, limits.failOn) };
  const image = sharp(path, options).timeout({ seconds: Math.max(1, Math.ceil(timeoutMs / 1_000)) });
  try {
    resize(image, size, wanted, format);
    for (const operation of wanted.operations) apply(image, operation);
    encode(image, format, wanted, pixels);
  } catch {
    throw invalidQuery('"transforms" has an operation with arguments that it does not take.');
  }
  const content = await image.toBuffer().catch(failed);
  return { content, type: TYPE_BY_FORMAT[format] };
}

/** A wrong checksum in a PNG is an error for libpng, and nothing for the decoders of browsers: such images are shown. */
function toleranceFor(input: Format, failOn: RenderLimits['failOn']): RenderLimits['failOn'] {
  return input === 'png' && failOn !== 'none' ? 'truncated' : failOn;
}

/** How many pixels the result has at most. */
function checkedPixels(size: Size, wanted: Transformation, format: Format, limits: RenderLimits): number {
  const { maxDimension, maxOutputDimension } = limits;
  if (Math.max(size.width, size.height) > maxDimension) {
    throw illegal(`The image is larger than ${maxDimension} pixels on a side.`);
  }
  const asked = resizedSize(size, wanted);
  const resized = wanted.withoutEnlargement
    ? { width: Math.min(asked.width, size.width), height: Math.min(asked.height, size.height) }
    : asked;
  const { width, height } = largestSize(resized, wanted.operations);
  if (Math.max(width, height) > maxOutputDimension) {
    throw illegal(`The result would be larger than ${maxOutputDimension} pixels on a side.`);
  }
  const pixels = width * height;
  const most = MAX_PIXELS[format];
  if (most !== undefined && pixels > most) {
    throw illegal(`The result would have more than ${most} pixels, which is much for ${format}.`);
  }
  return pixels;
}

function resize(image: Sharp, size: Size, wanted: Transformation, format: Format): void {
  const { width, height, fit, withoutEnlargement, focalPoint } = wanted;
  if (width === null && height === null) return;
  if (width !== null && height !== null && fit === 'cover' && focalPoint) {
    const factor = Math.max(width / size.width, height / size.height);
    if (factor <= 1 || !withoutEnlargement) {
      cutAround(image, { width, height }, focalPoint, factor, size);
      return;
    }
  }
  const background = format === 'jpg' ? WHITE : CLEAR;
  image.resize(width ?? undefined, height ?? undefined, { fit, withoutEnlargement, background });
}

/** Scales so that the wanted size is covered, and cuts it out with the focal point as near to its middle as can be. */
function cutAround(image: Sharp, wanted: Size, focal: { x: number; y: number }, factor: number, size: Size): void {
  const width = Math.max(wanted.width, Math.round(size.width * factor));
  const height = Math.max(wanted.height, Math.round(size.height * factor));
  const start = (at: number, length: number, whole: number): number =>
    Math.min(Math.max(0, Math.round(at * factor - length / 2)), whole - length);
  image
    .resize({ width, height, fit: 'fill' })
    .extract({ left: start(focal.x, wanted.width, width), top: start(focal.y, wanted.height, height), ...wanted });
}

/** The name is one of ours and the arguments are plain values; whether they fit is for sharp to say. */
function apply(image: Sharp, { name, args }: Operation): void {
  const method = image[name] as (...given: unknown[]) => Sharp;
  method.apply(image, [...args]);
}

function encode(image: Sharp, format: Format, { quality, operations }: Transformation, pixels: number): void {
  const options = quality === null ? {} : { quality };
  if (format === 'jpg' && !operations.some(({ name }) => name === 'flatten')) image.flatten({ background: WHITE });
  if (format === 'jpg') image.jpeg(options);
  else if (format === 'webp') image.webp(options);
  else if (format === 'avif') image.avif({ ...options, effort: pixels > CAREFUL_PIXELS ? 0 : 2 });
  else if (format === 'tiff') image.tiff(options);
  else if (format === 'gif') image.gif();
  else image.png();
}

const illegal = (reason: string, cause?: unknown): ApiError =>
  new ApiError('ILLEGAL_ASSET_TRANSFORMATION', reason, { reason }, cause);

function unreadable(cause: unknown): never {
  throw illegal('The file is no image that can be transformed.', cause);
}

function failed(error: unknown): never {
  if (error instanceof Error && error.message.startsWith('timeout'))
    throw serviceUnavailable('assets', 'The transformation took too long.', error);
  return unreadable(error);
}
