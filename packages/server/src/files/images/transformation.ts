import { invalidQuery } from '../../errors/index.ts';
import { FORMATS, type Format } from './formats.ts';
import { type Operation, readOperation } from './operations.ts';
import { FITS, type Fit } from './size.ts';

/** What is to be made of an image. null: as it is. */
export interface Transformation {
  readonly width: number | null;
  readonly height: number | null;
  readonly fit: Fit;
  readonly withoutEnlargement: boolean;
  /** `auto`: WebP for who takes it. */
  readonly format: Format | 'auto' | null;
  /** From 1 to 100. */
  readonly quality: number | null;
  /** The point that stays in sight when `cover` cuts, in pixels of the image. */
  readonly focalPoint: { readonly x: number; readonly y: number } | null;
  readonly operations: readonly Operation[];
}

export interface TransformationLimits {
  /** ASSETS_TRANSFORM_IMAGE_MAX_OUTPUT_DIMENSION. */
  readonly maxOutputDimension: number;
  /** ASSETS_TRANSFORM_MAX_OPERATIONS. */
  readonly maxOperations: number;
}

const NAMES = ['width', 'height', 'fit', 'withoutEnlargement', 'format', 'quality', 'transforms'];
const FOCAL_NAMES = ['focal_point_x', 'focal_point_y'];
const MAX_TRANSFORMS_LENGTH = 4_000;

export type Parameters = Readonly<Record<string, unknown>>;

/** Parameters with a value that ask for a transformation, `key` left aside. */
export function givenNames(parameters: Parameters): readonly string[] {
  return [...NAMES, ...FOCAL_NAMES].filter((name) => isGiven(parameters[name]));
}

export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** Reads the parameters of an address, or a preset of the settings. Throws INVALID_QUERY. */
export function readTransformation(parameters: Parameters, limits: TransformationLimits): Transformation {
  const side = (name: string): number | null => wholeNumber(parameters, name, 1, limits.maxOutputDimension);
  const width = side('width');
  const height = side('height');
  const operations = readOperations(parameters.transforms, limits);
  const resizes = operations.filter(({ name }) => name === 'resize').length + ((width ?? height) ? 1 : 0);
  if (resizes > 1) throw invalidQuery('"transforms" and "width" or "height" resize the image more than once.');
  return {
    width,
    height,
    fit: word(parameters, 'fit', FITS) ?? 'cover',
    withoutEnlargement: truth(parameters, 'withoutEnlargement'),
    format: readFormat(parameters),
    quality: wholeNumber(parameters, 'quality', 1, 100),
    focalPoint: readFocalPoint(parameters),
    operations,
  };
}

function readFormat(parameters: Parameters): Transformation['format'] {
  const format = word(parameters, 'format', [...FORMATS, 'jpeg', 'auto'] as const);
  return format === 'jpeg' ? 'jpg' : format;
}

function readFocalPoint(parameters: Parameters): Transformation['focalPoint'] {
  const [x, y] = FOCAL_NAMES.map((name) => wholeNumber(parameters, name, 0, 1_000_000));
  return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
}

function wholeNumber(parameters: Parameters, name: string, min: number, max: number): number | null {
  const given = parameters[name];
  if (!isGiven(given)) return null;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw invalidQuery(`"${name}" has to be a whole number from ${min} to ${max}.`);
  }
  return value;
}

function word<const Word extends string>(parameters: Parameters, name: string, words: readonly Word[]): Word | null {
  const given = parameters[name];
  if (!isGiven(given)) return null;
  const found = words.find((candidate) => candidate === given);
  if (found === undefined) throw invalidQuery(`"${name}" takes ${words.join(', ')}.`);
  return found;
}

function truth(parameters: Parameters, name: string): boolean {
  const given = parameters[name];
  if (!isGiven(given)) return false;
  if (given === true || given === 'true' || given === '1') return true;
  if (given === false || given === 'false' || given === '0') return false;
  throw invalidQuery(`"${name}" takes true or false.`);
}

function readOperations(given: unknown, limits: TransformationLimits): readonly Operation[] {
  if (!isGiven(given)) return [];
  const list = typeof given === 'string' ? parseList(given) : given;
  if (!Array.isArray(list)) throw invalidQuery('"transforms" has to be a list such as [["rotate",90]].');
  if (list.length > limits.maxOperations) {
    throw invalidQuery(`"transforms" takes ${limits.maxOperations} operations at most.`);
  }
  return list.map((entry) => {
    const operation = readOperation(entry, limits.maxOutputDimension);
    if (!operation)
      throw invalidQuery('"transforms" has an operation that is not known or has arguments out of bounds.');
    return operation;
  });
}

function parseList(text: string): unknown {
  if (text.length > MAX_TRANSFORMS_LENGTH) throw invalidQuery('"transforms" is too long.');
  try {
    return JSON.parse(text);
  } catch {
    throw invalidQuery('"transforms" is no valid JSON.');
  }
}
