import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { invalidQuery, serviceUnavailable } from '../../errors/index.ts';
import type { SqlValue } from '../types.ts';
import type { ThreadAnswer, ThreadSettings } from './reader-worker.ts';

const THREADS = 2;
const QUEUE_MAX = 100;
/** A thread that had nothing to do for this long gives its memory back. */
const IDLE_MS = 30_000;

interface Job {
  text: string;
  params: readonly SqlValue[];
  resolve: (rows: unknown[][]) => void;
  reject: (error: unknown) => void;
}

interface Thread {
  worker: Worker;
  job: Job | null;
  idle: NodeJS.Timeout | null;
}

/** A few threads with read-only connections, started when first needed, for reads that would hold up the event loop. */
export class ReaderThreads {
  readonly #filename: string;
  readonly #threads = new Set<Thread>();
  readonly #queue: Job[] = [];

  constructor(filename: string) {
    this.#filename = filename;
  }

  /** Rejects with SERVICE_UNAVAILABLE when too many wait already. */
  rows(text: string, params: readonly SqlValue[]): Promise<unknown[][]> {
    return new Promise((resolve, reject) => {
      const job: Job = { text, params, resolve, reject };
      const thread = this.#free();
      if (thread) this.#give(thread, job);
      else if (this.#queue.length < QUEUE_MAX) this.#queue.push(job);
      else reject(serviceUnavailable('database', 'Too many long reads are waiting; try again.'));
    });
  }

  async close(): Promise<void> {
    const closed = serviceUnavailable('database', 'It is closed.');
    for (const job of this.#queue.splice(0)) job.reject(closed);
    await Promise.all([...this.#threads].map((thread) => thread.worker.terminate()));
  }

  #free(): Thread | null {
    for (const thread of this.#threads) if (thread.job === null) return thread;
    return this.#threads.size < THREADS ? this.#start() : null;
  }

  #start(): Thread {
    // Under the extension of this file itself: `.ts` from the sources, `.js` once published.
    const url = new URL(`./reader-worker${extname(import.meta.url)}`, import.meta.url);
    const workerData: ThreadSettings = { filename: this.#filename };
    const thread: Thread = { worker: new Worker(url, { workerData }), job: null, idle: null };
    thread.worker.on('message', (answer: ThreadAnswer) => this.#finish(thread, answer));
    thread.worker.on('error', (error) => this.#lose(thread, error));
    thread.worker.on('exit', () => this.#lose(thread, new Error('The reading thread has ended.')));
    this.#threads.add(thread);
    return thread;
  }

  #give(thread: Thread, job: Job): void {
    if (thread.idle) clearTimeout(thread.idle);
    thread.idle = null;
    thread.job = job;
    thread.worker.ref(); // somebody waits for it: the process must not end before
    thread.worker.postMessage({ text: job.text, params: job.params });
  }

  #finish(thread: Thread, answer: ThreadAnswer): void {
    const job = thread.job;
    thread.job = null;
    if (answer.rows) job?.resolve(answer.rows);
    else job?.reject(answer.refused ? invalidQuery(answer.message) : new Error(answer.message));
    const next = this.#queue.shift();
    if (next) {
      this.#give(thread, next);
      return;
    }
    thread.worker.unref();
    thread.idle = setTimeout(() => void thread.worker.terminate(), IDLE_MS).unref();
  }

  #lose(thread: Thread, error: Error): void {
    if (thread.idle) clearTimeout(thread.idle);
    this.#threads.delete(thread);
    thread.job?.reject(serviceUnavailable('database', 'A long read was cut off.', error));
    thread.job = null;
    const next = this.#queue.shift();
    if (next) this.rows(next.text, next.params).then(next.resolve, next.reject);
  }
}
