import { Chain, type Finding, type Head, type Verification, verifyLog } from '../../audit/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { CommandError, withProject } from '../with-project.ts';

const BROKEN = 1;
const NOT_VERIFIED = 2;
const HEAD = /^([1-9]\d{0,15}):([0-9a-f]{64})$/;

/** Proves that nothing was altered in the activity log or removed from it; 0 when so, 1 when not, 2 when it could not be read. */
export async function run(args: CommandArguments): Promise<number> {
  let status = NOT_VERIFIED;
  const ended = await withProject(async ({ store, secret }) => {
    const expected = headOf(args.optional('head'));
    const isTold = process.stderr.isTTY && !args.has('json');
    const progress = (read: number): void => void (isTold && process.stderr.write(`\r${read} entries read`));
    const verification = await verifyLog(store, new Chain(secret), expected, progress);
    if (isTold) process.stderr.write('\r\x1b[K');
    process.stdout.write(args.has('json') ? `${JSON.stringify(verification, null, 2)}\n` : textOf(verification));
    status = verification.found === 0 ? 0 : BROKEN;
  });
  return ended === 0 ? status : NOT_VERIFIED;
}

function headOf(text: string | undefined): Head | null {
  if (text === undefined) return null;
  const [, position, seal] = HEAD.exec(text) ?? [];
  if (!position || !seal)
    throw new CommandError('--head takes what an earlier run printed as its head, as in 120:9f86….');
  return { position: Number(position), seal };
}

function textOf({ intact, findings, found, open, head }: Verification): string {
  const lines = findings.map(sentence);
  if (found > findings.length) lines.push(`… and ${found - findings.length} more`);
  lines.push(
    found === 0
      ? `Nothing was altered or removed: ${intact} entries are as they were written.`
      : `${found} findings; ${intact} entries are as they were written.`,
  );
  if (open > 0) lines.push(`${open} entries have no seal yet; a running server seals them within a second.`);
  if (head) lines.push(`Head: ${head.position}:${head.seal}`);
  return `${lines.join('\n')}\n`;
}

function sentence({ kind, entry, position }: Finding): string {
  switch (kind) {
    case 'altered':
      return `Entry ${entry} was altered, or stands where another was (position ${position}).`;
    case 'removed':
      return `Entry ${entry} was removed (position ${position}).`;
    case 'gap':
      return `Entries from position ${position} on were removed together with their seals.`;
    case 'head':
      return `The head that was noted earlier (position ${position}) is not in the chain: its end was cut off or made anew.`;
  }
}
