import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { ExportFormat, Item, ItemStream } from '../query/index.ts';

/** What is exported: items as they come, or one that was read. */
type Exported = { readonly items: ItemStream } | { readonly item: Item };

/** One item, or one document, in the format asked for. */
export async function exportItems(data: unknown, name: ExportFormat): Promise<{ text: string; type: string }> {
  const { formatFor } = await import('../resources/exporting-formats.ts'); // seldom asked for
  const format = await formatFor(name);
  return { text: format.single(data as Item), type: format.type };
}

/** `posts 20240229-123456.csv` */
export function exportName(collection: string, format: ExportFormat, now: number): string {
  const digits = new Date(now).toISOString().replace(/[-:]/g, '');
  return `${collection.replace(/[^\w.-]/g, '_')} ${digits.slice(0, 8)}-${digits.slice(9, 15)}.${format}`;
}

/**
 * Answers with an attachment. What fails before the first piece is an error like any other; after it, the answer breaks
 * off, so that nobody takes it for whole.
 */
export async function sendExport(
  reply: FastifyReply,
  exported: Exported,
  names: { collection: string; format: ExportFormat; now: number },
): Promise<FastifyReply> {
  const name = exportName(names.collection, names.format, names.now);
  const disposition = `attachment; filename="${name}"`;
  if ('item' in exported) {
    const { text, type } = await exportItems(exported.item, names.format);
    return reply.header('content-type', type).header('content-disposition', disposition).send(text);
  }
  const { exportText } = await import('../resources/exporting.ts');
  const { formatFor } = await import('../resources/exporting-formats.ts');
  const format = await formatFor(names.format);
  const body = await begun(exportText(exported.items, format));
  return reply.header('content-type', format.type).header('content-disposition', disposition).send(body);
}

/** The text itself when it comes in two pieces, the items and the end; otherwise a stream of its pieces. */
async function begun(pieces: AsyncGenerator<string>): Promise<string | Readable> {
  const first = await pieces.next();
  if (first.done) return '';
  const second = await pieces.next();
  if (second.done) return first.value;
  const third = await pieces.next();
  if (third.done) return first.value + second.value;
  const body = Readable.from(from([first.value, second.value, third.value], pieces));
  // Also when the caller left before the first piece was taken: the read behind it must end.
  body.once('close', () => void pieces.return(undefined).catch(() => undefined));
  return body;
}

async function* from(pieces: readonly string[], rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield* pieces;
  yield* rest;
}
