import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProject, type Project } from '../app.ts';
import { loadConfig } from '../config/index.ts';
import { applySchema, diffSchema } from '../resources/schema-changes.ts';
import { readDocument, systemContext } from './snapshot-file.ts';

/** Does the work on a project with the data model of a snapshot and nothing in it, which is gone afterwards. */
export async function withSnapshotProject(path: string, work: (project: Project) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'limen-tests-'));
  try {
    // The settings of the project in the working directory, its database above all, are none of this one's.
    const env = { DB_CLIENT: 'sqlite3', DB_FILENAME: join(folder, 'tests.db'), STORAGE_LOCAL_ROOT: folder };
    const config = loadConfig({ env, cwd: folder });
    const project = await openProject({ config, secret: SECRET, log: () => undefined });
    try {
      await makeModel(project, await readDocument(path));
      await work(project);
    } finally {
      await project.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Signs nothing: nobody logs in. */
const SECRET = 'of-a-project-that-nobody-logs-in-to';

/** Snapshots of other databases will do: rules mean the same on all of them. */
async function makeModel(project: Project, snapshot: unknown): Promise<void> {
  const context = await systemContext(project);
  const found = diffSchema(context, snapshot, { force: true, merge: true });
  if (found) await applySchema(context, found);
}
