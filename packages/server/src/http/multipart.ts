import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { BusboyHeaders, BusboyInstance } from '@fastify/busboy';
import { invalidPayload } from '../errors/index.ts';
import type { IncomingFile } from '../files/index.ts';

/** Bounds of a form, but for the files' own. */
const LIMITS = { fields: 200, files: 100, parts: 300, headerPairs: 32, headerSize: 16_384 };
const MAX_NAME_LENGTH = 100;
/** A sender that is silent for so long is gone. */
const SILENCE_MS = 60_000;
/** How long a sender that was refused is listened to, so that it reads the answer before it finds the connection closed. */
const DRAIN_MS = 2_000;

export const isMultipart = (request: { headers: IncomingMessage['headers'] }): boolean =>
  /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '');

/**
 * Reads a form (RFC 7578) and hands each file on as it comes; the next one waits until `onFile` is done. The fields before
 * a file are the file's; those after the last file are returned. All fields together may have `maxFieldBytes`. Throws what
 * `onFile` throws, and INVALID_PAYLOAD for a form that is malformed, too large, or ends early; a file that is being read
 * then fails with the same error.
 */
export async function readForm(
  request: IncomingMessage,
  maxFieldBytes: number,
  onFile: (file: IncomingFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const { Busboy } = await import('@fastify/busboy'); // seldom needed
  const limits = { ...LIMITS, fieldSize: maxFieldBytes };
  const form = openForm(() => new Busboy({ headers: request.headers as BusboyHeaders, limits }));
  const parts = new FormParts(maxFieldBytes, onFile);
  try {
    await new Promise<void>((done, fail) => {
      parts.collect(form, fail);
      form.once('error', (error) => fail(invalidPayload('The form is malformed.', error)));
      form.once('finish', () => parts.finished().then(done, fail));
      request.once('error', (error) => fail(invalidPayload('The upload ended early.', error)));
      request.once('close', () => {
        if (!request.complete) fail(invalidPayload('The upload ended early.'));
      });
      failWhenSilent(request, fail);
      request.pipe(form);
    });
    return parts.remainingFields();
  } catch (error) {
    request.unpipe(form);
    await parts.abandon(error as Error);
    await drain(request);
    throw error;
  }
}

function openForm<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw invalidPayload('The form has no boundary.', error);
  }
}

type Fail = (error: unknown) => void;

/** What a form has brought so far. */
class FormParts {
  readonly #maxFieldBytes: number;
  readonly #onFile: (file: IncomingFile) => Promise<void>;
  /** Files that were announced and are not taken yet. */
  readonly #open = new Set<Readable>();
  #fields = new Map<string, unknown>();
  #fieldBytes = 0;
  #work: Promise<void> = Promise.resolve();

  constructor(maxFieldBytes: number, onFile: (file: IncomingFile) => Promise<void>) {
    this.#maxFieldBytes = maxFieldBytes;
    this.#onFile = onFile;
  }

  collect(form: BusboyInstance, fail: Fail): void {
    const refuse = (reason: string) => () => fail(invalidPayload(reason));
    form.on('field', (name, value, _nameTruncated, truncated) => {
      this.#fieldBytes += Buffer.byteLength(value);
      const isTooLong = truncated || name.length > MAX_NAME_LENGTH || this.#fieldBytes > this.#maxFieldBytes;
      if (isTooLong) fail(invalidPayload('The fields of the form are too long.'));
      else this.#fields.set(name, value);
    });
    form.on('file', (_field, content, name, _encoding, type) => {
      const fields = this.remainingFields();
      this.#fields = new Map();
      content.on('error', () => undefined); // it may fail before somebody reads it
      this.#open.add(content);
      this.#work = this.#work.then(() => this.#take({ content, name, type, fields }));
      this.#work.catch(fail);
    });
    form.once('partsLimit', refuse('The form has too many parts.'));
    form.once('filesLimit', refuse(`The form can have ${LIMITS.files} files at most.`));
    form.once('fieldsLimit', refuse(`The form can have ${LIMITS.fields} fields at most.`));
  }

  finished(): Promise<void> {
    return this.#work;
  }

  remainingFields(): Record<string, unknown> {
    return Object.fromEntries(this.#fields);
  }

  /** Fails the files that are not taken yet; resolves when whoever reads one has noticed. */
  async abandon(error: Error): Promise<void> {
    for (const content of this.#open) content.destroy(error);
    await this.#work.catch(() => undefined);
  }

  async #take(file: IncomingFile): Promise<void> {
    // Without a name: what browsers send for a file that nobody chose.
    if (file.name === '') await finished(file.content.resume());
    else await this.#onFile(file);
    this.#open.delete(file.content);
  }
}

/** Silence counts only while it is the sender's turn. */
function failWhenSilent(request: IncomingMessage, fail: Fail): void {
  const silence = setTimeout(() => {
    if (request.isPaused()) silence.refresh();
    else fail(invalidPayload('The upload stopped coming.'));
  }, SILENCE_MS);
  request.on('data', () => silence.refresh());
  request.once('end', () => clearTimeout(silence));
  request.once('close', () => clearTimeout(silence));
}

async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  const ended = new Promise((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
  });
  request.resume();
  await Promise.race([ended, wait(DRAIN_MS)]);
}
