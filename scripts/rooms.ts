import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ROOT } from './generated.ts';

export const SOURCES = join(ROOT, 'packages/server/src');

/** What lives in each room (folder of the server's sources), by its rank. */
export const FLOORS: readonly (readonly { readonly room: string; readonly purpose: string }[])[] = [
  [
    { room: 'wire', purpose: 'types and error codes of the public API' },
    { room: 'kernel', purpose: 'clock, identifiers, comparing in constant time, bounded caches' },
  ],
  [
    { room: 'errors', purpose: 'one table of codes, statuses and messages' },
    { room: 'config', purpose: 'every setting, read and checked' },
    { room: 'observe', purpose: 'what can be observed; logs and metrics listen' },
  ],
  [{ room: 'sql', purpose: 'fragments, predicates, the emitters of both dialects; no input or output' }],
  [{ room: 'store', purpose: 'drivers, transactions, migrations, introspection, news between nodes' }],
  [{ room: 'schema', purpose: 'the data model as an immutable, versioned snapshot' }],
  [{ room: 'access', purpose: 'the place where permissions are decided' }],
  [{ room: 'query', purpose: 'parse, plan, emit, shape' }],
  [{ room: 'items', purpose: 'the life of items: verbs, nested writes, activity, revisions' }],
  [
    { room: 'auth', purpose: 'a credential becomes an accountability' },
    { room: 'audit', purpose: 'the chain that shows whether the activity log was altered' },
    { room: 'mail', purpose: 'templates and transport' },
    { room: 'files', purpose: 'storage and assets' },
  ],
  [
    { room: 'accounts', purpose: 'the life of an account' },
    { room: 'resources', purpose: 'what system collections do beyond plain items' },
    { room: 'realtime', purpose: 'subscriptions and fan-out' },
    { room: 'graphql', purpose: 'selection to query, schema from the snapshot' },
    { room: 'review', purpose: 'looking at access before and after it changes: explaining, tests, differences' },
  ],
  [
    { room: 'http', purpose: 'requests and answers; the table of endpoints' },
    { room: 'sockets', purpose: 'WebSockets' },
  ],
  [
    { room: 'cli', purpose: 'the limen command' },
    { room: 'app', purpose: 'app.ts and index.ts: composes everything, decides nothing' },
  ],
];

/** Packages that only these rooms may import, so that the rest does not depend on them. */
export const CONFINED: Readonly<Record<string, readonly string[]>> = {
  fastify: ['http', 'app', 'cli'],
  '@fastify/*': ['http', 'app'],
  ws: ['sockets'],
  'better-sqlite3': ['store'],
  pg: ['store'],
  sharp: ['files'],
};

export interface Import {
  /** The importing file, relative to the checkout. */
  readonly file: string;
  readonly line: number;
  readonly from: string;
  /** The room of the imported file, or null for a package. */
  readonly to: string | null;
  /** As it is written. */
  readonly specifier: string;
}

/** The room of a source file; files beside the rooms count as `app`. */
export function roomOf(file: string): string {
  const path = relative(SOURCES, file).replaceAll('\\', '/');
  return path.includes('/') ? (path.split('/')[0] ?? '') : 'app';
}

export function rankOf(room: string): number {
  return FLOORS.findIndex((floor) => floor.some((entry) => entry.room === room));
}

export function sourceFiles(): readonly string[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(SOURCES, file))
    .sort();
}

/** Every import and re-export of a file, dynamic ones too, in the order of the text. */
export function importsOf(file: string): readonly Import[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    specifiers(line).map((specifier) => ({
      file: relative(ROOT, file),
      line: index + 1,
      from: roomOf(file),
      to: specifier.startsWith('.') ? roomOf(resolve(dirname(file), specifier)) : null,
      specifier,
    })),
  );
}

/** The formatter puts the specifier of every import on the line of its `from`, and nothing else looks like one. */
function specifiers(line: string): readonly string[] {
  if (/^\s*(\/\/|\*|\/\*)/.test(line)) return [];
  const patterns = [
    /^\s*(?:import|export)\b.*?\bfrom '([^']+)'/g,
    /^\s*\}\s*from '([^']+)'/g,
    /^import '([^']+)'/g,
    /\bimport\('([^']+)'\)/g,
  ];
  return patterns.flatMap((pattern) => [...line.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** The name of the package that a specifier names: `@scope/name/part` is of `@scope/name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Rooms that may import a package, or undefined when all may. */
export function roomsFor(specifier: string): readonly string[] | undefined {
  const name = packageOf(specifier);
  return CONFINED[name] ?? CONFINED[name.replace(/\/.*/, '/*')];
}
