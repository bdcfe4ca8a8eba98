import { failedValidation, invalidPayload } from '../errors/index.ts';
import { isListed, mediaType } from '../files/media-types.ts';
import { downloadName, FILES, titleOf } from '../files/names.ts';
import type { ObjectStore } from '../files/storage/index.ts';
import type { CollectionHooks, HookContext, Key, Payload } from '../items/index.ts';
import type { Store, Transaction } from '../store/types.ts';

export interface FileHookParts {
  readonly store: Store;
  readonly objects: Pick<ObjectStore, 'remove'>;
  /** FILES_MIME_TYPE_ALLOW_LIST. */
  readonly allowedTypes: readonly string[];
}

/** What only an upload says: where contents are, and what they are. Nobody else writes these, administrators included. */
const OF_THE_SERVER = ['storage', 'filename_disk', 'filesize', 'uploaded_on', 'tus_id', 'tus_data'];

/** What directus_files does beyond plain rows: rows are made by uploads only, and contents go when their row goes. */
export function fileHooks({ store, objects, allowedTypes }: FileHookParts): CollectionHooks {
  async function prepare(payload: Payload, action: 'create' | 'update', keys: readonly Key[], context: HookContext) {
    const prepared = { ...payload };
    for (const field of OF_THE_SERVER) delete prepared[field];
    checkName(prepared);
    checkType(prepared, allowedTypes);
    if (action === 'create') return created(prepared, context);
    if (context.found?.filename_disk !== undefined) await removeContents(keys, context.tx);
    return prepared;
  }

  async function created(payload: Payload, { tx, found }: HookContext): Promise<Payload> {
    if (!found) throw invalidPayload(`Items of ${FILES} are made by uploading a file.`);
    const name = payload.filename_download ?? found.filename_download;
    payload.title ??= titleOf(String(name)).slice(0, MAX_TITLE);
    if (payload.folder === undefined) payload.folder = await defaultFolder(tx);
    return payload;
  }

  /** Once the change is committed; contents that nobody finds any more are no secret. */
  async function removeContents(keys: readonly Key[], tx: Transaction): Promise<void> {
    const text = `select storage, filename_disk as key from ${FILES} where id = ${store.placeholder(1)}`;
    for (const id of keys) {
      const row = await tx.get<{ storage: string; key: string | null }>(text, [id]);
      const key = row?.key ?? null;
      if (row && key !== null) tx.afterCommit(() => objects.remove(row.storage, key));
    }
  }

  return { prepare, deleting: (keys, { tx }) => removeContents(keys, tx) };
}

const MAX_TITLE = 255;

function checkName(payload: Payload): void {
  const { filename_download: name } = payload;
  if (name === undefined) return;
  if (typeof name !== 'string') throw failedValidation('filename_download', 'nnull');
  const safe = downloadName(name, '');
  if (safe === '') throw failedValidation('filename_download', 'nempty');
  payload.filename_download = safe;
}

function checkType(payload: Payload, allowed: readonly string[]): void {
  const { type } = payload;
  if (type === undefined || type === null) return;
  const plain = typeof type === 'string' ? mediaType(type) : null;
  if (plain === null) throw invalidPayload('"type" has to be a media type such as image/png.');
  if (!isListed(plain, allowed)) throw invalidPayload(`Files of the type ${plain} are not taken.`);
  payload.type = plain;
}

async function defaultFolder(tx: Transaction): Promise<unknown> {
  const row = await tx.get('select storage_default_folder as folder from directus_settings limit 1');
  return row?.folder ?? null;
}
