import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Readable } from 'node:stream';
import type { Access } from '../access/index.ts';
import type { Config } from '../config/index.ts';
import { forbidden, serviceUnavailable } from '../errors/index.ts';
import { QueueFull, Semaphore } from '../kernel/semaphore.ts';
import type { Store } from '../store/types.ts';
import type { Json } from '../wire/index.ts';
import { type FileRow, fileInReach } from './file-row.ts';
import { IMAGE_TYPES, TYPE_BY_FORMAT } from './images/formats.ts';
import { asksForTransformation, requestedTransformation, type TransformSettings } from './images/presets.ts';
import { renderImage } from './images/render.ts';
import type { Parameters, Transformation } from './images/transformation.ts';
import { mediaType } from './media-types.ts';
import { discard, spool, spoolBuffer } from './spool.ts';
import type { ByteRange, ObjectStore } from './storage/index.ts';

/** A file, or what is to be made of it, before anything of it was opened. */
export interface Asset {
  readonly file: FileRow;
  /** Of what will be sent. */
  readonly type: string;
  /** Changes when the contents do. Without quotes. */
  readonly etag: string;
  readonly modifiedMs: number | null;
  readonly transformation: Transformation | null;
}

export interface AssetContent {
  readonly sizeBytes: number;
  read(range: ByteRange | null): Promise<Readable>;
  close(): Promise<void>;
}

export type AssetSettings = Pick<
  Config,
  | 'assetsTransformMaxConcurrent'
  | 'assetsTransformImageMaxDimension'
  | 'assetsTransformImageMaxOutputDimension'
  | 'assetsTransformTimeoutMs'
  | 'assetsTransformMaxOperations'
  | 'assetsInvalidImageSensitivityLevel'
>;

/** Transformations that may wait for each one that may run. */
const WAITING_PER_RUNNING = 8;
/** Results kept per file; others are made anew each time, so that nobody fills the storage by asking. */
const MAX_VARIANTS = 200;

/** Files as they are sent to people: as they are, or transformed. */
export class Assets {
  readonly #store: Store;
  readonly #objects: ObjectStore;
  readonly #settings: AssetSettings;
  readonly #turns: Semaphore;
  /** Transformations under way, so that a page that asks for the same one many times makes it once. */
  readonly #making = new Map<string, Promise<Buffer>>();

  constructor(store: Store, objects: ObjectStore, settings: AssetSettings) {
    this.#store = store;
    this.#objects = objects;
    this.#settings = settings;
    const { assetsTransformMaxConcurrent: most } = settings;
    this.#turns = new Semaphore(Math.min(most, usefulThreads()), most * WAITING_PER_RUNNING);
  }

  /**
   * Finds a file that the caller may read, and what is asked of it. Throws FORBIDDEN for every other one, INVALID_QUERY for
   * a transformation that is not allowed. Files that are no images are sent as they are. `accept` is the request's header.
   */
  async find(access: Access, id: string, parameters: Parameters, accept: string): Promise<Asset> {
    const file = await fileInReach(this.#store, access, 'read', id);
    const ownType = mediaType(file.type) ?? 'application/octet-stream';
    const asked = asksForTransformation(parameters) ? await this.#requested(parameters, file, accept) : null;
    const transformation = IMAGE_TYPES.has(ownType) ? asked : null;
    const format = transformation?.format;
    const type = format && format !== 'auto' ? TYPE_BY_FORMAT[format] : ownType;
    const modified = Date.parse(file.modified_on ?? '');
    return {
      file,
      type,
      etag: digest([file.storage, file.filename_disk, file.uploaded_on ?? file.modified_on, transformation as Json]),
      modifiedMs: Number.isNaN(modified) ? null : modified,
      transformation,
    };
  }

  /** Opens what was found. Throws FORBIDDEN when its contents are gone. */
  async open({ file, transformation, type }: Asset): Promise<AssetContent> {
    const key = file.filename_disk;
    if (key === null) throw forbidden();
    if (transformation) return this.#variant(file.storage, key, transformation, type);
    const object = await this.#objects.open(file.storage, key);
    if (!object) throw forbidden();
    return object;
  }

  async #requested(parameters: Parameters, file: FileRow, accept: string): Promise<Transformation> {
    const asked = requestedTransformation(parameters, await this.#transformSettings(), {
      maxOutputDimension: this.#settings.assetsTransformImageMaxOutputDimension,
      maxOperations: this.#settings.assetsTransformMaxOperations,
    });
    const { focal_point_x: x, focal_point_y: y } = file;
    const focalPoint = asked.focalPoint ?? (x === null || y === null ? null : { x, y });
    const format = asked.format !== 'auto' ? asked.format : accept.includes('image/webp') ? 'webp' : null;
    return { ...asked, focalPoint, format };
  }

  async #transformSettings(): Promise<TransformSettings> {
    const row = await this.#store.get(
      'select storage_asset_transform as allowed, storage_asset_presets as presets from directus_settings limit 1',
    );
    const allowed = row?.allowed === 'presets' || row?.allowed === 'none' ? row.allowed : 'all';
    const presets: unknown = typeof row?.presets === 'string' ? JSON.parse(row.presets) : row?.presets;
    const listed = Array.isArray(presets) ? presets : [];
    return { allowed, presets: listed.filter((entry) => entry !== null && typeof entry === 'object') };
  }

  async #variant(location: string, key: string, wanted: Transformation, type: string): Promise<AssetContent> {
    const name = digest([wanted as unknown as Json, type]);
    const kept = await this.#objects.openVariant(location, key, name);
    if (kept) return kept;
    const job = `${location}/${key}/${name}`;
    let making = this.#making.get(job);
    if (!making) {
      making = this.#make(location, key, name, wanted).finally(() => this.#making.delete(job));
      this.#making.set(job, making);
    }
    return inMemory(await making);
  }

  async #make(location: string, key: string, name: string, wanted: Transformation): Promise<Buffer> {
    try {
      return await this.#turns.run(async () => {
        const rendered = await this.#withFile(location, key, (path) =>
          renderImage(path, wanted, {
            maxDimension: this.#settings.assetsTransformImageMaxDimension,
            maxOutputDimension: this.#settings.assetsTransformImageMaxOutputDimension,
            timeoutMs: this.#settings.assetsTransformTimeoutMs,
            failOn: this.#settings.assetsInvalidImageSensitivityLevel,
          }),
        );
        if ((await this.#objects.countVariants(location, key)) < MAX_VARIANTS) {
          const spooled = await spoolBuffer(rendered.content, await this.#objects.spoolFolder(location));
          await this.#objects.putVariant(location, key, name, spooled, rendered.type);
        }
        return rendered.content;
      });
    } catch (error) {
      if (error instanceof QueueFull) throw serviceUnavailable('assets', 'Too many images wait already.', error);
      throw error;
    }
  }

  /** Works on the object as a file of this machine, fetching it where it is not one. */
  async #withFile<T>(location: string, key: string, work: (path: string) => Promise<T>): Promise<T> {
    const object = await this.#objects.open(location, key);
    if (!object) throw forbidden();
    const path = await this.#objects.pathOf(location, key);
    if (path !== null) {
      await object.close();
      return work(path);
    }
    const folder = await this.#objects.spoolFolder(location);
    const copy = await spool(await object.read(null), { folder, maxBytes: null });
    try {
      return await work(copy.path);
    } finally {
      await discard(copy);
    }
  }
}

/**
 * More at a time would not be faster, only larger: there is work for each processor, and of the threads that Node has for
 * such work (UV_THREADPOOL_SIZE) one stays free for files, names and passwords.
 */
function usefulThreads(): number {
  const threads = Number(process.env.UV_THREADPOOL_SIZE) || 4;
  return Math.max(1, Math.min(availableParallelism(), threads - 1));
}

const digest = (facts: Json): string => createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);

function inMemory(content: Buffer): AssetContent {
  return {
    sizeBytes: content.length,
    read: async (range) => Readable.from([range ? content.subarray(range.start, range.end + 1) : content]),
    close: async () => undefined,
  };
}
