import { readFileSync, writeFileSync } from 'node:fs';
import { modelViewer, SYSTEM } from '../access/index.ts';
import type { Project } from '../app.ts';
import type { ModelContext } from '../resources/model-context.ts';
import type { CommandArguments } from './arguments.ts';
import { CommandError } from './with-project.ts';

/** Whoever runs a command may do everything. */
export async function systemContext({ engine, schema }: Project): Promise<ModelContext> {
  return { schema, viewer: modelViewer((await engine.access(SYSTEM)).profile) };
}

/** What `--merge` and `--force` ask for. */
export const diffRequest = (args: CommandArguments) => ({ force: args.has('force'), merge: args.has('merge') });

/** The document in a file, or in standard input for `-`: YAML, of which JSON is a part. */
export async function readDocument(path: string): Promise<unknown> {
  const { parse } = await import('yaml'); // large, and only for these commands
  const text = readText(path);
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new CommandError(`${nameOf(path)} is neither YAML nor JSON: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}

const nameOf = (path: string): string => (path === '-' ? 'What was given' : path);

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new CommandError(`${nameOf(path)} can't be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}

/** Writes a document to `--file`, or to standard output, in `--format`, which the name of the file tells too. */
export async function writeDocument(document: object, args: CommandArguments): Promise<void> {
  const path = args.optional('file');
  const format = args.optional('format') ?? (path?.endsWith('.json') ? 'json' : 'yaml');
  const { stringify } = await import('yaml'); // large, and only for these commands
  const text =
    format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : stringify(document, { aliasDuplicateObjects: false });
  writeText(text, path);
}

/** Writes a text to a file, or without one to standard output. Throws CommandError. */
export function writeText(text: string, path: string | undefined): void {
  if (path === undefined) process.stdout.write(text);
  else save(path, text);
}

function save(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(`${path} can't be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`);
  }
}
