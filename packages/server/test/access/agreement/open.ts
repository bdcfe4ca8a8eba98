import { startPostgres, temporaryFolder } from '../../store/databases.ts';
import { WorldDatabase } from './database.ts';

export interface Worlds {
  readonly database: WorldDatabase;
  close(): Promise<void>;
}

/** A database of its own for worlds. `remember`: whether the project keeps anything from one case for the next. */
export async function openWorlds(dialect: 'sqlite' | 'postgres', remember: boolean): Promise<Worlds> {
  const folder = temporaryFolder();
  const server = dialect === 'postgres' ? await startPostgres() : null;
  const database = await WorldDatabase.open((await server?.createDatabase()) ?? { folder: folder.path }, remember);
  return {
    database,
    async close() {
      await database.close();
      await server?.stop();
      folder.remove();
    },
  };
}
