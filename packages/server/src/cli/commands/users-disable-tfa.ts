import { SYSTEM } from '../../access/accountability.ts';
import { findAccount } from '../../accounts/find.ts';
import { unprocessable } from '../../errors/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { withProject } from '../with-project.ts';

/** Lets somebody in again with the password alone: the way out when an administrator lost the phone too. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ store, auth, engine }) => {
    const email = args.required('email');
    const account = await findAccount(store, email);
    if (!account) throw unprocessable(`Nobody has the address ${email}.`);
    await auth.enrolment.disableFor(await engine.access(SYSTEM), account.id);
    process.stdout.write(`${email} signs in with the password alone now.\n`);
  });
}
