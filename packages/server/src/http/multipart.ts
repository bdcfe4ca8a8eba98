import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { BusboyHeaders } from '@fastify/busboy';
import { invalidPayload } from '../errors/index.ts';
import type { IncomingFile } from '../files/index.ts';

/** Bounds of a form, but for the files' own. */
const LIMITS = { fields: 200, files: 100, parts: 300, headerPairs: 32, headerSize: 16_384 };
const MAX_NAME_LENGTH = 100;
/** How long a sender that was refused is listened to, so that it reads the answer before it finds the connection closed. */
const DRAIN_MS = 2_000;

export const isMultipart = (request: { headers: IncomingMessage['headers'] }): boolean =>
  /^multipart\/form-data\s*;/i.test(request.headers['content-type'] ?? '');

/**
 * Reads a form (RFC 7578) and hands each file on as it comes; the next one waits until `onFile` is done. The fields before a
 * file are the file's; those after the last file are returned. Throws what `onFile` throws, and INVALID_PAYLOAD for a form
 * that is malformed, too large, or ends early; a file that is being read then fails with the same error.
 */
export async function readForm(
  request: IncomingMessage,
  maxFieldBytes: number,
  onFile: (file: IncomingFile) => Promise<void>,
): Promise<Record<string, unknown>> {
  const { Busboy } = await import('@fastify/busboy'); // seldom needed
  const form = openForm(() => {
    const limits = { ...LIMITS, fieldSize: maxFieldBytes };
    return new Busboy({ headers: request.headers as BusboyHeaders, limits });
  });
  let fields = new Map<string, unknown>();
  let work: Promise<void> = Promise.resolve();
  const open = new Set<Readable>();
  try {
    await new Promise<void>((done, fail) => {
      const refuse = (reason: string) => () => fail(invalidPayload(reason));
      form.on('field', (name, value, _nameTruncated, truncated) => {
        if (truncated || name.length > MAX_NAME_LENGTH) fail(invalidPayload('A field of the form is too long.'));
        else fields.set(name, value);
      });
      form.on('file', (_field, content, name, _encoding, type) => {
        const own = Object.fromEntries(fields);
        fields = new Map();
        open.add(content);
        content.on('error', () => undefined); // it may fail before somebody reads it
        work = work.then(async () => {
          // What browsers send for a file that nobody chose.
          if (name === '') await finished(content.resume());
          else await onFile({ content, name, type, fields: own });
          open.delete(content);
        });
        work.catch(fail);
      });
      form.once('partsLimit', refuse('The form has too many parts.'));
      form.once('filesLimit', refuse(`The form can have ${LIMITS.files} files at most.`));
      form.once('fieldsLimit', refuse(`The form can have ${LIMITS.fields} fields at most.`));
      form.once('error', (error) => fail(invalidPayload('The form is malformed.', error)));
      form.once('finish', () => work.then(done, fail));
      request.once('error', (error) => fail(invalidPayload('The upload ended early.', error)));
      request.once('close', () => {
        if (!request.complete) fail(invalidPayload('The upload ended early.'));
      });
      request.pipe(form);
    });
    return Object.fromEntries(fields);
  } catch (error) {
    request.unpipe(form);
    for (const content of open) content.destroy(error as Error);
    await work.catch(() => undefined);
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

async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  const ended = new Promise((resolve) => {
    request.once('end', resolve);
    request.once('close', resolve);
  });
  request.resume();
  await Promise.race([ended, wait(DRAIN_MS)]);
}
