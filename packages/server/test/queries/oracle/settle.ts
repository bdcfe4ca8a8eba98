import { collectionOf, type Json, type Row, type World } from '../model.ts';
import { isChosen, type Tables } from './write.ts';

/** Keys that the database chose, as text, by what stands for them. */
type Chosen = ReadonlyMap<Json, string>;

interface Open {
  readonly expected: Row;
  readonly candidates: readonly Row[];
}

/** Whether rows are those that are expected, for some choice of the keys that the database chose. */
export function isSettled(
  world: World,
  expected: Tables,
  got: { readonly [collection: string]: readonly Row[] },
): boolean {
  let chosen: Chosen = new Map();
  const open: Open[] = [];
  for (const { name } of world.collections) {
    const { key } = collectionOf(world, name);
    const [wanted, there] = [expected[name] ?? [], got[name] ?? []];
    if (wanted.length !== there.length) return false;
    const known = wanted.filter((row) => !isChosen(row[key] ?? null));
    const keys = new Set(known.map((row) => row[key]));
    const candidates = there.filter((row) => !keys.has(row[key] as Json));
    for (const row of wanted) if (isChosen(row[key] ?? null)) open.push({ expected: row, candidates });
    for (const row of known) {
      const other = there.find((one) => one[key] === row[key]);
      const next = other && matched(row, other, chosen);
      if (!next) return false;
      chosen = next;
    }
  }
  return canSettle(open, chosen, new Set());
}

function canSettle([first, ...rest]: readonly Open[], chosen: Chosen, taken: ReadonlySet<Row>): boolean {
  if (!first) return true;
  return first.candidates.some((row) => {
    const next = taken.has(row) ? null : matched(first.expected, row, chosen);
    return next !== null && canSettle(rest, next, new Set([...taken, row]));
  });
}

/** The choices of keys under which two rows are the same; null when there are none. */
function matched(expected: Row, got: Row, chosen: Chosen): Chosen | null {
  const next = new Map(chosen);
  for (const [field, value] of Object.entries(expected)) {
    const other = got[field] ?? null;
    if (!isChosen(value)) {
      if (JSON.stringify(value) !== JSON.stringify(other)) return null;
    } else if (!next.has(value)) next.set(value, String(other));
    else if (next.get(value) !== String(other)) return null;
  }
  return next;
}
