import { createInterface } from 'node:readline/promises';
import { applySchema, diffSchema } from '../../resources/schema-changes.ts';
import type { SnapshotDiff } from '../../schema/snapshot/types.ts';
import type { CommandArguments } from '../arguments.ts';
import { diffText, losesValues } from '../diff-text.ts';
import { diffRequest, readDocument, systemContext } from '../snapshot-file.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Makes the data model what a file says, all of it or nothing. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => {
    const context = await systemContext(project);
    const found = diffSchema(context, await readDocument(args.required('file')), diffRequest(args));
    if (!found) {
      process.stdout.write('Nothing to change.\n');
      return;
    }
    process.stdout.write(diffText(found.diff));
    if (!args.has('yes')) await askFirst(found.diff);
    await applySchema(context, found);
    process.stdout.write('Done.\n');
  });
}

/** At a terminal only: elsewhere nobody would answer. */
async function askFirst(diff: SnapshotDiff): Promise<void> {
  if (!process.stdin.isTTY) throw new CommandError('Nothing was changed: say --yes where nobody can be asked.');
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const warning = losesValues(diff) ? 'What goes takes its values along. ' : '';
  const answer = await lines.question(`${warning}Make these changes? (yes/no) `);
  lines.close();
  if (answer.trim().toLowerCase() !== 'yes') throw new CommandError('Nothing was changed.');
}
