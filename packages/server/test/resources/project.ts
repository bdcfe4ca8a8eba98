import { ADMIN, type StartedServer } from '../started-server.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The parsed body; undefined when there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
}

/** Requests to a started server, by default as the administrator. */
export class Client {
  private readonly url: string;
  private readonly token: string | null;

  constructor(server: StartedServer, token: string | null = ADMIN.token) {
    this.url = server.url;
    this.token = token;
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.send('POST', path, JSON.stringify(json));
  }

  patch(path: string, json: unknown): Promise<Answer> {
    return this.send('PATCH', path, JSON.stringify(json));
  }

  delete(path: string, json?: unknown): Promise<Answer> {
    return this.send('DELETE', path, json === undefined ? undefined : JSON.stringify(json));
  }

  /** Sends a file as a form does. */
  upload(path: string, name: string, type: string, content: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const form = new FormData();
    form.append('file', new Blob([content], { type }), name);
    return this.send('POST', path, form);
  }

  private async send(method: string, path: string, body?: string | FormData): Promise<Answer> {
    const headers: Record<string, string> = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    if (typeof body === 'string') headers['content-type'] = 'application/json';
    const answer = await fetch(this.url + path, { method, headers, body });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
    return { status: answer.status, text, headers: answer.headers, body: isJson ? JSON.parse(text) : undefined };
  }
}

/** Status and codes of an answer that failed. */
export const failure = (answer: Answer): { status: number; codes: string[] } => ({
  status: answer.status,
  codes: (answer.body?.errors ?? []).map((error: { extensions: { code: string } }) => error.extensions.code),
});

export const FORBIDDEN = { status: 403, codes: ['FORBIDDEN'] };
export const INVALID_PAYLOAD = { status: 400, codes: ['INVALID_PAYLOAD'] };
export const UNPROCESSABLE = { status: 422, codes: ['UNPROCESSABLE_CONTENT'] };

type Permission = { collection: string; action: string; fields?: string[]; permissions?: object; validation?: object };

/** A user with these permissions and nothing else. */
export async function userWith(
  server: StartedServer,
  name: string,
  permissions: readonly Permission[],
): Promise<{ client: Client; id: string }> {
  const admin = new Client(server);
  const policy = (await admin.post('/policies', { name })).body.data.id;
  for (const permission of permissions) {
    const made = await admin.post('/permissions', { policy, permissions: {}, fields: ['*'], ...permission });
    if (made.status !== 200) throw new Error(made.text);
  }
  const token = `token-of-${name}-0123456789`;
  const email = `${name}@example.com`;
  const user = await admin.post('/users', { email, password: 'a-long-password', token, policies: [{ policy }] });
  if (user.status !== 200) throw new Error(user.text);
  return { client: new Client(server, token), id: user.body.data.id };
}

const KEY = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };

export interface FieldInput {
  field: string;
  type: string;
  schema?: object | null;
  meta?: object;
}

/** A collection with a counted key. */
export async function makeCollection(
  server: StartedServer,
  collection: string,
  fields: readonly FieldInput[],
  meta: object = {},
): Promise<void> {
  const all = [KEY, ...fields.map((field) => ({ schema: {}, meta: {}, ...field }))];
  const made = await new Client(server).post('/collections', { collection, schema: {}, meta, fields: all });
  if (made.status !== 200) throw new Error(made.text);
}
