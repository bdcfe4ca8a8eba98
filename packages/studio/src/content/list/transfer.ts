import { API } from '../../app/places.ts';
import { pathOf } from '../addresses.ts';
import type { ListQuery } from './items.ts';

export const FORMATS = ['csv', 'json', 'xml', 'yaml'] as const;
export type Format = (typeof FORMATS)[number];

export interface Progress {
  readonly doneBytes: number;
  /** Null while nobody knows. */
  readonly totalBytes: number | null;
}

/** Reads items as a file and hands it to the browser to be saved. */
export async function exportItems(
  collection: string,
  format: Format,
  query: Pick<ListQuery, 'fields' | 'sort' | 'filter' | 'search'>,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const params = new URLSearchParams({ export: format, limit: '-1', fields: query.fields.join(',') });
  if (query.sort.length > 0) params.set('sort', query.sort.join(','));
  if (query.filter) params.set('filter', JSON.stringify(query.filter));
  if (query.search) params.set('search', query.search);
  const answer = await fetch(`${API}${pathOf(collection)}?${params}`, { credentials: 'include', signal });
  if (!answer.ok || !answer.body) throw refused(answer.status, await answer.text());
  const length = Number(answer.headers.get('content-length'));
  const chunks: BlobPart[] = [];
  let doneBytes = 0;
  for await (const chunk of read(answer.body)) {
    chunks.push(chunk);
    doneBytes += chunk.byteLength;
    onProgress({ doneBytes, totalBytes: length > 0 ? length : null });
  }
  const stamp = new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  save(new Blob(chunks, { type: answer.headers.get('content-type') ?? '' }), `${collection} ${stamp}.${format}`);
}

async function* read(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

const TYPES: Readonly<Record<string, string>> = { csv: 'text/csv', json: 'application/json' };

/** Sends a file of items; throws what the API answers. The browser knows types by names only, or not at all. */
export function importItems(collection: string, file: File, onProgress: (progress: Progress) => void): Promise<void> {
  const type = TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''] ?? file.type;
  const form = new FormData();
  form.append('file', new Blob([file], { type }), file.name);
  return upload(`/utils/import/${encodeURIComponent(collection)}`, form, onProgress).then(() => undefined);
}

/** Sends a form and tells how far it is: `fetch` can't say. Resolves with the answer's `data`. */
export function upload<Answer>(
  path: string,
  form: FormData,
  onProgress: (progress: Progress) => void,
  method: 'POST' | 'PATCH' = 'POST',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, API + path);
    request.withCredentials = true;
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) =>
      onProgress({ doneBytes: loaded, totalBytes: lengthComputable ? total : null }),
    );
    request.addEventListener('error', () => reject(new Error('The server did not answer.')));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(parsed(request.responseText).data as Answer);
      else reject(refused(request.status, request.responseText));
    });
    request.send(form);
  });
}

/** An error with what the API said, as the client's own errors have it. */
const refused = (status: number, text: string): Error =>
  Object.assign(new Error('The request was refused.'), { errors: parsed(text).errors, response: { status } });

function parsed(text: string): { readonly data?: unknown; readonly errors?: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
