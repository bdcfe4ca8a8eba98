import { parseArgs } from 'node:util';
import { COMMANDS, type Command, type CommandOption } from './command-table.ts';

/** What a command was given. */
export interface CommandArguments {
  /** The text of an option that the command requires (the parser has seen to it). */
  required(name: string): string;
  optional(name: string): string | undefined;
  /** Whether a switch was given. */
  has(name: string): boolean;
}

/** What the words after `limen` ask for. */
export type Request =
  | { readonly kind: 'run'; readonly command: Command; readonly args: CommandArguments }
  | { readonly kind: 'help'; readonly command: Command | null; readonly group: readonly Command[] }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string; readonly command: Command | null };

const HELP = new Set(['--help', '-h', 'help']);

/** Reads the command line. Never throws: what cannot be understood is a mistake with a message for its author. */
export function readArguments(words: readonly string[]): Request {
  const [first = 'help'] = words;
  if (first === '--version' || first === '-v' || first === 'version') return { kind: 'version' };
  if (HELP.has(first)) return helpFor(words.slice(1));
  const command = findCommand(words);
  if (!command) return helpOrMistake(words);
  const rest = words.slice(command.words.length);
  return rest.some((word) => HELP.has(word)) ? { kind: 'help', command, group: [] } : readOptions(command, rest);
}

function findCommand(words: readonly string[]): Command | undefined {
  return COMMANDS.find((command) => command.words.every((word, index) => words[index] === word));
}

function groupOf(word: string | undefined): readonly Command[] {
  return COMMANDS.filter(({ words }) => words.length > 1 && words[0] === word);
}

function helpFor(words: readonly string[]): Request {
  if (words.length === 0) return { kind: 'help', command: null, group: [] };
  const command = findCommand(words);
  return command ? { kind: 'help', command, group: [] } : helpOrMistake(words);
}

function helpOrMistake(words: readonly string[]): Request {
  const group = groupOf(words[0]);
  if (group.length > 0 && (words.length === 1 || HELP.has(words[1] ?? '')))
    return { kind: 'help', command: null, group };
  const asked = words.slice(0, group.length > 0 ? 2 : 1).join(' ');
  return { kind: 'mistake', command: null, message: `There is no command ${JSON.stringify(asked)}.` };
}

function readOptions(command: Command, words: readonly string[]): Request {
  const mistake = (message: string): Request => ({ kind: 'mistake', command, message });
  try {
    const { operands = [] } = command;
    const { values, positionals } = parseArgs({
      args: [...words],
      options: parserOptions(command),
      allowPositionals: operands.length > 0,
    });
    const missing = operands[positionals.length];
    if (missing) return mistake(`${missing.value} is missing.`);
    const surplus = positionals[operands.length];
    if (surplus !== undefined) return mistake(`Unexpected argument ${JSON.stringify(surplus)}.`);
    const found = command.options
      .map((option) => wrongWith(option, values[option.name]))
      .find((wrong) => wrong !== null);
    if (found) return mistake(found);
    const named = Object.fromEntries(operands.map(({ name }, index) => [name, positionals[index]]));
    return { kind: 'run', command, args: commandArguments({ ...values, ...named }) };
  } catch (error) {
    return mistake(explainParser(error, command));
  }
}

function parserOptions({ options }: Command): Record<string, { type: 'string' | 'boolean' }> {
  return Object.fromEntries(options.map(({ name, value }) => [name, { type: value ? 'string' : 'boolean' }]));
}

function wrongWith({ name, required, oneOf }: CommandOption, value: unknown): string | null {
  if (required && (value === undefined || value === '')) return `--${name} is missing.`;
  if (oneOf && typeof value === 'string' && !oneOf.includes(value)) {
    return `--${name} takes ${oneOf.join(', ')}, not ${JSON.stringify(value)}.`;
  }
  return null;
}

/** Node's own messages speak to programmers. */
function explainParser(error: unknown, { options }: Command): string {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const named = /'(--?[^' ]+)/.exec(message)?.[1] ?? '';
  const known = options.map(({ name }) => `--${name}`).join(', ');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
    return `There is no option ${named}${known ? `; it takes ${known}` : ''}.`;
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return `${message.split('.')[0]}: values follow an option.`;
  return message;
}

function commandArguments(values: Readonly<Record<string, string | boolean | undefined>>): CommandArguments {
  const optional = (name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    optional,
    required: (name) => optional(name) ?? '',
    has: (name) => values[name] === true,
  };
}
