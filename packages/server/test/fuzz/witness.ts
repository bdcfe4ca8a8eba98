import { codeOf, NoAnswer, type PlainAnswer, type PlainClient } from '../plain-request.ts';
import { type Contents, type ContentsReader, differences } from '../stored-contents.ts';
import { fault } from './judge.ts';
import type { FuzzRequest } from './requests.ts';

/** More than this many faults are not worth reading. */
const ENOUGH = 40;
const OF_A_KIND = 4;

/**
 * Sends requests one after the other and notes what is wrong with the answers, and whatever an answer that was an error
 * has left in the database.
 */
export class Witness {
  readonly faults: string[] = [];
  private readonly client: PlainClient;
  private readonly reader: ContentsReader;
  private readonly seen = new Map<string, number>();
  private readonly kinds = new Map<string, number>();
  private contents: Contents = new Map();
  private counter = '';
  private slowest = { milliseconds: 0, what: '' };

  constructor(client: PlainClient, reader: ContentsReader) {
    this.client = client;
    this.reader = reader;
  }

  async begin(): Promise<void> {
    this.contents = await this.reader.read();
    this.counter = await this.reader.changeCounter();
  }

  end(): Promise<void> {
    return this.reader.close();
  }

  /** Work that changes the database by right. */
  async aside(work: () => Promise<unknown>): Promise<void> {
    await work();
    await this.begin();
  }

  /** The answer, or null when there was none. */
  async observe(request: FuzzRequest): Promise<PlainAnswer | null> {
    if (this.faults.length >= ENOUGH) return null;
    const began = performance.now();
    let answer: PlainAnswer;
    try {
      answer = await this.sendOnOpenConnection(request);
    } catch (error) {
      if (isRefusedMidway(error, request)) return null;
      this.note(request, `${error instanceof NoAnswer ? '' : 'connection: '}${(error as Error).message}`);
      return null;
    }
    this.clock(performance.now() - began, request);
    this.count(answer);
    const wrong = fault(answer, request.method);
    if (wrong) this.note(request, `${wrong}: ${answer.text.slice(0, 300)}`);
    await this.compare(request, answer);
    return answer;
  }

  summary(): string {
    const answers = [...this.seen].sort(([, a], [, b]) => b - a).map(([what, times]) => `${times} ${what}`);
    return `${answers.join(', ')}; slowest ${Math.round(this.slowest.milliseconds)} ms (${this.slowest.what})`;
  }

  /** Once more when a kept connection had just been closed: the server does that after what was no HTTP. */
  private async sendOnOpenConnection(request: FuzzRequest): Promise<PlainAnswer> {
    try {
      return await this.client.send(request);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
      return await this.client.send(request);
    }
  }

  private async compare(request: FuzzRequest, answer: PlainAnswer): Promise<void> {
    const counter = await this.reader.changeCounter();
    if (counter === this.counter) return;
    this.counter = counter;
    const now = await this.reader.read();
    if (answer.status >= 400) {
      const changed = differences(this.contents, now);
      if (changed.length > 0)
        this.note(request, `status ${answer.status}, but it wrote: ${changed.slice(0, 4).join(' | ').slice(0, 600)}`);
    }
    this.contents = now;
  }

  private note(request: FuzzRequest, what: string): void {
    const kind = `${request.method} ${request.path.split(/[?]/)[0]?.split('/')[1]} ${what.slice(0, 60)}`;
    const times = this.kinds.get(kind) ?? 0;
    this.kinds.set(kind, times + 1);
    if (times >= OF_A_KIND) return;
    const body = request.body === undefined ? '' : ` ${Buffer.from(request.body).toString('latin1').slice(0, 200)}`;
    const { authorization: _, ...headers } = request.headers ?? {};
    this.faults.push(
      `${request.method} ${request.path.slice(0, 300)} as ${request.as} ${JSON.stringify(headers)}${body}\n  → ${what}`,
    );
  }

  private clock(milliseconds: number, request: FuzzRequest): void {
    if (milliseconds > this.slowest.milliseconds) {
      this.slowest = {
        milliseconds,
        what: `${request.method} ${request.path.slice(0, 60)} ${String(request.body ?? '').slice(0, 40)}`,
      };
    }
  }

  private count(answer: PlainAnswer): void {
    const what = `${answer.status} ${codeOf(answer)}`.trim();
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
  }
}

/** A server may answer a body that is too long and close without reading the rest; the client then sees a broken pipe. */
function isRefusedMidway(error: unknown, request: FuzzRequest): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return (request.body?.length ?? 0) > 2 ** 20 && ['EPIPE', 'ECONNRESET'].includes(code);
}
