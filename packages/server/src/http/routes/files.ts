import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { invalidPayload } from '../../errors/index.ts';
import { readFormFields } from '../../files/form-fields.ts';
import type { ReceivedFile, Uploads } from '../../files/index.ts';
import { FILES } from '../../files/names.ts';
import { sendData } from '../answer.ts';
import { payloadOf } from '../body.ts';
import { type HttpParts, queryOf } from '../context.ts';
import { isMultipart, readForm } from '../multipart.ts';
import { type Handler, ItemHandlers } from './items.ts';

/** Uploads. Bodies of forms are left unread for the handlers, which read them as they come. */
export function fileRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { files, items, config } = parts;
  const rows = new ItemHandlers(parts, FILES);
  app.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));

  const create: Handler = async (request, reply) => {
    request.access.profile.require(FILES, 'create');
    const query = queryOf(request, parts);
    if (!isMultipart(request)) throw invalidPayload('A file has to be sent, as multipart/form-data.');
    const { uploads } = await files();
    return uploads.inTurn(async () => {
      const { received } = await receive(uploads, request, reply, null);
      if (received.length === 0) throw invalidPayload('The form has no file.');
      const made = await uploads.create(request.access, received, query);
      return sendData(reply, received.length === 1 ? made?.[0] : made);
    });
  };

  const importFile: Handler = async (request, reply) => {
    request.access.profile.require(FILES, 'create');
    const query = queryOf(request, parts);
    const { url, data } = payloadOf(request.body);
    if (typeof url !== 'string' || url === '') throw invalidPayload('"url" has to be the address of a file.');
    const { uploads } = await files();
    return uploads.inTurn(async () => {
      const received = await uploads.receiveFrom(request.access, url, payloadOf(data));
      return sendData(reply, (await uploads.create(request.access, [received], query))?.[0]);
    });
  };

  const update: Handler = async (request, reply) => {
    if (!isMultipart(request)) return rows.update(request, reply);
    const { id } = request.params as { id: string };
    const query = queryOf(request, parts);
    const { uploads } = await files();
    const location = await uploads.locationOf(request.access, id);
    return uploads.inTurn(async () => {
      const { received, fields } = await receive(uploads, request, reply, location);
      const [file, ...others] = received;
      if (!file) {
        const payload = readFormFields(fields, request.access.profile.snapshot.collections.get(FILES));
        return sendData(reply, await items.update(request.access, FILES, id, payload, query));
      }
      if (others.length === 0) return sendData(reply, await uploads.replace(request.access, id, file, query));
      await uploads.discard(received);
      throw invalidPayload('A file has one content; the form has several files.');
    });
  };

  /** Every file of a form, or none: what was stored already goes when a later one fails. */
  async function receive(
    uploads: Uploads,
    request: FastifyRequest,
    reply: FastifyReply,
    location: string | null,
  ): Promise<{ received: ReceivedFile[]; fields: Record<string, unknown> }> {
    const received: ReceivedFile[] = [];
    try {
      const fields = await readForm(request.raw, config.maxPayloadSizeBytes, async (file) => {
        received.push(await uploads.receive(request.access, file, location));
      });
      return { received, fields };
    } catch (error) {
      // What is left of the body would be read as the next request.
      if (!request.raw.complete) reply.header('connection', 'close');
      await uploads.discard(received);
      throw error;
    }
  }

  app.post('/files', create);
  app.post('/files/import', importFile);
  app.patch('/files', rows.updateMany);
  app.patch('/files/:id', update);
}
