import type { Reader } from '../reader.ts';
import type { Values } from '../setting.ts';
import { location } from '../settings/files.ts';
import { named } from './providers.ts';

/** A place where files are. */
export interface StorageLocation extends Values<typeof location> {
  /** As in STORAGE_LOCATIONS. */
  readonly name: string;
}

/** What a driver cannot do without. */
const REQUIRED: Readonly<Record<StorageLocation['driver'], readonly string[]>> = {
  local: [],
  s3: ['KEY', 'SECRET', 'BUCKET'],
  gcs: [],
  azure: [],
  cloudinary: [],
  supabase: [],
};
const AVAILABLE: ReadonlySet<string> = new Set(['local', 's3']);

export function readLocations(reader: Reader, names: readonly string[]): readonly StorageLocation[] {
  if (names.length === 0) reader.report('STORAGE_LOCATIONS', 'names no location');
  return [...new Set(names)].map((name) => readLocation(reader, name));
}

function readLocation(reader: Reader, name: string): StorageLocation {
  const prefix = `STORAGE_${name.toUpperCase()}_`;
  const values = reader.readAll(named(location, name));
  const { driver } = values;
  if (!AVAILABLE.has(driver)) {
    reader.report(`${prefix}DRIVER`, `got ${driver}, which comes with a later version; takes local or s3 in this one`);
  }
  for (const required of REQUIRED[driver]) {
    if (!reader.given(prefix + required))
      reader.report(prefix + required, `is not given; the driver ${driver} needs it`);
  }
  return { ...values, name };
}
