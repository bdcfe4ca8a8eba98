import { parentPort, workerData } from 'node:worker_threads';
import type { SqlValue } from '../types.ts';
import { SqliteConnection } from './connection.ts';

export interface StreamSettings {
  filename: string;
  text: string;
  params: readonly SqlValue[];
  /** Rows per message. */
  batch: number;
}

/** null after the last batch. */
export type StreamAnswer = { rows: unknown[][] | null } | { message: string };

const { filename, text, params, batch } = workerData as StreamSettings;
const connection = new SqliteConnection(filename, { readOnly: true, busyTimeoutMs: 5_000, cacheKibibytes: 8_000 });
connection.pragma('mmap_size = 0'); // or the whole file would count as this process's memory
const batches = connection.batches(text, params, batch);

parentPort?.on('message', () => {
  const answer = next();
  parentPort?.postMessage(answer);
  if (!('rows' in answer) || answer.rows === null) parentPort?.close();
});

function next(): StreamAnswer {
  try {
    const { value, done } = batches.next();
    return { rows: done ? null : value };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}
