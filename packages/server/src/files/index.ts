import type { Config } from '../config/index.ts';
import type { ItemService } from '../items/index.ts';
import type { Clock } from '../kernel/clock.ts';
import { OutboundClient } from '../kernel/outbound/index.ts';
import type { Store } from '../store/types.ts';
import { Assets } from './assets.ts';
import type { ObjectStore } from './storage/index.ts';
import { Uploads } from './uploads.ts';

export type { Asset, AssetContent, Assets } from './assets.ts';
export type { ByteRange } from './storage/index.ts';
export type { IncomingFile, ReceivedFile, Uploads } from './uploads.ts';

/** What is done with files. Loaded when the first one is asked for: many projects have none. */
export interface Files {
  readonly uploads: Uploads;
  readonly assets: Assets;
}

export interface FileParts {
  readonly config: Config;
  readonly store: Store;
  readonly items: ItemService;
  readonly objects: ObjectStore;
  readonly clock: Clock;
}

export function openFiles({ config, store, items, objects, clock }: FileParts): Files {
  const outbound = new OutboundClient({ denied: config.importIpDenyList, allowed: config.importIpAllowList });
  return {
    uploads: new Uploads({ store, items, objects, outbound, clock, settings: config }),
    assets: new Assets(store, objects, config),
  };
}
