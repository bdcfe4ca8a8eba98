import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import { ADMIN, type Database, makeProject, type Project, type StartedServer, startServer } from '../started-server.ts';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
  readonly data: any;
  readonly code: string | null;
  readonly message: string;
}

/** A server on a database that had tables before. */
export interface Adopted {
  readonly server: StartedServer;
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  sql(text: string): Promise<void>;
}

export async function adopt(database: Database, tables: string): Promise<Adopted> {
  const project = await makeProject(database);
  await runSql(project, tables);
  const server = await startServer(project, { LOG_LEVEL: 'warn' });
  return {
    server,
    sql: (text) => runSql(project, text),
    async ask(method, path, body) {
      const answer = await fetch(server.url + path, {
        method,
        headers: { authorization: `Bearer ${ADMIN.token}`, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      const parsed = text === '' ? {} : JSON.parse(text);
      const [error] = parsed.errors ?? [];
      return {
        status: answer.status,
        data: parsed.data,
        code: error?.extensions.code ?? null,
        message: error?.message ?? '',
      };
    },
  };
}

async function runSql(project: Project, text: string): Promise<void> {
  if (project.database === 'sqlite') {
    const file = new SqliteDatabase(project.file);
    file.exec(text);
    file.close();
    return;
  }
  const client = new pg.Client({ connectionString: project.postgresUrl });
  await client.connect();
  await client.query(text);
  await client.end();
}
