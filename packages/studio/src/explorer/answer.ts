import { type Asked, type Caller, send } from './caller.ts';

/** More is not read. */
const MAX_READ_BYTES = 2_000_000;
/** More is not shown: pages with very long texts stop answering. */
const MAX_SHOWN_CHARACTERS = 200_000;

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  /** Until the whole body was there, in milliseconds. */
  readonly ms: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `elsewhere`: a redirection, which browsers show nothing of. `binary`: a body that is no text. */
  readonly kind: 'text' | 'binary' | 'elsewhere';
  /** JSON is indented. */
  readonly text: string;
  /** Whether there is more than `text` shows. */
  readonly cut: boolean;
  /** How much was read. */
  readonly bytes: number;
}

/** Sends a request and reads what comes back, up to a limit. */
export async function answerTo(caller: Caller, asked: Asked): Promise<Answer> {
  const began = performance.now();
  const response = await send(caller, asked);
  const { content, whole } = await readBody(response);
  const type = response.headers.get('content-type') ?? '';
  const isText = content.length === 0 || /json|text|xml|yaml|javascript|graphql|csv|urlencoded/.test(type);
  const text = isText ? pretty(new TextDecoder().decode(content), whole && type.includes('json')) : '';
  return {
    status: response.status,
    statusText: response.statusText,
    ms: Math.round(performance.now() - began),
    headers: [...response.headers],
    kind: response.type === 'opaqueredirect' ? 'elsewhere' : isText ? 'text' : 'binary',
    text: text.slice(0, MAX_SHOWN_CHARACTERS),
    cut: !whole || text.length > MAX_SHOWN_CHARACTERS,
    bytes: content.length,
  };
}

/** The beginning of a body; `whole` says whether that is all of it. */
export async function readBody(response: Response): Promise<{ content: Uint8Array; whole: boolean }> {
  const reader = response.body?.getReader();
  if (!reader) return { content: new Uint8Array(), whole: true };
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
    if (bytes > MAX_READ_BYTES) {
      await reader.cancel();
      return { content: joined(chunks, bytes), whole: false };
    }
  }
  return { content: joined(chunks, bytes), whole: true };
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const content = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

function pretty(text: string, json: boolean): string {
  if (!json) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
