import type { CheckStep } from '../../auth/index.ts';
import { GIVEN_DRIVERS, settingsOf } from '../../config/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { requireProvider } from '../redirecting-provider.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Walks through all that a login at a provider needs, as far as that goes without somebody who signs in. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => {
    const name = args.required('provider');
    const { source, driver } = await requireProvider(project, name);
    const steps = await project.auth.providerTests.asItIs(name);
    const written = (setting: string) => (source === 'environment' ? inEnvironment(name, driver, setting) : setting);
    const lines = steps.map((step) => lineOf(step, written));
    process.stdout.write(`${args.has('json') ? JSON.stringify(steps, null, 2) : lines.join('\n')}\n`);
    const faults = steps.filter(({ ok }) => !ok).length;
    if (faults > 0) throw new CommandError(`${faults === 1 ? 'One thing is' : `${faults} things are`} wrong.`);
  });
}

const NAME_WIDTH = 12;

function lineOf({ ok, name, detail, setting }: CheckStep, written: (setting: string) => string): string {
  const fault = setting === null ? '' : `\n${' '.repeat(NAME_WIDTH + 2)}look at ${written(setting)}`;
  return `${ok ? '✓' : '✗'} ${name.padEnd(NAME_WIDTH)}${detail}${fault}`;
}

/** `client_id` is `AUTH_CLUB_CLIENT_ID` there; settings of the server are called the same everywhere. */
function inEnvironment(name: string, driver: string, setting: string): string {
  const known = GIVEN_DRIVERS.find((one) => one === driver);
  const written = known && settingsOf(known).get(setting);
  return written ? `AUTH_${name.toUpperCase()}_${written}` : setting;
}
