import { createAccount } from '../../accounts/create.ts';
import { findRole } from '../../accounts/roles.ts';
import type { CommandArguments } from '../arguments.ts';
import { choosePassword } from '../password-option.ts';
import { withProject } from '../with-project.ts';

/** Makes a user who may sign in at once. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ store, auth }) => {
    const email = args.required('email');
    const named = args.optional('role');
    const role = named === undefined ? null : await findRole(store, named);
    const password = await choosePassword(args);
    const id = await createAccount({ store, ...auth }, { email, password: password.text, role });
    const lines = [`Made the user ${email}:`, `  id        ${id}`];
    if (named !== undefined) lines.push(`  role      ${named}`);
    if (password.made) lines.push(`  password  ${password.text}   (shown once)`);
    process.stdout.write(`${lines.join('\n')}\n`);
  });
}
