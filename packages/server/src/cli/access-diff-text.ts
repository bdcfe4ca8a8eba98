import type { ChangedAudience, ChangedCollection, Count, Flag, Review } from '../review/changes/types.ts';
import { nameOf } from '../review/changes/warnings.ts';

/** A review for people: warnings first, then for everybody what comes (+), goes (-) or changes (~). */
export function reviewText({ changed, warnings, audiences, totals, truncated }: Review): string {
  if (!changed) return 'Nobody gains or loses anything.\n';
  const blocks = [
    warnings.map(({ message }) => `! ${message}`),
    ...audiences.map(audienceLines),
    truncated ? [`There is more: ${totals.audiences} groups of people are affected in all.`] : [],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function audienceLines(audience: ChangedAudience): string[] {
  const { who, samples, from, admin, app, tfa, changes, total } = audience;
  const people = samples.map((user) => String(user.email ?? user.id));
  const some = people.length > 0 ? ` (${people.join(', ')}${people.length < (audience.users ?? 0) ? ', …' : ''})` : '';
  return [
    `${nameOf(audience)}${some}${from === null ? '' : `, from addresses like ${from}`}`,
    ...becoming(who.becomes),
    ...flagLines('admin access', admin),
    ...flagLines('app access', app),
    ...flagLines('second factor required', tfa),
    // Everything is said by the flag.
    ...(admin.before === admin.after ? changes.flatMap(changeLines) : []),
    ...(total > changes.length ? [`  … and ${total - changes.length} more`] : []),
  ];
}

function becoming(becomes: ChangedAudience['who']['becomes']): string[] {
  if (!becomes) return [];
  if (!becomes.active) return ['  may not sign in any more'];
  const policies = becomes.policies.map(({ name }) => name).join(', ');
  return [`  become: ${becomes.role ? `role ${becomes.role.name}` : 'no role'}${policies ? `, with ${policies}` : ''}`];
}

const flagLines = (name: string, { before, after }: Flag): string[] =>
  before === after ? [] : [`  ${after ? '+' : '-'} ${name}`];

const MARKS = { gained: '+', lost: '-', changed: '~' } as const;

function changeLines(change: ChangedCollection): string[] {
  const { collection, action, access, fields, values, validation, presets, each } = change;
  const lines = [`  ${MARKS[access]} ${action} ${collection}${itemsText(change)}`];
  if (fields.gained.length > 0) lines.push(`      fields gained: ${fields.gained.join(', ')}`);
  if (fields.lost.length > 0) lines.push(`      fields lost: ${fields.lost.join(', ')}`);
  for (const one of values) lines.push(`      of ${one.fields.join(', ')}: ${countText(one, 'values')}`);
  for (const one of each ?? []) lines.push(`      for ${one.user}: ${countText(one, 'items')}`);
  if (access === 'changed' && validation) lines.push('      other values are accepted');
  if (access === 'changed' && presets) lines.push('      other values are filled in');
  return lines;
}

const UNCOUNTED = {
  time: ': not counted, it would take too long',
  'may-not-read': ': not counted',
  personal: ': depends on the user',
  'no-project': '',
} as const;

function itemsText({ items, samples, uncounted }: ChangedCollection): string {
  if (uncounted !== null) return UNCOUNTED[uncounted];
  if (items === null) return '';
  const keys = [...(samples?.gained ?? []), ...(samples?.lost ?? [])];
  const such = keys.length > 0 ? `, such as ${keys.slice(0, 5).join(', ')}` : '';
  return `: ${countText(items, 'items')}${such}`;
}

function countText({ before, after, gained, lost }: Count, what: string): string {
  if (gained === 0 && lost === 0) return `the same ${after} ${what}`;
  const parts = [gained > 0 ? `+${gained}` : '', lost > 0 ? `-${lost}` : ''].filter((part) => part !== '');
  return `${parts.join(' ')} ${what} (${before} → ${after})`;
}
