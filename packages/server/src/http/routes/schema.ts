import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { modelViewer } from '../../access/index.ts';
import { ApiError, forbidden, invalidPayload, invalidQuery } from '../../errors/index.ts';
import type { ModelContext } from '../../resources/model-context.ts';
import { sendData, sendNothing } from '../answer.ts';
import { type HttpParts, queryText } from '../context.ts';
import { exportItems, exportName } from '../export.ts';
import { isMultipart, readForm } from '../multipart.ts';

/** Bytes of a snapshot file; a model of ten thousand fields has about ten million. */
const MAX_FILE_SIZE = 32 * 1024 * 1024;
/** Other fields of a form with such a file mean nothing. */
const MAX_FIELD_SIZE = 1024;

/** Loaded when somebody asks: few ever do. */
const schemaChanges = () => import('../../resources/schema-changes.ts');

/** The data model as a document: kept beside the code of a project, compared and applied. For administrators. */
export async function schemaRoutes(app: FastifyInstance, { schema, clock }: HttpParts): Promise<void> {
  const context = (request: FastifyRequest): ModelContext => ({ schema, viewer: modelViewer(request.access.profile) });

  // Before the body is read: nobody else may send us large ones.
  app.addHook('onRequest', async (request) => {
    if (!request.access.profile.admin) throw forbidden();
  });
  app.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null)); // read where it is asked for

  app.get('/schema/snapshot', async (request, reply) => {
    const parameters = new URLSearchParams(queryText(request));
    const scope = {
      include: namesIn(parameters, 'includeCollections'),
      exclude: namesIn(parameters, 'excludeCollections'),
    };
    const file = (await schemaChanges()).readSnapshot(context(request), scope);
    const format = parameters.get('export');
    if (format === null) return sendData(reply, file);
    if (format !== 'json' && format !== 'yaml') throw invalidQuery('"export" of a snapshot has to be json or yaml.');
    const { text, type } = await exportItems(file, format);
    return reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename="${exportName('snapshot', format, clock.now())}"`)
      .send(text);
  });

  app.post('/schema/diff', { bodyLimit: MAX_FILE_SIZE }, async (request, reply) => {
    const parameters = new URLSearchParams(queryText(request));
    const mode = parameters.get('mode') ?? 'mirror';
    if (mode !== 'mirror' && mode !== 'merge') throw invalidQuery('"mode" has to be mirror or merge.');
    const asked = { force: isOn(parameters.get('force')), merge: mode === 'merge' };
    const body = isMultipart(request) ? await documentOf(request) : (request.body ?? {});
    return sendData(reply, (await schemaChanges()).diffSchema(context(request), body, asked));
  });

  app.post('/schema/apply', { bodyLimit: MAX_FILE_SIZE }, async (request, reply) => {
    await (await schemaChanges()).applySchema(context(request), request.body ?? {});
    return sendNothing(reply);
  });
}

const isOn = (value: string | null): boolean => value !== null && value !== 'false' && value !== '0';

function namesIn(parameters: URLSearchParams, key: string): string[] | null {
  const value = parameters.get(key);
  return value === null ? null : value.split(',').map((name) => name.trim());
}

/** The document in the file of a form: JSON or YAML, of which JSON is a part. */
async function documentOf(request: FastifyRequest): Promise<unknown> {
  let text: string | null = null;
  await readForm(request.raw, MAX_FIELD_SIZE, async ({ content }) => {
    text = await textOf(content);
  });
  if (text === null) throw invalidPayload('The form has no file.');
  return parsed(text);
}

async function textOf(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FILE_SIZE) throw new ApiError('CONTENT_TOO_LARGE', 'The file is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function parsed(text: string): Promise<unknown> {
  const { parse } = await import('yaml'); // large, and seldom needed
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw invalidPayload('The file is neither JSON nor YAML.', error);
  }
}
