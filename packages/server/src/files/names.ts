/** The collection of files. */
export const FILES = 'directus_files';

const MAX_NAME_LENGTH = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what names must not have.
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The name under which a file is offered: the last part of whatever path was sent, without control characters and those
 * that turn the direction of writing (which make `exe.png` of `gnp.exe`). `fallback` when nothing is left.
 */
export function downloadName(sent: string | null | undefined, fallback: string): string {
  const last = (sent ?? '').split(/[\\/]/).at(-1) ?? '';
  const name = last.replace(INVISIBLE, '').trim();
  if (name === '' || /^\.+$/.test(name)) return fallback;
  if (name.length <= MAX_NAME_LENGTH) return name.toWellFormed();
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  return (name.slice(0, MAX_NAME_LENGTH - ending.length) + ending).toWellFormed();
}

/** `Badge Front Side` of `badge_front-side.png`. */
export function titleOf(name: string): string {
  const stem = name.replace(/\.[A-Za-z0-9]{1,10}$/, '') || name;
  return stem
    .replace(/[_\-\s]+/g, ' ')
    .trim()
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** `Content-Disposition` (RFC 6266): the name in ASCII, and where that loses something, in UTF-8 too (RFC 8187). */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const basic = `${kind}; filename="${plain}"`;
  return plain === name ? basic : `${basic}; filename*=UTF-8''${encodeName(name)}`;
}

const encodeName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
