const WHOLE = new Set(['integer', 'bigInteger']);
const FRACTION = new Set(['float', 'decimal']);

/** The value that typed text means for a type. Undefined for none; what is no number yet stays text. */
export function readText(type: string, text: string): unknown {
  if (text.startsWith('$')) return text;
  if (type === 'boolean') return text === 'true';
  if (WHOLE.has(type) || FRACTION.has(type)) {
    if (text.trim() === '') return undefined;
    const number = Number(text);
    // What a number can't hold exactly, or could be typed on, stays as it is written.
    return Number.isFinite(number) && String(number) === text.trim() ? number : text;
  }
  if (['date', 'time', 'dateTime', 'timestamp', 'uuid'].includes(type) && text === '') return undefined;
  return text;
}

export const writeText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
