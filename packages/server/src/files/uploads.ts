import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Access } from '../access/index.ts';
import type { Config } from '../config/index.ts';
import { ApiError, invalidPayload, serviceUnavailable } from '../errors/index.ts';
import type { ItemService, Payload } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { type OutboundClient, OutboundError, OutboundTooLarge } from '../kernel/outbound/index.ts';
import { QueueFull, Semaphore } from '../kernel/semaphore.ts';
import type { Item, Query } from '../query/index.ts';
import type { Store } from '../store/types.ts';
import { fileInReach } from './file-row.ts';
import { readFormFields } from './form-fields.ts';
import { IMAGE_TYPES } from './images/formats.ts';
import { probeImage } from './images/probe.ts';
import { diskEnding, isListed, typeOf } from './media-types.ts';
import { downloadName, FILES } from './names.ts';
import { discard, spool, tooLarge } from './spool.ts';
import type { ObjectStore, SpooledFile } from './storage/index.ts';

/** A file on its way in. */
export interface IncomingFile {
  readonly content: Readable;
  /** As the sender calls it. */
  readonly name: string | undefined;
  readonly type: string | undefined;
  /** What the sender says about it. */
  readonly fields: Payload;
}

/** A file that is stored, and belongs to no row yet. */
export interface ReceivedFile {
  readonly location: string;
  readonly key: string;
  /** What the sender says about it, without what is the server's to say. */
  readonly fields: Payload;
  /** What the server found out, in the columns of the row. */
  readonly facts: Payload;
}

export type UploadSettings = Pick<
  Config,
  'filesMaxUploadSizeBytes' | 'filesMaxUploadConcurrency' | 'filesMimeTypeAllowList' | 'fileMetadataAllowList'
>;

export interface UploadParts {
  readonly store: Store;
  readonly items: ItemService;
  readonly objects: ObjectStore;
  readonly outbound: OutboundClient;
  readonly clock: Clock;
  readonly settings: UploadSettings;
}

const WAITING_PER_RUNNING = 10;
/** For everything: finding, connecting, reading. */
const IMPORT_TIMEOUT_MS = 300_000;

/**
 * Takes files in. Contents are stored first, under a key that nobody chose, and the row is written last, so that there is
 * never a row without contents; whatever goes wrong on the way takes the contents along.
 */
export class Uploads {
  readonly #parts: UploadParts;
  readonly #turns: Semaphore | null;

  constructor(parts: UploadParts) {
    this.#parts = parts;
    const running = parts.settings.filesMaxUploadConcurrency;
    this.#turns = running === undefined ? null : new Semaphore(running, running * WAITING_PER_RUNNING);
  }

  /** Runs an upload when it is its turn. Throws SERVICE_UNAVAILABLE when too many wait. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await (this.#turns ? this.#turns.run(work) : work());
    } catch (error) {
      if (error instanceof QueueFull) throw serviceUnavailable('files', 'Too many uploads wait already.', error);
      throw error;
    }
  }

  /**
   * Stores a file. Throws INVALID_PAYLOAD for a type that is not allowed, CONTENT_TOO_LARGE, and what reading it throws;
   * nothing is left then. `location` is where, when the fields don't say.
   */
  async receive(access: Access, incoming: IncomingFile, location: string | null = null): Promise<ReceivedFile> {
    const { objects, settings, clock } = this.#parts;
    const { storage, ...fields } = readFormFields(incoming.fields, access.profile.snapshot.collections.get(FILES));
    const place = this.#location(storage, location);
    const name = downloadName(incoming.name, 'file');
    const declared = this.#allowed(typeOf(incoming.type, name));
    const folder = await objects.spoolFolder(place);
    const spooled = await spool(incoming.content, { folder, maxBytes: settings.filesMaxUploadSizeBytes ?? null });
    const contents = await this.#look(spooled, declared);
    const id = randomUUID();
    const key = id + diskEnding(name, contents.type);
    await objects.put(place, key, spooled, contents.type);
    const facts = {
      storage: place,
      filename_disk: key,
      filename_download: name,
      filesize: spooled.sizeBytes,
      uploaded_on: new Date(clock.now()).toISOString(),
      ...contents,
    };
    return { location: place, key, fields, facts };
  }

  /** Files from somewhere else on the network. Nothing is asked for whom it may not be stored. */
  async receiveFrom(access: Access, address: string, fields: Payload): Promise<ReceivedFile> {
    access.profile.require(FILES, 'create');
    const maxBytes = this.#parts.settings.filesMaxUploadSizeBytes ?? Number.POSITIVE_INFINITY;
    try {
      const answer = await this.#parts.outbound.get(address, { maxBytes, timeoutMs: IMPORT_TIMEOUT_MS });
      if (answer.status !== 200) {
        answer.body.destroy();
        throw new OutboundError(`${answer.url.host} answers ${answer.status}`);
      }
      const type = answer.headers['content-type'];
      const name = nameIn(answer.url);
      return await this.receive(access, {
        content: answer.body,
        name,
        type: typeof type === 'string' ? type : undefined,
        fields,
      });
    } catch (error) {
      if (error instanceof OutboundTooLarge) throw tooLarge(maxBytes);
      // One answer for everything, or callers could explore the network that the server sees.
      if (!(error instanceof ApiError)) throw invalidPayload('"url" can\'t be fetched.', error);
      throw error;
    }
  }

  /** Writes the rows of files that were received; in one transaction. The caller's view of them, or null. */
  async create(access: Access, files: readonly ReceivedFile[], query: Query): Promise<Item[] | null> {
    const payloads = files.map(({ fields }) => fields);
    const facts = files.map(factsForCreate);
    return this.#orDiscard(files, () => this.#parts.items.createMany(access, FILES, payloads, query, facts));
  }

  /** Where the contents of a file are that the caller may change. FORBIDDEN for every other one. */
  async locationOf(access: Access, id: string): Promise<string> {
    const { storage } = await fileInReach(this.#parts.store, access, 'update', id);
    return this.#parts.objects.has(storage) ? storage : this.#parts.objects.defaultLocation;
  }

  /** Gives a file other contents, for which the caller needs the right to write its name. */
  async replace(access: Access, id: string, file: ReceivedFile, query: Query): Promise<Item | null> {
    const { filename_download: name, ...facts } = file.facts;
    const payload = { filename_download: name, ...file.fields };
    return this.#orDiscard([file], () => this.#parts.items.update(access, FILES, id, payload, query, facts));
  }

  /** Removes contents that belong to no row. */
  async discard(files: readonly ReceivedFile[]): Promise<void> {
    const { store, objects } = this.#parts;
    const text = `select 1 from directus_files where filename_disk = ${store.placeholder(1)}`;
    for (const { location, key } of files) {
      // A connection that was lost while it committed may have left the row.
      if (!(await store.get(text, [key]))) await objects.remove(location, key);
    }
  }

  async #orDiscard<T>(files: readonly ReceivedFile[], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.discard(files);
      throw error;
    }
  }

  #location(asked: unknown, fallback: string | null): string {
    const { objects } = this.#parts;
    if (asked === undefined || asked === null || fallback !== null) return fallback ?? objects.defaultLocation;
    if (typeof asked !== 'string' || !objects.has(asked)) throw invalidPayload('"storage" names no storage location.');
    return asked;
  }

  #allowed(type: string): string {
    if (isListed(type, this.#parts.settings.filesMimeTypeAllowList)) return type;
    throw invalidPayload(`Files of the type ${type} are not taken.`);
  }

  /** What the contents are. Those of images are looked into, because a type is easily claimed. */
  async #look(file: SpooledFile, declared: string): Promise<Payload & { type: string }> {
    const { fileMetadataAllowList, filesMimeTypeAllowList } = this.#parts.settings;
    try {
      const image = IMAGE_TYPES.has(declared) ? await probeImage(file.path, fileMetadataAllowList) : null;
      if (image) return { ...image, type: this.#allowed(image.type) };
      if (IMAGE_TYPES.has(declared) && !filesMimeTypeAllowList.includes('*/*')) {
        throw invalidPayload(`The file is no ${declared}.`);
      }
      return { type: declared, width: null, height: null, metadata: null };
    } catch (error) {
      await discard(file);
      throw error;
    }
  }
}

/** The sender may choose the name and the id of the row. If not, the row and its object begin with the same id. */
function factsForCreate({ fields, facts, key }: ReceivedFile): Payload {
  const { filename_download: name, ...rest } = facts;
  return {
    ...rest,
    ...(fields.filename_download ? {} : { filename_download: name }),
    ...(fields.id ? {} : { id: key.slice(0, UUID_LENGTH) }),
  };
}

const UUID_LENGTH = 36;

function nameIn(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
