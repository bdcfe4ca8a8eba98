import type { Access, CollectionAccess } from '../access/index.ts';
import { forbidden } from '../errors/index.ts';
import { readKey } from '../items/index.ts';
import { selectByKeys, storedColumns, storedItem } from '../items/rows.ts';
import type { Store } from '../store/types.ts';
import type { Action } from '../wire/index.ts';
import { FILES } from './names.ts';

/** What the server needs to know of a file; whoever may reach the file need not be able to read these fields. */
export interface FileRow {
  readonly id: string;
  readonly storage: string;
  readonly filename_disk: string | null;
  readonly filename_download: string;
  readonly type: string | null;
  readonly modified_on: string | null;
  readonly uploaded_on: string | null;
  readonly focal_point_x: number | null;
  readonly focal_point_y: number | null;
}

const COLUMNS: readonly (keyof FileRow)[] = [
  'id',
  'storage',
  'filename_disk',
  'filename_download',
  'type',
  'modified_on',
  'uploaded_on',
  'focal_point_x',
  'focal_point_y',
];

/** The row of a file on which the caller may do this. Not there, out of reach, or no key at all: FORBIDDEN alike. */
export async function fileInReach(store: Store, access: Access, action: Action, id: string): Promise<FileRow> {
  const allowed: CollectionAccess = access.profile.require(FILES, action);
  const { collection } = allowed;
  const fields = COLUMNS.flatMap((name) => collection.fields.get(name) ?? []);
  const [row] = await selectByKeys(store, store.dialect, collection, [readKey(collection, id)], access.scope, {
    columns: (_, alias) => storedColumns(fields, store.dialect, alias),
    where: allowed.rows,
  });
  if (!row) throw forbidden();
  return storedItem(fields, row, store.dialect) as unknown as FileRow;
}
