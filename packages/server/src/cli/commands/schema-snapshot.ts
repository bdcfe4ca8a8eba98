import { writeFileSync } from 'node:fs';
import { readSnapshot, WHOLE } from '../../resources/schema-changes.ts';
import type { CommandArguments } from '../arguments.ts';
import { systemContext } from '../snapshot-file.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Writes the data model to a file, or to standard output. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => {
    const file = readSnapshot(await systemContext(project), WHOLE);
    const path = args.optional('file');
    const format = args.optional('format') ?? (path?.endsWith('.json') ? 'json' : 'yaml');
    const { stringify } = await import('yaml'); // large, and only for this command
    const text = format === 'json' ? `${JSON.stringify(file, null, 2)}\n` : stringify(file);
    if (path === undefined) process.stdout.write(text);
    else save(path, text);
  });
}

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(`${path} can't be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}
