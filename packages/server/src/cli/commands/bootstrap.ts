import { ensureAdministrator } from '../first-administrator.ts';
import { makeLog, open, readConfig } from '../project.ts';

/** Brings the tables up to date and gives a new project its administrator. */
export async function run(): Promise<number> {
  const config = readConfig();
  if (!config) return 1;
  const project = await open(config, makeLog(config.logLevel));
  try {
    await ensureAdministrator(project);
  } finally {
    await project.close();
  }
  process.stdout.write('The project is ready.\n');
  return 0;
}
