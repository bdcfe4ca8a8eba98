// Fails when docs/dependencies.md is not what the package.json files say: a package missing or left over, or a licence
// other than the one it is installed with or than those we take.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './generated.ts';
import { sourceFiles } from './rooms.ts';

interface Manifest {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const ACCEPTED = /^(MIT|MIT-0|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|MIT OR Apache-2\.0)$/;
/** Used while testing only, unchanged and never shipped. */
const TOOLS_ONLY: ReadonlySet<string> = new Set(['axe-core']);
const EXACT = /^\d+\.\d+\.\d+([-+].+)?$/;

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

/** Our own packages refer to each other by name; those are no dependencies. */
function named(): ReadonlyMap<string, string> {
  const packages = readdirSync(join(ROOT, 'packages')).map((name) => join(ROOT, 'packages', name, 'package.json'));
  const manifests = [join(ROOT, 'package.json'), ...packages].filter(existsSync).map(readManifest);
  const all = manifests.flatMap((manifest) => [
    ...Object.entries(manifest.dependencies ?? {}),
    ...Object.entries(manifest.devDependencies ?? {}),
    ...Object.entries(manifest.optionalDependencies ?? {}),
  ]);
  return new Map(all.filter(([name]) => !name.startsWith('@limen/')));
}

function documented(): ReadonlyMap<string, string> {
  const page = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8');
  return new Map(
    [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| [^|]+ \|$/gm)].map((row) => [row[1] ?? '', (row[2] ?? '').trim()]),
  );
}

/** The licence of the installed package; that of another platform's is not installed. */
function installedLicence(name: string): string | undefined {
  const manifest = join(ROOT, 'node_modules', name, 'package.json');
  return existsSync(manifest) ? readManifest(manifest).license : undefined;
}

/** Packages that the server needs at run time. */
function serverNeeds(): readonly string[] {
  return Object.keys(readManifest(join(ROOT, 'packages/server/package.json')).dependencies ?? {});
}

/** Whether some source file mentions the package as a module, however it is loaded. */
const sources = sourceFiles().map((file) => readFileSync(file, 'utf8'));
const isImported = (name: string) => sources.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));

const used = named();
const rows = documented();
const problems = [
  ...[...used.keys()].filter((name) => !rows.has(name)).map((name) => `${name} is not in docs/dependencies.md`),
  ...[...rows.keys()]
    .filter((name) => !used.has(name))
    .map((name) => `${name} is in docs/dependencies.md and in no package.json`),
  ...serverNeeds()
    .filter((name) => !isImported(name))
    .map((name) => `${name} is a dependency of the server, and nothing imports it`),
  ...[...used]
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name} has the version ${version}, not an exact one`),
  ...[...rows]
    .filter(([name, licence]) => !ACCEPTED.test(licence) && !TOOLS_ONLY.has(name))
    .map(([name, licence]) => `${name}: the licence ${licence} is not one we take`),
  ...[...rows].flatMap(([name, licence]) => {
    const installed = installedLicence(name);
    return installed && installed !== licence
      ? [`${name} has the licence ${installed}, docs/dependencies.md says ${licence}`]
      : [];
  }),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${used.size} packages are recorded`);
