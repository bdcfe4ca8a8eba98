import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { bootstrapProject, createServer, openProject } from '../../src/app.ts';
import { loadConfig } from '../../src/config/index.ts';
import { ADMIN, copyProject, type Project as Place, SECRET } from '../started-server.ts';

/** Noon of a day on which nothing happens, so that no answer differs by the time it was given. */
const NOW = Date.UTC(2030, 0, 15, 12);

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  readonly body?: unknown;
  /** Of a form, as it is sent. */
  readonly form?: { readonly type: string; readonly content: string };
}

/** A project in this process, asked without a network between. */
export class Inside {
  readonly app: FastifyInstance;
  readonly place: Place;
  readonly #close: () => Promise<void>;

  constructor(app: FastifyInstance, place: Place, close: () => Promise<void>) {
    this.app = app;
    this.place = place;
    this.#close = close;
  }

  static async open(place: Place): Promise<Inside> {
    const env = { ...place.settings, STORAGE_LOCAL_ROOT: join(place.folder, 'uploads'), LOGIN_STALL_TIME: '0' };
    const log = () => undefined;
    const config = loadConfig({ env, cwd: place.folder });
    const project = await openProject({ config, secret: SECRET, log, clock: { now: () => NOW } });
    await bootstrapProject(project, ADMIN);
    const app = await createServer(project, log);
    return new Inside(app, place, async () => {
      await app.close();
      await project.close();
    });
  }

  /** Status, the headers that say something about the contents, and the body. */
  async ask({ method, url, token, body, form }: Asked): Promise<string> {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    if (form) headers['content-type'] = form.type;
    else if (body !== undefined) headers['content-type'] = 'application/json';
    const payload = form?.content ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await this.app.inject({ method: method as 'GET', url, headers, payload });
    const named = ['content-type', 'content-disposition', 'etag', 'last-modified'];
    const said = named.map((name) => answer.headers[name] ?? '').join(' ');
    return `${answer.statusCode} ${said}\n${answer.payload}`;
  }

  /** What the administrator asks for, and gets. */
  async must<T = Record<string, string>>(method: string, url: string, body?: unknown): Promise<T> {
    const answer = await this.ask({ method, url, body, token: ADMIN.token });
    if (!/^20[04]/.test(answer)) throw new Error(`${method} ${url}: ${answer}`);
    const text = answer.slice(answer.indexOf('\n') + 1);
    return (text ? JSON.parse(text).data : null) as T;
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** A copy of a project that nobody has open, with other contents. `statements` is written to its database first. */
export async function twinOf(place: Place, statements: readonly string[]): Promise<Inside> {
  const copy = await copyProject(place);
  await write(copy, statements);
  return Inside.open(copy);
}

async function write(place: Place, statements: readonly string[]): Promise<void> {
  const text = statements.join(';\n');
  if (place.database === 'sqlite') {
    const database = new Sqlite(place.file);
    database.exec(text);
    database.close();
    return;
  }
  const client = new pg.Client({ connectionString: place.postgresUrl });
  await client.connect();
  await client.query(text);
  await client.end();
}
