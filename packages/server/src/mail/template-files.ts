import { readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';

const BUILT_IN = join(import.meta.dirname, 'templates');
const NAME = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i;
const MAX_BYTES = 262_144;

/** Whether it may name a template: letters, digits, dashes; never a path. */
export const isTemplateName = (name: string): boolean => NAME.test(name);

/** `de-CH` counts as `de-CH` and `de`; what is no language tag (RFC 5646) as none. */
export function languagesOf(tag: string): readonly string[] {
  if (!LANGUAGE.test(tag)) return [];
  const [language = ''] = tag.split('-');
  return tag === language ? [tag] : [tag, language];
}

/**
 * The text of a template: of the project's folder `NAME.LANGUAGE.TYPE`, `NAME.TYPE` or `base.TYPE`, else the built-in base.
 * Throws for a name that is none, and for a file that is too large or can't be read.
 */
export async function readTemplate(
  folder: string,
  name: string,
  language: string,
  type: 'html' | 'txt',
): Promise<string> {
  if (!isTemplateName(name)) throw new Error(`${JSON.stringify(name)} is no name of a template`);
  const own = [...languagesOf(language).map((tag) => `${name}.${tag}`), name, 'base'];
  for (const file of own) {
    const text = await readWithin(resolve(folder), `${file}.${type}`);
    if (text !== null) return text;
  }
  return readFile(join(BUILT_IN, `base.${type}`), 'utf8');
}

/** A file of the folder; null where it is not there. Links that lead out of the folder are not followed. */
async function readWithin(folder: string, file: string): Promise<string | null> {
  try {
    const path = await realpath(join(folder, file));
    if (!path.startsWith((await realpath(folder)) + sep)) throw new Error(`${file} leads out of EMAIL_TEMPLATES_PATH`);
    if ((await stat(path)).size > MAX_BYTES) throw new Error(`${file} is longer than ${MAX_BYTES} bytes`);
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
