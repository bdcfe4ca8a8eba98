import { readSnapshot, WHOLE } from '../../resources/schema-changes.ts';
import type { CommandArguments } from '../arguments.ts';
import { systemContext, writeDocument } from '../snapshot-file.ts';
import { withProject } from '../with-project.ts';

/** Writes the data model to a file, or to standard output. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => writeDocument(readSnapshot(await systemContext(project), WHOLE), args));
}
