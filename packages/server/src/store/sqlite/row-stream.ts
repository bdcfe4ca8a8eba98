import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { serviceUnavailable } from '../../errors/index.ts';
import type { SqlValue } from '../types.ts';
import type { StreamAnswer, StreamSettings } from './stream-worker.ts';

/** A reader keeps the log of the database from being taken in, so one that is forgotten must end. Milliseconds. */
const IDLE_MS = 60_000;
/** The thread holds one batch; without a bound it would let its garbage pile up. Megabytes. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };
/** Rows of a batch at most: what is on its way is held by both threads. */
const BATCH_MAX = 500;

/**
 * Rows of one long read, in batches, from a thread of its own with a connection of its own: the event loop stays free and
 * the thread waits for whoever takes the batches. The rows are those of the moment of the first batch.
 */
export async function* rowStream(
  filename: string,
  text: string,
  params: readonly SqlValue[],
  batch: number,
): AsyncGenerator<unknown[][]> {
  // Under the extension of this file itself: `.ts` from the sources, `.js` once published.
  const url = new URL(`./stream-worker${extname(import.meta.url)}`, import.meta.url);
  const workerData: StreamSettings = { filename, text, params, batch: Math.min(batch, BATCH_MAX) };
  const worker = new Worker(url, { workerData, resourceLimits: HEAP });
  const idle = setTimeout(() => void worker.terminate(), IDLE_MS);
  try {
    for (;;) {
      const answer = await ask(worker);
      if (!('rows' in answer)) throw new Error(answer.message);
      if (answer.rows === null) return;
      idle.refresh();
      yield answer.rows;
    }
  } finally {
    clearTimeout(idle);
    await worker.terminate();
  }
}

function ask(worker: Worker): Promise<StreamAnswer> {
  return new Promise((resolve, reject) => {
    const lost = (error?: unknown): void =>
      reject(serviceUnavailable('database', 'A long read was cut off.', error instanceof Error ? error : undefined));
    const settle = <T>(work: (value: T) => void) => {
      return (value: T): void => {
        worker.off('message', answered);
        worker.off('error', failed);
        worker.off('exit', failed);
        work(value);
      };
    };
    const answered = settle<StreamAnswer>(resolve);
    const failed = settle<unknown>(lost);
    worker.on('message', answered);
    worker.on('error', failed);
    worker.on('exit', failed);
    if (worker.threadId === -1) lost();
    worker.postMessage(null);
  });
}
