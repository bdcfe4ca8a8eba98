import { setImmediate as others } from 'node:timers/promises';
import type { Access } from '../access/index.ts';
import { ApiError, forbidden, invalidPayload, serviceUnavailable } from '../errors/index.ts';
import type { ItemService, ItemWriter, Payload } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Collection } from '../schema/types.ts';
import { ImportFailures } from './importing-failures.ts';
import { payloadsIn, readerFor } from './importing-rows.ts';
import { isWritable } from './writable.ts';

export interface ImportParts {
  readonly items: ItemService;
  readonly clock: Clock;
  /** MAX_IMPORT_ERRORS: after so many, nothing more is looked at. */
  readonly maxErrors: number;
  /** IMPORT_TIMEOUT, in milliseconds. */
  readonly timeoutMs: number;
}

/** Rows after which others get their turn. */
const SLICE = 20;

/**
 * The collection, when the caller may write some of its items. Throws FORBIDDEN, before anything of a file is read; also for
 * everybody who is nobody in particular: a file writes for as long as an hour, and on SQLite nobody else does meanwhile.
 */
export function importable(access: Access, name: string): Collection {
  if (access.accountability.kind === 'anonymous') throw forbidden();
  const allowed = access.profile.access(name, 'create') ?? access.profile.require(name, 'update');
  if (!isWritable(allowed.collection)) throw forbidden();
  if (allowed.collection.singleton) throw invalidPayload(`"${name}" has one item only and takes no list.`);
  return allowed.collection;
}

/** How a file of this media type is read. Throws UNSUPPORTED_MEDIA_TYPE. */
export function requireReader(mediaType: string): 'csv' | 'json' {
  const kind = readerFor(mediaType);
  if (kind) return kind;
  const extensions = { mediaType, where: 'file import' };
  throw new ApiError('UNSUPPORTED_MEDIA_TYPE', `Files of the type ${mediaType} can't be imported.`, extensions);
}

/**
 * Writes the items of a file, with the caller's rights as for any write: those with the key of an item that is there
 * change it, others are created. All or nothing; when rows fail, every failure is told, with the numbers of its rows, counted
 * from 1.
 */
export async function importItems(
  parts: ImportParts,
  access: Access,
  collection: Collection,
  kind: 'csv' | 'json',
  text: AsyncIterable<string>,
): Promise<void> {
  const deadline = parts.clock.now() + parts.timeoutMs;
  const failures = new ImportFailures(parts.maxErrors);
  await parts.items.together(access, async (writer) => {
    let row = 0;
    for await (const payload of payloadsIn(text, kind, collection, access.profile.snapshot)) {
      row += 1;
      try {
        await writeRow(writer, collection, payload);
      } catch (error) {
        failures.add(error, row);
        if (failures.isOver) break;
      }
      if (row % SLICE === 0) await others();
      if (parts.clock.now() > deadline) throw serviceUnavailable('import', 'The import took too long.');
    }
    failures.throw();
  });
}

async function writeRow(writer: ItemWriter, collection: Collection, payload: Payload): Promise<void> {
  const { name, primaryKey } = collection;
  const { [primaryKey]: key, ...changes } = payload;
  if (key !== undefined && key !== null && (await writer.exists(name, key))) await writer.update(name, key, changes);
  else await writer.create(name, payload);
}
