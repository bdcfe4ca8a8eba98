// Fails when a file imports from a higher room or from one of equal rank, or a package that its room must not know; keeps
// the drawing of the floors in docs/architecture.md (--check fails when that is stale).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, replaceBetween, writeOrCheck } from './generated.ts';
import { FLOORS, type Import, importsOf, packageOf, rankOf, roomsFor, sourceFiles } from './rooms.ts';

function wrongWith({ from, to, specifier }: Import): string | null {
  if (rankOf(from) < 0) return `the room ${from}/ has no rank; give it one in scripts/rooms.ts`;
  if (to === null) {
    const rooms = roomsFor(specifier);
    return rooms && !rooms.includes(from) ? `only ${rooms.join('/, ')}/ may import ${packageOf(specifier)}` : null;
  }
  // The two rooms of the top floor are one: the command starts the app.
  if (from === to || (rankOf(from) === FLOORS.length - 1 && rankOf(to) === rankOf(from))) return null;
  if (rankOf(to) < 0) return `the room ${to}/ has no rank; give it one in scripts/rooms.ts`;
  if (rankOf(to) < rankOf(from)) return null;
  const relation = rankOf(to) === rankOf(from) ? 'of equal rank' : 'above it';
  return `${from}/ (rank ${rankOf(from)}) may not import from ${to}/ (rank ${rankOf(to)}): ${relation}`;
}

/** Text drawing: the highest floor first, as houses are drawn. */
function drawing(): string {
  const width = Math.max(...FLOORS.flat().map(({ room }) => room.length)) + 1;
  const floors = FLOORS.map((floor, rank) => {
    const rooms = floor.map(
      ({ room, purpose }, index) =>
        `${index === 0 ? String(rank).padStart(4) : '    '} │ ${`${room}/`.padEnd(width)}  ${purpose}`,
    );
    return rooms.join('\n');
  });
  const line = '─────┼─────────────────────────────────────────────────────────────────────────────────────';
  return ['```text', 'rank │ room', line, floors.toReversed().join(`\n${line}\n`), '```'].join('\n');
}

const offences = sourceFiles()
  .flatMap(importsOf)
  .flatMap((entry) => {
    const reason = wrongWith(entry);
    return reason ? [`${entry.file}:${entry.line}  '${entry.specifier}'  ${reason}`] : [];
  });
for (const offence of offences) console.error(offence);
if (offences.length > 0) process.exitCode = 1;
else console.log(`${sourceFiles().length} files import downwards only`);

const page = join(ROOT, 'docs/architecture.md');
if (existsSync(page)) {
  writeOrCheck(page, replaceBetween(readFileSync(page, 'utf8'), 'floors', drawing()), 'npm run layers');
} else {
  console.error('docs/architecture.md is missing');
  process.exitCode = 1;
}
