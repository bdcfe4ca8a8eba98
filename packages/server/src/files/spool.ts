import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ApiError } from '../errors/index.ts';
import type { SpooledFile } from './storage/index.ts';

export interface SpoolOptions {
  readonly folder: string;
  /** null for no limit. */
  readonly maxBytes: number | null;
}

/**
 * Writes a stream to a file of its own, of which nobody else knows, and flushes it to the disk. Throws CONTENT_TOO_LARGE
 * when it is longer than it may be, and what the stream fails with; nothing is left then.
 */
export async function spool(content: Readable, { folder, maxBytes }: SpoolOptions): Promise<SpooledFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, randomUUID());
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      sizeBytes += chunk.length;
      if (maxBytes !== null && sizeBytes > maxBytes) return next(tooLarge(maxBytes));
      hash.update(chunk);
      next(null, chunk);
    },
  });
  try {
    await pipeline(content, measured, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    return { path, sizeBytes, sha256: hash.digest('hex') };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/** The same for what is in memory already. */
export const spoolBuffer = (content: Buffer, folder: string): Promise<SpooledFile> =>
  spool(Readable.from([content]), { folder, maxBytes: null });

export const discard = ({ path }: SpooledFile): Promise<void> => rm(path, { force: true });

export const tooLarge = (maxBytes: number): ApiError =>
  new ApiError('CONTENT_TOO_LARGE', `The file is too large; ${maxBytes} bytes are allowed.`);
