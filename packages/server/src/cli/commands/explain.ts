import { isIP } from 'node:net';
import { explain } from '../../access/explain.ts';
import type { Question } from '../../access/explain-types.ts';
import { findAccount } from '../../accounts/find.ts';
import { findRole } from '../../accounts/roles.ts';
import { findPerson, type Person, type Who } from '../../review/person.ts';
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
    const { label, accountability, status } = await personOf(store, args);
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

/** Whom --user, --role or --share names. */
async function personOf(store: Store, args: CommandArguments): Promise<Person> {
  const ip = args.optional('ip') ?? null;
  if (ip !== null && isIP(ip) === 0)
    throw new CommandError(`--ip takes an address, and ${JSON.stringify(ip)} is none.`);
  const people = {
    account: (idOrEmail: string) => findAccount(store, idOrEmail),
    role: (idOrName: string) => findRole(store, idOrName),
  };
  const person = await findPerson(store, people, whoOf(args), ip);
  if (person) return person;
  const share = args.optional('share');
  if (share !== undefined) throw new CommandError(`There is no share ${JSON.stringify(share)} by an active user.`);
  const user = JSON.stringify(args.optional('user'));
  throw new CommandError(`There is no user with the id or e-mail address ${user}.`);
}

function whoOf(args: CommandArguments): Who {
  const [user, role, share] = ['user', 'role', 'share'].map((name) => args.optional(name));
  if ([user, role, share].filter((given) => given !== undefined).length !== 1) {
    throw new CommandError('Exactly one of --user, --role and --share has to say whose access it is about.');
  }
  if (role !== undefined) return { kind: 'role', role };
  if (share !== undefined) return { kind: 'share', share };
  return user === 'public' || user === undefined ? { kind: 'public' } : { kind: 'user', user };
}
