const two = (value: number): string => String(value).padStart(2, '0');

/** A stored moment as the browser's inputs take it; a timestamp in the browser's time zone. */
export function writeMoment(type: string, value: unknown): string {
  if (typeof value !== 'string') return '';
  if (type !== 'timestamp') return value.replace(/\.\d+$/, '');
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return '';
  const day = `${String(moment.getFullYear()).padStart(4, '0')}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}

/** The value of a typed moment: a timestamp in UTC, everything else as it is written; null for none. */
export function readMoment(type: string, text: string): string | null {
  if (text === '') return null;
  if (type !== 'timestamp') return /T\d\d:\d\d$|^\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
