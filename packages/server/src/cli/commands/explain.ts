import { isIP } from 'node:net';
import { explain } from '../../access/explain.ts';
import type { Question } from '../../access/explain-types.ts';
import type { Accountability } from '../../access/index.ts';
import { findAccount } from '../../accounts/find.ts';
import type { Store } from '../../store/types.ts';
import type { Action } from '../../wire/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { explanationText } from '../explain-text.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Says why somebody may or may not do something; the exit code tells only whether it could be said. */
export function run(args: CommandArguments): Promise<number> {
  const question: Question = {
    action: args.required('action') as Action,
    collection: args.required('collection'),
    item: args.optional('item') ?? null,
    field: args.optional('field') ?? null,
  };
  return withProject(async ({ store, engine }) => {
    checkQuestion(question);
    const { label, accountability, status } = await callerOf(store, args.required('user'), args.optional('ip') ?? null);
    const explanation = await explain({ store, engine }, accountability, question, {
      active: status === 'active',
    });
    const text = args.has('json')
      ? `${JSON.stringify({ ...explanation, status }, null, 2)}\n`
      : explanationText(explanation, { label, status });
    process.stdout.write(text);
  });
}

function checkQuestion({ action, item, field }: Question): void {
  if (action === 'create' && item !== null)
    throw new CommandError('--item has no meaning with create: it is not there yet.');
  if (action === 'delete' && field !== null) throw new CommandError('--field has no meaning with delete.');
}

async function callerOf(
  store: Store,
  user: string,
  ip: string | null,
): Promise<{ label: string; accountability: Accountability; status: string }> {
  if (ip !== null && isIP(ip) === 0)
    throw new CommandError(`--ip takes an address, and ${JSON.stringify(ip)} is none.`);
  const origin = { ip, userAgent: null, origin: null };
  if (user === 'public') {
    return { label: 'the public', accountability: { kind: 'anonymous', ...origin }, status: 'active' };
  }
  const account = await findAccount(store, user);
  if (!account) throw new CommandError(`There is no user with the id or e-mail address ${JSON.stringify(user)}.`);
  const { id, role, status } = account;
  return {
    label: account.email ?? id,
    accountability: { kind: 'user', user: id, role, session: null, ...origin },
    status,
  };
}
