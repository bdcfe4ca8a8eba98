import { randomInt } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CommandArguments } from './arguments.ts';
import { CommandError } from './with-project.ts';

/** A password for somebody, and whether it was made here, so that they have to be told. */
export interface ChosenPassword {
  readonly text: string;
  readonly made: boolean;
}

/** `--password TEXT`, `--password -` for a line of standard input, or a random one. */
export async function choosePassword(args: CommandArguments): Promise<ChosenPassword> {
  const given = args.optional('password');
  if (given === undefined) return { text: randomPassword(), made: true };
  const text = given === '-' ? await passwordFromInput() : given;
  if (text === '') throw new CommandError('The password is empty.');
  return { text, made: false };
}

/** The first line of standard input. At a terminal it is asked for, and what is typed is not shown. */
async function passwordFromInput(): Promise<string> {
  const { stdin, stderr } = process;
  const asks = stdin.isTTY === true;
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: asks, crlfDelay: Number.POSITIVE_INFINITY });
  if (asks) stderr.write('Password: ');
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    const line = new Promise<string>((resolve) => lines.once('line', resolve));
    return await Promise.race([line, ended]);
  } finally {
    if (asks) stderr.write('\n');
    lines.close();
  }
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_.+!';
const KINDS = [/[A-Z]/, /[a-z]/, /[0-9]/, /[-_.+!]/];
const LENGTH = 20;

/** 119 bits, less what it costs that every kind of character is there, as many password policies want it. */
function randomPassword(): string {
  for (;;) {
    const text = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    if (KINDS.every((kind) => kind.test(text))) return text;
  }
}
