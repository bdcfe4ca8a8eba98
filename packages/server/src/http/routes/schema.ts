import type { FastifyInstance, FastifyRequest } from 'fastify';
import { modelViewer } from '../../access/index.ts';
import { forbidden, invalidPayload, invalidQuery } from '../../errors/index.ts';
import type { ModelContext } from '../../resources/model-context.ts';
import { sendData, sendNothing } from '../answer.ts';
import { type HttpParts, queryText } from '../context.ts';
import { exportItems, exportName } from '../export.ts';

/** Bytes of a snapshot file; a model of ten thousand fields has about ten million. */
const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** Loaded when somebody asks: few ever do. */
const schemaChanges = () => import('../../resources/schema-changes.ts');

/** The data model as a document: kept beside the code of a project, compared and applied. For administrators. */
export async function schemaRoutes(app: FastifyInstance, { schema, clock }: HttpParts): Promise<void> {
  const context = (request: FastifyRequest): ModelContext => ({ schema, viewer: modelViewer(request.access.profile) });

  // Before the body is read: nobody else may send us large ones.
  app.addHook('onRequest', async (request) => {
    if (!request.access.profile.admin) throw forbidden();
  });
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => fileOf(request.headers['content-type'] ?? '', body),
  );

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
    return sendData(reply, (await schemaChanges()).diffSchema(context(request), request.body ?? {}, asked));
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

/** The document in the first file of a form: JSON or YAML, of which JSON is a part. */
async function fileOf(type: string, body: Buffer): Promise<unknown> {
  const text = await firstFile(type, body);
  const { parse } = await import('yaml'); // large, and seldom needed
  try {
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw invalidPayload('The file is neither JSON nor YAML.', error);
  }
}

async function firstFile(type: string, body: Buffer): Promise<string> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw invalidPayload('The body is no form.', error);
  }
  for (const [, value] of form) if (typeof value !== 'string') return value.text();
  throw invalidPayload('The form has no file.');
}
