import { SYSTEM } from '../../access/index.ts';
import { EMPTY_QUERY } from '../../query/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Makes a role, in the same transaction with a policy of the same name when it has access of its own. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async ({ engine, items }) => {
    const name = args.required('role').trim();
    if (name === '') throw new CommandError('The name of the role is empty.');
    const admin = args.has('admin');
    const app = admin || args.has('app');
    const policies = app ? [{ policy: { name, admin_access: admin, app_access: app } }] : [];
    const role = await items.create(await engine.access(SYSTEM), 'directus_roles', { name, policies }, EMPTY_QUERY);
    process.stdout.write(`${String(role?.id)}\n`);
  });
}
