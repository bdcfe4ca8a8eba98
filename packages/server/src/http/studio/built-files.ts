import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
};

/** Compressed forms that the build leaves beside a file, the smallest first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

export interface BuiltFile {
  readonly content: Buffer;
  readonly type: string;
  readonly encoding: 'br' | 'gzip' | null;
}

/** The files of a build. Only their names are kept, and no other file can be asked for. */
export class BuiltFiles {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;

  private constructor(folder: string, names: ReadonlySet<string>) {
    this.#folder = folder;
    this.#names = names;
  }

  /** null where nothing was built. */
  static in(folder: string): BuiltFiles | null {
    if (!existsSync(join(folder, 'index.html'))) return null;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    return new BuiltFiles(folder, new Set(names.map((name) => name.replaceAll('\\', '/'))));
  }

  /**
   * null for a name that is no file of the build, or no more, since another build took its place. `accepted` is the header
   * Accept-Encoding (RFC 9110, 12.5.3).
   */
  async read(name: string, accepted: string): Promise<BuiltFile | null> {
    const type = TYPES[extname(name)];
    if (!type || !this.#names.has(name)) return null;
    const [encoding, ending] = ENCODINGS.find(
      ([one, suffix]) => this.#names.has(name + suffix) && accepts(accepted, one),
    ) ?? [null, ''];
    const content = await readFile(join(this.#folder, name + ending)).catch(ifGone);
    return content && { content, type, encoding };
  }
}

function ifGone(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

const accepts = (header: string, encoding: string): boolean =>
  header.split(',').some((part) => {
    const [name, quality] = part.split(';');
    return name?.trim() === encoding && !/^\s*q=0(\.0*)?\s*$/.test(quality ?? '');
  });
