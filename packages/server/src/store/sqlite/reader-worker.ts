import { parentPort, workerData } from 'node:worker_threads';
import { ApiError } from '../../errors/index.ts';
import type { SqlValue } from '../types.ts';
import { SqliteConnection } from './connection.ts';

export interface ThreadSettings {
  filename: string;
}

/** `refused`: the statement was at fault, not the database. */
export type ThreadAnswer = { rows: unknown[][] } | { rows: null; message: string; refused: boolean };

const { filename } = workerData as ThreadSettings;
const connection = new SqliteConnection(filename, { readOnly: true, busyTimeoutMs: 5_000, cacheKibibytes: 8_000 });

parentPort?.on('message', ({ text, params }: { text: string; params: readonly SqlValue[] }) => {
  parentPort?.postMessage(answer(text, params));
});

function answer(text: string, params: readonly SqlValue[]): ThreadAnswer {
  try {
    return { rows: connection.rows(text, params) };
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) {
      return { rows: null, message: String(error.extensions.reason ?? error.message), refused: true };
    }
    return { rows: null, message: error instanceof Error ? error.message : String(error), refused: false };
  }
}
