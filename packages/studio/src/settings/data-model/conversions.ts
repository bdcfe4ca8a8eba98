const NUMBER = /^-?(\d+\.?\d*|\.\d+)$/;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const TEXTS: ReadonlySet<string> = new Set(['string', 'text', 'csv']);
const POINTS: ReadonlySet<string> = new Set(['date', 'dateTime', 'timestamp']);
const WHOLE: ReadonlySet<string> = new Set(['integer', 'bigInteger']);
const NUMBERS: ReadonlySet<string> = new Set(['float', 'decimal']);
const TO_TEXT: ReadonlySet<string> = new Set([
  ...TEXTS,
  ...POINTS,
  ...WHOLE,
  ...NUMBERS,
  'boolean',
  'time',
  'json',
  'uuid',
]);
const INTEGER_LIMIT = 2_147_483_648;

/** Whether values of a type can become values of another one at all; else only a field without values may change. */
export function convertible(from: string, to: string): boolean {
  if (from === to) return true;
  if (TEXTS.has(to)) return TO_TEXT.has(from);
  if (POINTS.has(to)) return POINTS.has(from);
  if (WHOLE.has(to)) return WHOLE.has(from) || NUMBERS.has(from) || TEXTS.has(from) || from === 'boolean';
  if (NUMBERS.has(to)) return WHOLE.has(from) || NUMBERS.has(from) || TEXTS.has(from) || from === 'boolean';
  if (to === 'boolean') return WHOLE.has(from);
  return (to === 'json' || to === 'uuid') && TEXTS.has(from);
}

/** A check of single values against the type and the length that a field is to have. */
export function fitsType(to: string, length: number | null): (value: unknown) => boolean {
  return (value) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    if (to === 'string') return [...text].length <= (length ?? 255);
    if (to === 'boolean') return ['0', '1', 'true', 'false'].includes(text);
    if (WHOLE.has(to)) return isWhole(value, text, to);
    if (NUMBERS.has(to)) return typeof value !== 'string' || NUMBER.test(text);
    if (to === 'uuid') return UUID.test(text);
    return to === 'json' ? isJson(value) : true;
  };
}

function isWhole(value: unknown, text: string, to: string): boolean {
  if (typeof value === 'boolean') return true;
  const number = Number(text);
  if (text.trim() === '' || !Number.isInteger(number)) return false;
  return to === 'bigInteger' || (number >= -INTEGER_LIMIT && number < INTEGER_LIMIT);
}

function isJson(value: unknown): boolean {
  if (typeof value !== 'string') return true;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
