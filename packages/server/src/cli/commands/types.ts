import { sdkTypes } from '../../resources/sdk-types.ts';
import type { CommandArguments } from '../arguments.ts';
import { writeText } from '../snapshot-file.ts';
import { withProject } from '../with-project.ts';

/** Writes TypeScript types of the data model to a file, or to standard output. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ schema }) => writeText(sdkTypes(schema.snapshot), args.optional('file')));
}
