import type { Access } from '../../access/index.ts';
import { serviceUnavailable } from '../../errors/index.ts';
import type { ItemService } from '../../items/index.ts';
import type { Clock } from '../../kernel/clock.ts';
import { QueueFull, Semaphore } from '../../kernel/semaphore.ts';
import type { Snapshot } from '../../schema/types.ts';
import type { Store } from '../../store/types.ts';
import { readChanges, rehearse, requireReviewer } from './proposal.ts';
import { review } from './review.ts';
import { Sight } from './sight.ts';
import type { Review } from './types.ts';

export interface PreviewParts {
  readonly store: Store;
  readonly items: ItemService;
  readonly snapshot: Snapshot;
  readonly clock: Clock;
}

/** Each may look at every item of every collection. */
const turns = new Semaphore(1, 10);

/**
 * Who would gain and lose what if these changes were saved. Nothing is saved: they are made and undone, and the items are
 * counted afterwards. Throws FORBIDDEN for those who may not read what decides access, and whatever saving would throw.
 */
export async function preview(parts: PreviewParts, access: Access, body: unknown): Promise<Review> {
  requireReviewer(access);
  const changes = readChanges(body);
  try {
    return await turns.run(async () => {
      const comparison = await rehearse(parts, access, changes);
      const counted = { store: parts.store, sight: new Sight(access, parts.items) };
      return review(comparison, { snapshot: parts.snapshot, counted, now: () => parts.clock.now() });
    });
  } catch (error) {
    if (error instanceof QueueFull) throw serviceUnavailable('api', 'Too many previews are waiting; try again.', error);
    throw error;
  }
}
