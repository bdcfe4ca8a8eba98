import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { StorageLocation } from '../../config/index.ts';
import { serviceUnavailable } from '../../errors/index.ts';
import { isObjectKey, variantFolder } from './keys.ts';
import { type SpooledFile, type StorageDriver, StorageError, type StoredObject } from './types.ts';

export { isObjectKey } from './keys.ts';
export { type ByteRange, type SpooledFile, type StorageDriver, StorageError, type StoredObject } from './types.ts';

const DEFAULT_ROOT = './uploads';

/** Every storage location of a project. A driver is loaded when it is first needed. */
export class ObjectStore {
  /** Where new files go that name no location. */
  readonly defaultLocation: string;
  readonly #locations: ReadonlyMap<string, StorageLocation>;
  readonly #tempPath: string;
  readonly #drivers = new Map<string, Promise<StorageDriver>>();

  constructor(locations: readonly StorageLocation[], tempPath: string) {
    this.#locations = new Map(locations.map((location) => [location.name, location]));
    this.defaultLocation = locations[0]?.name ?? 'local';
    this.#tempPath = tempPath;
  }

  has(location: string): boolean {
    return this.#locations.has(location);
  }

  spoolFolder(location: string): Promise<string> {
    return this.#using(location, async (driver) => driver.spoolFolder);
  }

  /** The spooled file is gone afterwards, also when it could not be stored. */
  put(location: string, key: string, file: SpooledFile, type: string): Promise<void> {
    return this.#put(location, checked(key), file, type);
  }

  /** null when there is no such object, no such location any more, or no such key can be. */
  async open(location: string, key: string): Promise<StoredObject | null> {
    if (!this.has(location) || !isObjectKey(key)) return null;
    return this.#using(location, (driver) => driver.open(key));
  }

  async pathOf(location: string, key: string): Promise<string | null> {
    return this.#using(location, async (driver) => driver.pathOf(checked(key)));
  }

  /** The object and everything that was made of it. */
  async remove(location: string, key: string): Promise<void> {
    if (!this.has(location) || !isObjectKey(key)) return;
    await this.#using(location, async (driver) => {
      await driver.remove(key);
      await driver.removeAll(variantFolder(key));
    });
  }

  openVariant(location: string, key: string, name: string): Promise<StoredObject | null> {
    return this.#using(location, (driver) => driver.open(variantFolder(checked(key)) + name));
  }

  countVariants(location: string, key: string): Promise<number> {
    return this.#using(location, (driver) => driver.count(variantFolder(checked(key))));
  }

  putVariant(location: string, key: string, name: string, file: SpooledFile, type: string): Promise<void> {
    return this.#put(location, variantFolder(checked(key)) + name, file, type);
  }

  async #put(location: string, key: string, file: SpooledFile, type: string): Promise<void> {
    try {
      await this.#using(location, (driver) => driver.put(key, file, type));
    } finally {
      await rm(file.path, { force: true });
    }
  }

  async #using<T>(location: string, work: (driver: StorageDriver) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#driver(location));
    } catch (error) {
      if (error instanceof StorageError) throw serviceUnavailable('storage', 'Try again later.', error);
      throw error;
    }
  }

  #driver(name: string): Promise<StorageDriver> {
    let driver = this.#drivers.get(name);
    if (!driver) {
      const location = this.#locations.get(name);
      if (!location) throw new StorageError(`STORAGE_LOCATIONS does not name ${name}`);
      driver = openDriver(location, this.#tempPath);
      this.#drivers.set(name, driver);
      driver.catch(() => this.#drivers.delete(name));
    }
    return driver;
  }
}

function checked(key: string): string {
  if (!isObjectKey(key)) throw new StorageError('This cannot be the key of an object');
  return key;
}

async function openDriver(location: StorageLocation, tempPath: string): Promise<StorageDriver> {
  if (location.driver === 's3') {
    const { S3Storage } = await import('./s3.ts');
    return new S3Storage(location, resolve(tempPath));
  }
  const { LocalStorage } = await import('./local.ts');
  const storage = new LocalStorage(location.root ?? DEFAULT_ROOT);
  await storage.sweep(Date.now());
  return storage;
}
