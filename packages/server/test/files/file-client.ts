import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ADMIN, type StartedServer } from '../started-server.ts';

export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `data`, or the first error's extensions. */
  readonly data: Record<string, unknown>;
}

/** Calls the file routes of a server as one caller. */
export class FileClient {
  readonly server: StartedServer;
  readonly token: string | null;

  constructor(server: StartedServer, token: string | null = ADMIN.token) {
    this.server = server;
    this.token = token;
  }

  as(token: string | null): FileClient {
    return new FileClient(this.server, token);
  }

  upload(file: SentFile, fields: Record<string, string> = {}, query = ''): Promise<Answer> {
    return this.send('POST', `/files${query}`, form(fields, [file]));
  }

  json(method: string, path: string, body: unknown): Promise<Answer> {
    return this.send(method, path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  async send(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}): Promise<Answer> {
    const authorization: Record<string, string> = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const answer = await fetch(this.server.url + path, {
      method,
      body: body ?? null,
      headers: { ...authorization, ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, data: dataOf(text) };
  }

  async bytes(path: string): Promise<Buffer> {
    const headers: Record<string, string> = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    return Buffer.from(await (await fetch(this.server.url + path, { headers })).arrayBuffer());
  }
}

function dataOf(text: string): Record<string, unknown> {
  try {
    const body = JSON.parse(text) as { data?: Record<string, unknown>; errors?: { extensions: object }[] };
    return body.data ?? { ...body.errors?.[0]?.extensions };
  } catch {
    return {};
  }
}

export function form(fields: Record<string, string>, files: readonly SentFile[]): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const { name, type, content } of files) body.append('file', new Blob([content], { type }), name);
  return body;
}

/** Every file below the folder of uploads, the server's own included, with sizes; relative paths. */
export function storedFiles(server: StartedServer): Map<string, number> {
  const root = join(server.project.folder, 'uploads');
  const found = new Map<string, number>();
  for (const entry of readdirOrNothing(root)) {
    const facts = statSync(join(root, entry));
    if (facts.isFile()) found.set(entry, facts.size);
  }
  return found;
}

function readdirOrNothing(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}

/** A user with one policy; what it may do is given as permissions without their policy. */
export async function makeUser(
  client: FileClient,
  name: string,
  permissions: readonly Record<string, unknown>[],
): Promise<FileClient> {
  const policy = await client.json('POST', '/policies', { name });
  const id = policy.data.id;
  const listed = permissions.map((permission) => ({ policy: id, fields: ['*'], ...permission }));
  if (listed.length > 0) await client.json('POST', '/permissions', listed);
  const token = `${name}-static-token-0123456789`;
  const user = { email: `${name}@example.com`, token, policies: [{ policy: id }] };
  const made = await client.json('POST', '/users', user);
  if (made.status !== 200) throw new Error(made.text);
  return client.as(token);
}
