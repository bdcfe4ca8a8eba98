import { diffSchema } from '../../resources/schema-changes.ts';
import type { CommandArguments } from '../arguments.ts';
import { diffText } from '../diff-text.ts';
import { diffRequest, readDocument, systemContext } from '../snapshot-file.ts';
import { withProject } from '../with-project.ts';

/** Says what `schema apply` would do. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => {
    const body = await readDocument(args.required('file'));
    const found = diffSchema(await systemContext(project), body, diffRequest(args));
    if (args.has('json')) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    else process.stdout.write(found ? diffText(found.diff) : 'Nothing to change.\n');
  });
}
