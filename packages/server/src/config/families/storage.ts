import type { Reader } from '../reader.ts';
import type { Values } from '../setting.ts';
import { location } from '../settings/files.ts';
import { named } from './providers.ts';

/** A place where files are. */
export interface StorageLocation extends Values<typeof location> {
  /** As in STORAGE_LOCATIONS. */
  readonly name: string;
}

export function readLocations(reader: Reader, names: readonly string[]): readonly StorageLocation[] {
  return [...new Set(names)].map((name) => ({ ...reader.readAll(named(location, name)), name }));
}
