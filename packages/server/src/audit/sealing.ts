import type { Store } from '../store/types.ts';
import { Chain } from './chain.ts';
import { Sealer } from './sealer.ts';

/** Milliseconds for which an entry stands unsealed at most, while the server runs. */
const EVERY_MS = 1000;

export interface Sealing {
  /** Seals what is open, and no more from then on. */
  stop(): Promise<void>;
}

/** Keeps sealing what is written to the activity log. */
export function startSealing(store: Store, secret: string, onFault: (error: unknown) => void): Sealing {
  const sealer = new Sealer(store, new Chain(secret));
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const seal = (): void => {
    if (busy) return;
    busy = true;
    running = sealer
      .sealAll()
      .catch(onFault)
      .finally(() => {
        busy = false;
      });
  };
  const timer = setInterval(seal, EVERY_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
      seal();
      await running;
    },
  };
}
