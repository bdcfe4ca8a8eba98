import type { PlainClient } from '../plain-request.ts';
import { ADMIN } from '../started-server.ts';

/** A collection whose rows belong to batches: `batch` names it, `size` says how many rows it has. */
export async function makeBatchesCollection(client: PlainClient): Promise<void> {
  await client.must('POST', '/collections', ADMIN.token, {
    collection: 'posts',
    schema: {},
    meta: {},
    fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} },
      { field: 'batch', type: 'string', schema: { is_nullable: false }, meta: {} },
      { field: 'size', type: 'integer', schema: { is_nullable: false }, meta: {} },
      { field: 'state', type: 'string', schema: { default_value: 'new' }, meta: {} },
    ],
  });
}

/** What the server said it has done. */
export interface Acknowledged {
  readonly created: Map<string, number[]>;
  readonly changed: Set<string>;
  readonly deleted: Set<string>;
  /** Batches with a delete whose answer never came: they may be there or not. */
  readonly unknown: Set<string>;
}

export const nothingAcknowledged = (): Acknowledged => ({
  created: new Map(),
  changed: new Set(),
  deleted: new Set(),
  unknown: new Set(),
});

/** Creates, changes and deletes batches one after the other until the server is gone. */
export async function writeUntilGone(client: PlainClient, name: string, acknowledged: Acknowledged): Promise<void> {
  for (let turn = 0; ; turn++) {
    const batch = `${name}-${turn}`;
    try {
      await writeBatch(client, batch, turn, acknowledged);
    } catch (error) {
      if (isGone(error)) return;
      throw error;
    }
  }
}

async function writeBatch(client: PlainClient, batch: string, turn: number, acknowledged: Acknowledged): Promise<void> {
  const size = [1, 2, 7, 40][turn % 4] ?? 1;
  const rows = Array.from({ length: size }, () => ({ batch, size }));
  const made = await client.must<{ id: number }[]>('POST', '/items/posts', ADMIN.token, rows);
  const keys = made.map((row) => row.id);
  acknowledged.created.set(batch, keys);
  if (turn % 3 === 1) {
    await client.must('PATCH', '/items/posts', ADMIN.token, { keys, data: { state: 'changed' } });
    acknowledged.changed.add(batch);
  }
  if (turn % 5 === 3) {
    acknowledged.unknown.add(batch);
    await client.must('DELETE', '/items/posts', ADMIN.token, keys);
    acknowledged.unknown.delete(batch);
    acknowledged.deleted.add(batch);
  }
}

/** The connection broke, was refused, or was closed half way: what a killed server looks like from outside. */
function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(code);
}
