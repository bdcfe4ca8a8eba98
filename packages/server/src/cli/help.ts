import { COMMANDS, type Command, type CommandOption, nameOf } from './command-table.ts';

/** What `limen --help` prints. */
export function generalHelp(commands: readonly Command[] = COMMANDS): string {
  const width = Math.max(...commands.map((command) => nameOf(command).length));
  const lines = commands.map((command) => `  ${nameOf(command).padEnd(width)}  ${command.summary}`);
  return `Usage: limen COMMAND [OPTIONS]

Commands:
${lines.join('\n')}

  limen COMMAND --help   says more about one of them.
  limen --version        prints the version.
`;
}

/** What `limen COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const { operands = [] } = command;
  const usage = [
    nameOf(command),
    ...operands.map(({ value }) => value),
    ...(command.options.length > 0 ? ['[OPTIONS]'] : []),
  ];
  const parts = [`Usage: limen ${usage.join(' ')}`, command.summary];
  if (command.details) parts.push(command.details);
  if (operands.length > 0) parts.push(operands.map(({ value, help }) => `${value}: ${help}`).join('\n'));
  if (command.options.length > 0) parts.push(`Options:\n${optionLines(command.options).join('\n')}`);
  parts.push(`Example:\n  ${command.example}`);
  return `${parts.join('\n\n')}\n`;
}

function optionLines(options: readonly CommandOption[]): readonly string[] {
  const left = options.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...left.map(({ length }) => length));
  return options.map(
    ({ help, required }, index) => `  ${left[index]?.padEnd(width)}  ${help}${required ? ' Required.' : ''}`,
  );
}
