import type { CommandArguments } from '../arguments.ts';
import { redirectingProvider } from '../redirecting-provider.ts';
import { withProject } from '../with-project.ts';

/** Asks a provider what it is, as far as that goes without somebody who signs in. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ auth, config }) => {
    const { name } = redirectingProvider(config, args.required('provider'));
    const lines = await auth.signOn.inspect(name);
    const callback = `${config.publicUrl.replace(/\/+$/, '')}/auth/login/${encodeURIComponent(name)}/callback`;
    process.stdout.write(`${[...lines, `to be registered there: ${callback}`].join('\n')}\n`);
  });
}
