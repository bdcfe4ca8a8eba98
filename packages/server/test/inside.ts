import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { bootstrapProject, createServer, openProject } from '../src/app.ts';
import { loadConfig } from '../src/config/index.ts';
import { ADMIN, type Project as Place, SECRET } from './started-server.ts';

/** Noon of a day on which nothing happens, so that no answer differs by the time it was given. */
const NOW = Date.UTC(2030, 0, 15, 12);

export interface Asked {
  readonly method: string;
  readonly url: string;
  /** '' for the public. */
  readonly token: string;
  /** Where it comes from; this machine by default. */
  readonly ip?: string;
  readonly body?: unknown;
  /** Of a form, as it is sent. */
  readonly form?: { readonly type: string; readonly content: string };
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
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
    // A machine that is busy with other tests is under pressure.
    const open = { WEBSOCKETS_REST_AUTH: 'public', WEBSOCKETS_GRAPHQL_AUTH: 'public' };
    const own = { LOGIN_STALL_TIME: '0', PRESSURE_LIMITER_ENABLED: 'false', ...open };
    const env = { ...place.settings, ...own, STORAGE_LOCAL_ROOT: join(place.folder, 'uploads') };
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

  /** Status, the headers that say something about the contents, and the body, as one text. */
  async ask(asked: Asked): Promise<string> {
    const answer = await this.#inject(asked);
    const named = ['content-type', 'content-disposition', 'etag', 'last-modified'];
    const said = named.map((name) => answer.headers[name] ?? '').join(' ');
    return `${answer.statusCode} ${said}\n${answer.payload}`;
  }

  /** The status, and the body as JSON; null where it is none. */
  async json(asked: Asked): Promise<Answer> {
    const { statusCode, payload } = await this.#inject(asked);
    return { status: statusCode, body: payload.startsWith('{') ? JSON.parse(payload) : null };
  }

  #inject({ method, url, token, ip, body, form }: Asked) {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    if (form) headers['content-type'] = form.type;
    else if (body !== undefined) headers['content-type'] = 'application/json';
    const payload = form?.content ?? (body === undefined ? undefined : JSON.stringify(body));
    return this.app.inject({ method: method as 'GET', url, headers, payload, remoteAddress: ip });
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
