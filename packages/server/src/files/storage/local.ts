import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { OWN_FOLDER } from './keys.ts';
import { type ByteRange, type SpooledFile, type StorageDriver, StorageError, type StoredObject } from './types.ts';

/** What a killed process left half written is removed by the next one after this time. */
const STALE_MS = 24 * 3_600_000;

/** A folder of this machine. */
export class LocalStorage implements StorageDriver {
  readonly spoolFolder: string;
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
    this.spoolFolder = join(this.#root, OWN_FOLDER, 'incoming');
  }

  async put(key: string, file: SpooledFile): Promise<void> {
    const path = this.pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await rename(file.path, path);
  }

  async open(key: string): Promise<StoredObject | null> {
    // Never through a link at the end of the path: it could lead out of the folder.
    const handle = await orNull(open(this.pathOf(key), constants.O_RDONLY | constants.O_NOFOLLOW));
    if (!handle) return null;
    const facts = await handle.stat();
    if (!facts.isFile()) {
      await handle.close();
      return null;
    }
    return {
      sizeBytes: facts.size,
      read: async (range: ByteRange | null) => handle.createReadStream(range ?? { start: 0 }),
      close: () => handle.close(),
    };
  }

  pathOf(key: string): string {
    const path = resolve(this.#root, key);
    if (!path.startsWith(this.#root + sep)) throw new StorageError('The key leads out of its folder');
    return path;
  }

  async remove(key: string): Promise<void> {
    await orNull(unlink(this.pathOf(key)));
  }

  async count(folder: string): Promise<number> {
    return (await orNull(readdir(this.pathOf(folder))))?.length ?? 0;
  }

  async removeAll(folder: string): Promise<void> {
    await rm(this.pathOf(folder), { recursive: true, force: true });
  }

  /** Removes what uploads of a process that was killed left behind. */
  async sweep(now: number): Promise<void> {
    for (const name of (await orNull(readdir(this.spoolFolder))) ?? []) {
      const path = join(this.spoolFolder, name);
      const facts = await orNull(stat(path));
      if (facts && facts.mtimeMs < now - STALE_MS) await orNull(unlink(path));
    }
  }
}

/** null when there is nothing of that name. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG'].includes(code)) return null;
    throw new StorageError(`The folder of the files fails (${code})`, { cause: error });
  }
}
