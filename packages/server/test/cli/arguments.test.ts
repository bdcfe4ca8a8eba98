import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { COMMANDS, nameOf } from '../../src/cli/command-table.ts';
import { commandHelp, generalHelp } from '../../src/cli/help.ts';

const command = fileURLToPath(new URL('../../src/cli/limen.js', import.meta.url));

function limen(...words: readonly string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...words], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

function mistake(...words: readonly string[]): string {
  const request = readArguments(words);
  return request.kind === 'mistake' ? request.message : `no mistake but ${request.kind}`;
}

describe('the command line', () => {
  it('finds the command and its options', () => {
    const request = readArguments(['roles', 'create', '--role=Editors', '--app']);
    if (request.kind !== 'run') throw new Error(`got ${request.kind}`);
    expect(nameOf(request.command)).toBe('roles create');
    expect(request.args.required('role')).toBe('Editors');
    expect(request.args.has('app')).toBe(true);
    expect(request.args.has('admin')).toBe(false);
    expect(request.args.optional('absent')).toBeUndefined();
  });

  it.each([
    [['strat'], 'There is no command "strat".'],
    [['users', 'delete'], 'There is no command "users delete".'],
    [['users', 'create'], '--email is missing.'],
    [['users', 'create', '--email='], '--email is missing.'],
    [['users', 'create', '--mail', 'x'], 'There is no option --mail; it takes --email, --password, --role.'],
    [['start', '--port'], 'There is no option --port.'],
    [['start', 'now'], "Unexpected argument 'now': values follow an option."],
    [
      ['explain', '--user', 'u', '--collection', 'c', '--action', 'look'],
      '--action takes create, read, update, delete, share, not "look".',
    ],
  ])('%j: %s', (words, message) => {
    expect(mistake(...words)).toBe(message);
  });

  it('never throws', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('users', 'create', '--email', '--', '-h', 'help', '--email=x', '-'),
    );
    fc.assert(fc.property(fc.array(word, { maxLength: 6 }), (words) => void readArguments(words)));
  });
});

describe('help', () => {
  it('names every command, and every option of each', () => {
    for (const entry of COMMANDS) {
      expect(generalHelp()).toContain(nameOf(entry));
      for (const { name } of entry.options) expect(commandHelp(entry)).toContain(`--${name}`);
    }
  });

  it.each([[[]], [['--help']], [['help']], [['-h']]])('limen %j prints it', (words) => {
    expect(limen(...words)).toEqual({ code: 0, stdout: generalHelp(), stderr: '' });
  });

  it.each([[['help', 'users', 'create']], [['users', 'create', '--help']]])(
    'limen %j is about one command',
    (words) => {
      expect(limen(...words).stdout).toMatch(/^Usage: limen users create \[OPTIONS\]/);
    },
  );

  it('limen users lists the commands of that group', () => {
    const { stdout } = limen('users');
    expect(stdout).toContain('users password');
    expect(stdout).not.toContain('bootstrap');
  });
});

it('mistakes end with 2 and say where help is', () => {
  expect(limen('users', 'create')).toEqual({
    code: 2,
    stdout: '',
    stderr: '--email is missing.\nSee: limen users create --help\n',
  });
});

it('prints its version', () => {
  expect(limen('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
