import type { Project } from '../app.ts';
import { ApiError, ApiErrors } from '../errors/index.ts';
import { makeLog, open, readConfig } from './project.ts';

/** Something that its author can put right; said in one line. */
export class CommandError extends Error {}

/**
 * Opens the project of the settings, does the work and closes it; the exit code. Works beside a running server. What the
 * author of the command can put right is one line on standard error and exit code 1.
 */
export async function withProject(work: (project: Project) => Promise<void>): Promise<number> {
  const config = readConfig();
  if (!config) return 1;
  try {
    const project = await open(config, makeLog(config.logLevel));
    try {
      await requireStarted(project);
      await work(project);
    } finally {
      await project.close();
    }
    return 0;
  } catch (error) {
    const line = lineOf(error);
    if (line === null) throw error;
    process.stderr.write(`${line}\n`);
    return 1;
  }
}

/** A user or a role in a project that was never started would keep the first start from making an administrator. */
async function requireStarted({ store }: Project): Promise<void> {
  const row = await store.get('select 1 as there from directus_users union all select 1 from directus_roles limit 1');
  if (!row) throw new CommandError('The project has nobody yet: run `limen bootstrap` or `limen start` first.');
}

/** What the author of a command can put right, in one line; null for faults. */
export function lineOf(error: unknown): string | null {
  if (error instanceof CommandError) return error.message;
  if (error instanceof ApiError) return `${error.message} (${error.code})`;
  if (error instanceof ApiErrors) return error.errors.map(({ message, code }) => `${message} (${code})`).join(' ');
  return null;
}
