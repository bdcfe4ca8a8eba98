import type { Readable } from 'node:stream';

/** A file on this machine that waits to be stored: whole, with its length and digest known. */
export interface SpooledFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 in lower-case hex. */
  readonly sha256: string;
}

/** Inclusive positions of the first and the last byte. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A stored object that was found. Either read it once or close it. */
export interface StoredObject {
  readonly sizeBytes: number;
  read(range: ByteRange | null): Promise<Readable>;
  close(): Promise<void>;
}

/**
 * A place where objects are, by key. Keys are relative paths whose parts have letters, digits, `.`, `-`, `_` and such;
 * `ObjectStore` checks them before a driver sees them. Failures of the place itself reject with `StorageError`.
 */
export interface StorageDriver {
  /** Where a file is best written before it is stored: on the same file system if there is one. */
  readonly spoolFolder: string;
  /** Stores the file under the key, whole or not at all. The spooled file may be gone afterwards. */
  put(key: string, file: SpooledFile, type: string): Promise<void>;
  /** null when there is no such object. */
  open(key: string): Promise<StoredObject | null>;
  /** A path of the file system that holds the object already, or null where there is none. */
  pathOf(key: string): string | null;
  /** No error when there is no such object. */
  remove(key: string): Promise<void>;
  /** How many objects are in a folder of keys (named with its slash at the end), up to 1,000. */
  count(folder: string): Promise<number>;
  removeAll(folder: string): Promise<void>;
}

/** A storage did not do what it was asked to do. The message is for the log. */
export class StorageError extends Error {
  override name = 'StorageError';
}
