import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlainClient } from '../plain-request.ts';
import { makeProject, type Project, startServer } from '../started-server.ts';
import { type Acknowledged, makeBatchesCollection, nothingAcknowledged, writeUntilGone } from './batches.ts';

const ROUNDS = 50;
const WRITERS = 3;

describe('SIGKILL in the middle of writes', () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject('sqlite');
  });
  afterAll(() => project.remove());

  it(`loses nothing it has acknowledged and keeps nothing half done, ${ROUNDS} times on one database`, async () => {
    const acknowledged = nothingAcknowledged();
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startServer(project);
      const client = new PlainClient(server.port);
      if (round === 0) await makeBatchesCollection(client);
      else checkDatabase(project.file, acknowledged, round);
      const names = Array.from({ length: WRITERS }, (_, writer) => `round${round}-writer${writer}`);
      const writing = Promise.all(names.map((name) => writeUntilGone(client, name, acknowledged)));
      await new Promise((resolve) => setTimeout(resolve, 15 + Math.random() * 150));
      await server.kill();
      await writing;
      client.close();
    }
    const last = await startServer(project);
    checkDatabase(project.file, acknowledged, ROUNDS);
    expect(await last.stop()).toBe(0);
    expect(acknowledged.created.size).toBeGreaterThan(ROUNDS);
  }, 240_000);
});

/** Reads the file beside the running server, as the kill left it and the start recovered it. */
function checkDatabase(file: string, acknowledged: Acknowledged, round: number): void {
  const database = new Database(file, { readonly: true, timeout: 5_000 });
  const found = (query: string) => database.prepare(query).all();
  const where = `after round ${round}`;
  try {
    expect(database.pragma('integrity_check', { simple: true }), where).toBe('ok');
    expect(database.pragma('foreign_key_check'), where).toEqual([]);
    expect(found(HALF_WRITTEN), `half-written batches ${where}`).toEqual([]);
    expect(found(HALF_CHANGED), `half-changed batches ${where}`).toEqual([]);
    expect(found(WITHOUT_ACTIVITY), `items without activity ${where}`).toEqual([]);
    expect(found(WITHOUT_ITEM), `activity without item ${where}`).toEqual([]);
    expect(found(WITHOUT_REVISION), `activity without revision ${where}`).toEqual([]);
    expect(lost(database, acknowledged), `lost ${where}`).toEqual([]);
  } finally {
    database.close();
  }
}

const HALF_WRITTEN =
  'select batch, count(*) as there, max(size) as size from posts group by batch having count(*) <> max(size)';
const HALF_CHANGED = 'select batch from posts group by batch having count(distinct state) > 1';
const WITHOUT_ACTIVITY = `select p.id, p.batch from posts p where not exists (
  select 1 from directus_activity a where a.collection = 'posts' and a.action = 'create' and a.item = cast(p.id as text))
  or (p.state = 'changed' and not exists (
  select 1 from directus_activity a where a.collection = 'posts' and a.action = 'update' and a.item = cast(p.id as text)))
  limit 5`;
const WITHOUT_ITEM = `select a.item from directus_activity a where a.collection = 'posts' and a.action = 'create'
  and not exists (select 1 from posts p where p.id = cast(a.item as integer))
  and not exists (select 1 from directus_activity d where d.collection = 'posts' and d.action = 'delete' and d.item = a.item)
  limit 5`;
const WITHOUT_REVISION = `select a.id from directus_activity a where a.collection = 'posts' and a.action in ('create', 'update')
  and not exists (select 1 from directus_revisions r where r.activity = a.id) limit 5`;

/** What was acknowledged and is not so in the database. */
function lost(database: Database.Database, acknowledged: Acknowledged): string[] {
  const rows = database.prepare('select id, batch, state from posts').all() as {
    id: number;
    batch: string;
    state: string;
  }[];
  const stored = new Map(rows.map((row) => [row.id, row]));
  const missing: string[] = [];
  for (const [batch, keys] of acknowledged.created) {
    if (acknowledged.unknown.has(batch)) continue;
    const gone = acknowledged.deleted.has(batch);
    for (const key of keys) {
      const row = stored.get(key);
      if (gone && row?.batch === batch) missing.push(`${key} of ${batch} is back`);
      if (!gone && row?.batch !== batch) missing.push(`${key} of ${batch} is gone`);
      if (!gone && row && acknowledged.changed.has(batch) && row.state !== 'changed')
        missing.push(`${key} of ${batch} is unchanged`);
    }
  }
  return missing.slice(0, 5);
}
