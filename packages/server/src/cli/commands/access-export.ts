import { accessFile } from '../../review/changes/file.ts';
import { type AccessSource, accessSource, OpenSources, ownSource } from '../access-source.ts';
import type { CommandArguments } from '../arguments.ts';
import { writeDocument } from '../snapshot-file.ts';
import { CommandError, lineOf } from '../with-project.ts';

/** Writes who may do what to a file, or to standard output. */
export async function run(args: CommandArguments): Promise<number> {
  const sources = new OpenSources();
  try {
    const named = args.optional('project');
    const source: AccessSource = named === undefined ? ownSource() : accessSource(named);
    if (source.kind === 'file') throw new CommandError('--project takes a project, not an access file.');
    await writeDocument(accessFile(await sources.facts(source)), args);
    return 0;
  } catch (error) {
    const line = lineOf(error);
    if (line === null) throw error;
    process.stderr.write(`${line}\n`);
    return 1;
  } finally {
    await sources.close();
  }
}
