import { readFileSync } from 'node:fs';
import { type CommandArguments, readArguments } from './arguments.ts';
import type { Command } from './command-table.ts';
import { commandHelp, generalHelp } from './help.ts';

/** A command's own file: does the work and tells the exit code (0: done, 1: failed). */
interface CommandModule {
  run(args: CommandArguments): Promise<number>;
}

const USAGE_ERROR = 2;

/** Finds the command, loads its file and nobody else's, and runs it. Returns the exit code. */
export async function dispatch(words: readonly string[]): Promise<number> {
  const request = readArguments(words);
  switch (request.kind) {
    case 'version':
      process.stdout.write(`${version()}\n`);
      return 0;
    case 'help':
      process.stdout.write(
        request.command
          ? commandHelp(request.command)
          : generalHelp(request.group.length > 0 ? request.group : undefined),
      );
      return 0;
    case 'mistake':
      process.stderr.write(
        `${request.message}\nSee: limen ${request.command ? `${request.command.words.join(' ')} ` : ''}--help\n`,
      );
      return USAGE_ERROR;
    case 'run':
      return (await loadCommand(request.command)).run(request.args);
  }
}

/** `users create` is `commands/users-create.ts`. */
async function loadCommand({ words }: Command): Promise<CommandModule> {
  return (await import(new URL(`./commands/${words.join('-')}.ts`, import.meta.url).href)) as CommandModule;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}
