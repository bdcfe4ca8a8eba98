import type { ChangedAudience, ChangedCollection, Review } from './types.ts';

/** What nobody should save without having seen it. */
export function warningsOf(audiences: readonly ChangedAudience[]): Review['warnings'] {
  const warnings: Review['warnings'][number][] = [];
  for (const audience of audiences) {
    const { who, admin, app } = audience;
    const name = nameOf(audience);
    if (admin.after && !admin.before) {
      warnings.push({ code: 'admin-gained', message: `${name} gain admin access: everything, to everybody's data.` });
    }
    if (app.after && !app.before && !admin.after) {
      warnings.push({ code: 'app-gained', message: `${name} gain access to the Studio.` });
    }
    const everybody = who.kind === 'public';
    const roleless = !everybody && who.role === null && who.policies.length === 0 && who.becomes === null;
    const gained = gainsOf(audience);
    if (gained === '' || !(everybody || roleless)) continue;
    warnings.push(
      everybody
        ? { code: 'public-gains', message: `Everybody, without signing in, gains: ${gained}.` }
        : { code: 'roleless-gain', message: `Users without a role gain: ${gained}.` },
    );
  }
  return warnings;
}

const LISTED = 10;

/** `read posts, update posts`; empty when nothing is gained. */
function gainsOf({ admin, changes, withheld }: ChangedAudience): string {
  if (admin.after && !admin.before) return 'everything';
  const gained = changes.filter(isGain).map(({ action, collection }) => `${action} ${collection}`);
  const listed = gained.slice(0, LISTED);
  if (gained.length > LISTED) listed.push(`${gained.length - LISTED} more`);
  if (withheld) listed.push('perhaps what you may not read');
  return listed.join(', ');
}

/** Whether somebody may do or see more than before; where nobody counted, a change may be one. */
export function isGain({ access, fields, items, each, values, uncounted, validation }: ChangedCollection): boolean {
  if (access === 'gained' || fields.gained.length > 0) return true;
  if (access === 'lost') return false;
  const counts = [...(items ? [items] : []), ...(each ?? []), ...values];
  return counts.some(({ gained }) => gained > 0) || uncounted !== null || validation;
}

/** How an audience is called in a sentence. */
export function nameOf({ who, users }: ChangedAudience): string {
  if (who.kind === 'public') return 'Requests without a credential';
  const count = users === null ? 'Users' : users === 1 ? '1 user' : `${users} users`;
  const role = who.role ? `of role ${who.role.name}` : 'without a role';
  const own = who.policies.length > 0 ? ` with ${who.policies.map(({ name }) => name).join(', ')}` : '';
  return `${count} ${role}${own}`;
}
