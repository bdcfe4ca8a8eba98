import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../../errors/index.ts';
import type { Asset, AssetContent } from '../../files/index.ts';
import { contentDisposition, downloadName } from '../../files/names.ts';
import { parseParameters } from '../../query/index.ts';
import { type AssetPolicy, assetPolicy, isDocument } from '../asset-policy.ts';
import { type HttpParts, queryText } from '../context.ts';
import { allowsRange, isCurrent } from '../preconditions.ts';
import { readRange } from '../range.ts';
import type { Handler } from './items.ts';

/** Files as such. Whatever they hold, browsers get it as inert data. */
export function assetHandlers(parts: HttpParts): Record<'send', Handler> {
  const policy = assetPolicy(parts.config.assetsContentSecurityPolicy);

  return {
    send: async (request, reply) => {
      const { id, name } = request.params as { id: string; name?: string };
      const parameters = parametersOf(request, parts);
      const { assets } = await parts.files();
      const asset = await assets.find(request.access, id, parameters, request.headers.accept ?? '');
      const validators = { etag: `"${asset.etag}"`, modifiedMs: asset.modifiedMs };
      const describe = (): FastifyReply =>
        describeAsset(reply, asset, policy)
          .header('content-disposition', disposition(asset, name, 'download' in parameters))
          .header('cache-control', cacheControl(request, parts));
      if (isCurrent(request.headers, validators)) return describe().code(304).send();
      const content = await assets.open(asset);
      try {
        const { sizeBytes } = content;
        const mayBePart = allowsRange(request.headers, validators);
        const range = mayBePart ? rangeOf(request, reply, sizeBytes) : null;
        const body = request.method === 'HEAD' ? await nothingOf(content) : await content.read(range);
        // Only now: an answer that fails has none of these headers.
        describe()
          .type(asset.type)
          .header('content-length', range ? range.end - range.start + 1 : sizeBytes);
        if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
        return reply.send(body);
      } catch (error) {
        await content.close();
        throw error;
      }
    },
  };
}

async function nothingOf(content: AssetContent): Promise<Readable> {
  await content.close();
  return Readable.from([]);
}

function parametersOf(request: FastifyRequest, { config }: HttpParts): Record<string, unknown> {
  const limits = { maxDepth: config.querystringMaxParseDepth, arrayLimit: config.querystringArrayLimit };
  return parseParameters(queryText(request), limits);
}

/** Headers that say what it is, and those that keep it from being more. */
function describeAsset(reply: FastifyReply, asset: Asset, policy: AssetPolicy): FastifyReply {
  const { type, etag, modifiedMs, transformation } = asset;
  const varies = [reply.getHeader('vary'), 'Authorization, Cookie', transformation ? 'Accept' : ''];
  reply.header('vary', varies.filter(Boolean).join(', '));
  if (modifiedMs !== null) reply.header('last-modified', new Date(modifiedMs).toUTCString());
  return reply
    .header('etag', `"${etag}"`)
    .header('accept-ranges', 'bytes')
    .header(policy.header, type === 'application/pdf' ? policy.valueForPdf : policy.value);
}

function disposition({ file, type }: Asset, name: string | undefined, download: boolean): string {
  const kind = download || isDocument(type) ? 'attachment' : 'inline';
  return contentDisposition(kind, downloadName(name, file.filename_download));
}

/** What everybody may read, caches between may keep; what this caller may read, only its own browser. */
function cacheControl(request: FastifyRequest, { config }: HttpParts): string {
  const who = request.accountability.kind === 'anonymous' ? 'public' : 'private';
  const seconds = Math.floor(config.assetsCacheTtlMs / 1_000);
  return config.assetsCacheRevalidate ? `${who}, no-cache` : `${who}, max-age=${seconds}`;
}

function rangeOf(request: FastifyRequest, reply: FastifyReply, sizeBytes: number): ReturnType<typeof readRange> {
  try {
    return readRange(request.headers.range, sizeBytes);
  } catch (error) {
    if (error instanceof ApiError) reply.header('content-range', `bytes */${sizeBytes}`);
    throw error;
  }
}
