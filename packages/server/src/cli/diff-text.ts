import type { Difference, SnapshotDiff } from '../schema/snapshot/types.ts';
import type { Json } from '../wire/index.ts';

const LONGEST = 80;

/** A difference for people: one line for everything that comes (+), goes (-) or changes (~). */
export function diffText(diff: SnapshotDiff): string {
  const lines = [
    ...diff.collections.flatMap((part) => linesOf('collection', part.collection, part.diff)),
    ...diff.fields.flatMap((part) => linesOf('field', `${part.collection}.${part.field}`, part.diff)),
    ...diff.relations.flatMap((part) => linesOf('relation', `${part.collection}.${part.field}`, part.diff)),
  ];
  return `${lines.join('\n')}\n`;
}

const MARKS = { N: '+', D: '-', E: '~' } as const;

const linesOf = (what: string, name: string, diff: readonly Difference[]): string[] =>
  diff.map((one) => {
    const change = one.kind === 'E' ? `: ${one.path.join('.')} ${shown(one.lhs)} → ${shown(one.rhs)}` : '';
    return `${MARKS[one.kind]} ${what} ${name}${change}`;
  });

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Whether values may be lost: a collection or a field with a column goes. */
export const losesValues = (diff: SnapshotDiff): boolean =>
  [...diff.collections, ...diff.fields].some((part) => part.diff.some((one) => one.kind === 'D' && hasTable(one.lhs)));

const hasTable = (lhs: Json): boolean =>
  lhs !== null && typeof lhs === 'object' && !Array.isArray(lhs) && lhs.schema !== null;
