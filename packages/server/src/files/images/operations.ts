import { resizedSize, type Size } from './size.ts';

export type Argument = number | string | boolean | null | { readonly [name: string]: number | string | boolean | null };

/** One step of `transforms`: a method of sharp and its arguments. */
export interface Operation {
  readonly name: OperationName;
  readonly args: readonly Argument[];
}

/** Those methods of sharp that look at nothing but the image: none reads a second one, none writes. */
const OPERATIONS = [
  ...['autoOrient', 'blur', 'clahe', 'ensureAlpha', 'extend', 'extract', 'flatten', 'flip', 'flop', 'gamma'],
  ...['grayscale', 'greyscale', 'linear', 'median', 'modulate', 'negate', 'normalise', 'normalize', 'removeAlpha'],
  ...['resize', 'rotate', 'sharpen', 'threshold', 'tint', 'trim', 'unflatten'],
] as const;
export type OperationName = (typeof OPERATIONS)[number];

const MAX_ARGUMENTS = 4;
const MAX_OPTIONS = 12;
const MAX_TEXT = 64;
/** Blurs and medians cost their radius in time. */
const LARGEST: Readonly<Partial<Record<OperationName, number>>> = { blur: 200, median: 25, sharpen: 100, clahe: 500 };

/** null for what is no permitted operation. Numbers may have `largest` as their greatest size. */
export function readOperation(value: unknown, largest: number): Operation | null {
  if (!Array.isArray(value)) return null;
  const [name, ...args] = value as unknown[];
  if (!isName(name) || args.length > MAX_ARGUMENTS) return null;
  const limit = LARGEST[name] ?? largest;
  return args.every((arg) => isArgument(arg, limit)) ? { name, args: args as Argument[] } : null;
}

const isName = (name: unknown): name is OperationName => OPERATIONS.includes(name as OperationName);

function isArgument(value: unknown, largest: number): boolean {
  if (value === null || typeof value !== 'object') return isPlain(value, largest);
  if (Array.isArray(value)) return false;
  const options = Object.values(value);
  return options.length <= MAX_OPTIONS && options.every((option) => isPlain(option, largest) || isColour(option));
}

function isPlain(value: unknown, largest: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) <= largest;
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return value === null || typeof value === 'boolean';
}

const COLOUR_PARTS: ReadonlySet<string> = new Set(['r', 'g', 'b', 'alpha']);

function isColour(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, part]) => COLOUR_PARTS.has(name) && isPlain(part, 255));
}

/** How large an image of this size can become by these operations, at most. */
export function largestSize(size: Size, operations: readonly Operation[]): Size {
  return operations.reduce<Size>(({ width, height }, { name, args }) => {
    if (name === 'resize') return resizedSize({ width, height }, resizeOptions(args));
    if (name === 'extend') {
      const added = args.flatMap(numbersOf).reduce((sum, length) => sum + Math.abs(length), 0) * 2;
      return { width: width + added, height: height + added };
    }
    if (name !== 'rotate') return { width, height };
    const isTurnedAside = numbersOf(args[0] ?? null).some((angle) => angle % 90 !== 0);
    return isTurnedAside ? { width: width + height, height: width + height } : { width: height, height: width };
  }, size);
}

/** `(width, height, options)` or `(options)`. */
function resizeOptions(args: readonly Argument[]): Parameters<typeof resizedSize>[1] {
  const options = Object.assign({}, ...args.filter((arg) => arg !== null && typeof arg === 'object')) as Options;
  const side = (arg: Argument | undefined): number | null => (typeof arg === 'number' ? arg : null);
  return {
    width: side(args[0]) ?? side(options.width),
    height: side(args[1]) ?? side(options.height),
    fit: options.fit === 'outside' ? 'outside' : 'cover',
  };
}

type Options = Readonly<Record<string, number | string | boolean | null>>;

function numbersOf(value: Argument): number[] {
  if (typeof value === 'number') return [value];
  return value === null || typeof value !== 'object'
    ? []
    : Object.values(value).filter((part) => typeof part === 'number');
}
