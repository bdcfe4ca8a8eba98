import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { Inside } from '../inside.ts';
import { copyProject, type Project as Place } from '../started-server.ts';

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
