import { aligned } from '../../review/changes/align.ts';
import { accessFile, readAccessFile } from '../../review/changes/file.ts';
import { review } from '../../review/changes/review.ts';
import type { Comparison, Review } from '../../review/changes/types.ts';
import { reviewWritten } from '../../review/changes/written.ts';
import { reviewText } from '../access-diff-text.ts';
import { type AccessSource, accessSource, OpenSources } from '../access-source.ts';
import type { CommandArguments } from '../arguments.ts';
import { CommandError, lineOf } from '../with-project.ts';

const SAME = 0;
const DIFFERENT = 1;
const FAILED = 2;

/** Says who gains and loses what between two states of access. */
export async function run(args: CommandArguments): Promise<number> {
  const sources = new OpenSources();
  try {
    const found = await compare(sources, args);
    process.stdout.write(args.has('json') ? `${JSON.stringify(found, null, 2)}\n` : reviewText(found));
    return found.changed ? DIFFERENT : SAME;
  } catch (error) {
    const line = lineOf(error);
    if (line === null) throw error;
    process.stderr.write(`${line}\n`);
    return FAILED;
  } finally {
    await sources.close();
  }
}

async function compare(sources: OpenSources, args: CommandArguments): Promise<Review> {
  const [first, second] = [args.required('a'), args.required('b')].map(accessSource) as [AccessSource, AccessSource];
  const named = args.optional('project');
  const counting = named === undefined ? [first, second] : [accessSource(named)];
  const project = counting.find((source) => source.kind === 'project');
  if (named !== undefined && !project) throw new CommandError('--project takes a project, not an access file.');
  // Both as documents, which leave out what means nothing.
  const before = accessFile(await sources.facts(first));
  const after = aligned(before, accessFile(await sources.facts(second)));
  const comparison: Comparison = { before: readAccessFile(before), after: readAccessFile(after), moved: new Map() };
  return project ? review(comparison, await sources.reviewParts(project)) : reviewWritten(comparison);
}
