// Checks that conformance/ and benchmarks/ are exact copies of the kits that are developed beside this checkout. In a
// plain clone there are none to compare with, and the check says so and passes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './generated.ts';

const KITS = [
  { copy: 'conformance', original: '../shared/conformance' },
  { copy: 'benchmarks', original: '../shared/bench' },
] as const;

/** Made by running a kit, not part of it. */
const MADE = new Set(['node_modules', '.seeds', 'package-lock.json']);

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const walk = (place: string): readonly string[] =>
    readdirSync(place, { withFileTypes: true })
      .filter(({ name }) => !MADE.has(name))
      .flatMap((entry) => (entry.isDirectory() ? walk(join(place, entry.name)) : [join(place, entry.name)]));
  return new Map(walk(folder).map((file) => [relative(folder, file), readFileSync(file)]));
}

function differences(copy: string, original: string): readonly string[] {
  const [ours, theirs] = [filesIn(copy), filesIn(original)];
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names].sort().flatMap((name) => {
    const [mine, its] = [ours.get(name), theirs.get(name)];
    if (mine === undefined) return [`${name} is missing`];
    if (its === undefined) return [`${name} is not in the kit`];
    return mine.equals(its) ? [] : [`${name} differs`];
  });
}

for (const { copy, original } of KITS) {
  const source = join(ROOT, original);
  if (!existsSync(source)) {
    console.log(`${copy}/: there is no ${original} to compare with`);
    continue;
  }
  const found = differences(join(ROOT, copy), source);
  for (const difference of found) console.error(`${copy}/${difference}`);
  if (found.length > 0) process.exitCode = 1;
  else console.log(`${copy}/ is the kit`);
}
