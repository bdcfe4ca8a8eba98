import { readFileSync } from 'node:fs';
import type { Project } from '../../app.ts';
import { type ExplainedClaims, explainClaims } from '../../auth/index.ts';
import type { CommandArguments } from '../arguments.ts';
import { redirectingProvider } from '../redirecting-provider.ts';
import { CommandError, withProject } from '../with-project.ts';

/** Says what would become of somebody with certain claims: who they are, and which role and policies they have. */
export function run(args: CommandArguments): Promise<number> {
  return withProject(async (project) => {
    const provider = await redirectingProvider(project, args.required('provider'));
    const explained = explainClaims(readClaims(args.required('claims')), provider);
    const lines = [...personLines(explained), ...(await rightLines(project, explained))];
    const text = args.has('json') ? JSON.stringify(explained, null, 2) : lines.join('\n');
    process.stdout.write(`${text}\n`);
  });
}

function readClaims(path: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'));
    if (typeof claims === 'object' && claims !== null && !Array.isArray(claims))
      return claims as Record<string, unknown>;
  } catch (error) {
    throw new CommandError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new CommandError(`${path} holds no JSON object.`);
}

function personLines({ person, refusal, verified, groups, hasGroups }: ExplainedClaims): string[] {
  const who = person
    ? [
        `identifier  ${person.identifier}`,
        `e-mail      ${person.email ?? 'none'}${person.email && !verified ? ' (not verified)' : ''}`,
        `name        ${[person.firstName, person.lastName].filter(Boolean).join(' ') || 'none'}`,
      ]
    : [`refused     ${refusal}`];
  return [...who, `groups      ${groups.join(', ') || (hasGroups ? 'none' : 'there is no such claim')}`];
}

async function rightLines({ store }: Project, { joining, policies }: ExplainedClaims): Promise<string[]> {
  const named = async (table: string, id: string) => {
    const row = await store.get(`SELECT name FROM ${table} WHERE id = ${store.placeholder(1)}`, [id]);
    return row ? `${row.name} (${id})` : `${id}, which does not exist: nobody would get in`;
  };
  const when = joining.roleFollows ? 'at every login' : 'for new accounts';
  const role = joining.role === null ? 'none' : await named('directus_roles', joining.role);
  const lines = [`role        ${role}, ${when}`];
  for (const policy of policies ?? []) lines.push(`policy      ${await named('directus_policies', policy)}`);
  return [...lines, `unknown     ${joining.mayRegister ? 'people get an account' : 'people do not get in'}`];
}
