import { setPassword } from '../../accounts/create.ts';
import type { CommandArguments } from '../arguments.ts';
import { choosePassword } from '../password-option.ts';
import { withProject } from '../with-project.ts';

/** Gives a user another password; whoever was signed in with the old one is not any more. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ store, auth }) => {
    const email = args.required('email');
    const password = await choosePassword(args);
    await setPassword({ store, ...auth }, { email, password: password.text });
    const shown = password.made ? `\n  password  ${password.text}   (shown once)` : '';
    process.stdout.write(`Changed the password of ${email}; their sessions ended.${shown}\n`);
  });
}
