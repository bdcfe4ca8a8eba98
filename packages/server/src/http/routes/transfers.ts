import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidPayload, serviceUnavailable } from '../../errors/index.ts';
import { FILES } from '../../files/names.ts';
import { QueueFull, Semaphore } from '../../kernel/semaphore.ts';
import { EMPTY_QUERY, EXPORT_FORMATS, type ExportFormat, type Query } from '../../query/index.ts';
import { sendEmpty, sendNothing } from '../answer.ts';
import { payloadOf } from '../body.ts';
import type { HttpParts } from '../context.ts';
import { exportName } from '../export.ts';
import { isMultipart, readForm } from '../multipart.ts';
import type { Handler } from './items.ts';

const WAITING_PER_RUNNING = 10;
const MAX_FIELD_BYTES = 65_536;

/** Items into and out of files. Forms are left unread for the handler, which reads them as they come. */
export function transferRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { config, items, clock } = parts;
  const running = config.importMaxConcurrency;
  const turns = new Semaphore(running, running * WAITING_PER_RUNNING);
  app.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));
  const collectionOf = (request: FastifyRequest): string => (request.params as { collection: string }).collection;

  const importFile: Handler = async (request, reply) => {
    const { importable, importItems, requireReader } = await import('../../resources/importing.ts');
    const { discard, spool } = await import('../../files/spool.ts');
    const collection = importable(request.access, collectionOf(request));
    if (!isMultipart(request)) throw invalidPayload('A file has to be sent, as multipart/form-data.');
    const limits = { maxErrors: config.maxImportErrors, timeoutMs: config.importTimeoutMs };
    let files = 0;
    const work = () =>
      readForm(request.raw, MAX_FIELD_BYTES, async ({ content, type }) => {
        const kind = requireReader(type?.split(';', 1)[0]?.trim().toLowerCase() ?? '');
        files += 1;
        if (files > 1) throw invalidPayload('One file is imported at a time.');
        // Kept first, so that a slow sender holds no transaction open.
        const spooled = await spool(content, { folder: config.tempPath, maxBytes: config.importMaxFileSizeBytes });
        try {
          await importItems({ items, clock, ...limits }, request.access, collection, kind, textOf(spooled.path));
        } finally {
          await discard(spooled);
        }
      });
    try {
      await turns.run(work);
    } catch (error) {
      // What is left of the body would be read as the next request.
      if (!request.raw.complete) reply.header('connection', 'close');
      if (error instanceof QueueFull) throw serviceUnavailable('import', 'Too many imports wait already.', error);
      throw error;
    }
    if (files === 0) throw invalidPayload('The form has no file.');
    return sendEmpty(reply);
  };

  const exportFile: Handler = async (request, reply) => {
    const collection = collectionOf(request);
    request.access.profile.require(collection, 'read');
    request.access.profile.require(FILES, 'create');
    const { format, query, fields } = exportOf(payloadOf(request.body), parts);
    const { exportText } = await import('../../resources/exporting.ts');
    const { formatFor } = await import('../../resources/exporting-formats.ts');
    const { uploads } = await parts.files();
    const writer = await formatFor(format);
    await uploads.inTurn(async () => {
      const stream = items.stream(request.access, collection, query, config.exportBatchSize);
      const content = Readable.from(exportText(stream, writer), { objectMode: false });
      const name = exportName(collection, format, clock.now());
      const received = await uploads.receive(request.access, { content, name, type: writer.type, fields });
      await uploads.create(request.access, [received], EMPTY_QUERY);
    });
    return sendNothing(reply);
  };

  app.post('/utils/import/:collection', importFile);
  app.post('/utils/export/:collection', exportFile);
}

/** What a body asks to be exported, and what it says about the file. Without a limit everything is. */
function exportOf(
  body: Record<string, unknown>,
  { queries }: HttpParts,
): { format: ExportFormat; query: Query; fields: Record<string, unknown> } {
  const { format, query, file } = body;
  if (!(EXPORT_FORMATS as readonly unknown[]).includes(format))
    throw invalidPayload(`"format" has to be one of ${EXPORT_FORMATS.join(', ')}.`);
  if (query === null || typeof query !== 'object' || Array.isArray(query))
    throw invalidPayload('"query" has to be an object.');
  const read = queries.normalise(query as Record<string, unknown>);
  return { format: format as ExportFormat, query: { ...read, limit: read.limit ?? -1 }, fields: payloadOf(file) };
}

/** Text of a file, piece by piece. Throws INVALID_PAYLOAD where it is no UTF-8. */
async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (error) {
      throw invalidPayload('The file is no UTF-8 text.', error);
    }
  };
  for await (const chunk of createReadStream(path)) yield decode(chunk as Buffer);
  yield decode();
}
