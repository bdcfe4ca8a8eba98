// Writes docs/reference/settings.md from the descriptions of the settings, and the list of those that nothing uses yet;
// --check fails when one of them is stale.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Setting } from '../packages/server/src/config/setting.ts';
import { SECTIONS, SETTINGS, type Section } from '../packages/server/src/config/settings/index.ts';
import { ROOT, writeOrCheck } from './generated.ts';

const INTRODUCTION = `# Settings

Every setting is an environment variable. This page is made from the descriptions that the server itself reads
(\`packages/server/src/config/settings/\`); do not edit it.

## Where values come from

1. \`NAME_FILE\` in the environment: the value is the content of that file, for secrets that are mounted as files.
2. \`NAME\` in the environment.
3. \`NAME_FILE\` in the configuration file.
4. \`NAME\` in the configuration file.
5. The default.

The first that is there wins. An empty value counts as none. The configuration file is the one that \`CONFIG_PATH\` names
(in the environment), by default \`.env\` in the working directory, which may be absent. By its ending it is JSON, YAML
(\`.yaml\`, \`.yml\`) or JavaScript (\`.js\`, \`.mjs\`, \`.cjs\`: its default export, an object or a function of the environment);
any other is read like \`.env\`, with a \`NAME=value\` a line.

## How values are written

| type | examples |
| --- | --- |
| duration | \`15m\`, \`1h\`, \`7d\`, \`500ms\`, \`2 days\`; a bare number counts milliseconds |
| size | \`500kb\`, \`1mb\`; 1kb is 1,024 bytes; a bare number counts bytes |
| boolean | \`true\`, \`false\` |
| list | \`a,b,c\`; in JSON, YAML and JavaScript a list |
| json | \`{"a":1}\` |

A prefix says what a value is: \`string:0123\`, \`number:5\`, \`regex:\\.example\\.com$\` (or \`regex:/…/i\`), \`json:["a","b"]\`.
In the families that pass options on, \`__\` goes a level down and names become camelCase: \`DB_SSL__REJECT_UNAUTHORIZED=false\`
is \`ssl: { rejectUnauthorized: false }\`.

A wrong value stops the start; the message names every wrong setting, what it got (unless it is secret) and what it
takes. A name that begins like a setting and is none is warned about. Settings marked *planned* are read and checked
already, but what they control comes with a later version; using one is warned about.
`;

function row({ name, kind, default: fallback, defaultNote, help, secret }: Setting<unknown>): string {
  const marks = [secret ? '*Secret.*' : '', planned.includes(name) ? '*Planned.*' : ''].filter(Boolean).join(' ');
  const shownDefault =
    fallback === undefined ? (defaultNote ?? '') : fallback === '' ? 'empty' : `\`${oneLine(fallback)}\``;
  const cells = [`\`${name}\``, kind.accepts, shownDefault, [help, marks].filter(Boolean).join(' ')];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n');
}

function chapter({ title, settings, note }: Section): string {
  const rows = Object.values(settings).map(row);
  return [
    `## ${title}`,
    ...(note ? [note] : []),
    ['| name | takes | default | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

/** Source text of the server without `config/`, to look for uses in. */
function sources(): string {
  const folder = join(ROOT, 'packages/server/src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('config/'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

/** Keys that `config/` itself turns into something else, which the server uses. */
const READ_BY_CONFIG: ReadonlySet<string> = new Set([
  'givenPublicUrl',
  'authProviderNames',
  'tokenIssuerNames',
  'hashAssociatedData',
]);

/** Names of the settings that nothing in the server reads. */
function plannedNames(): readonly string[] {
  const text = sources();
  return (
    Object.entries(SETTINGS as Readonly<Record<string, Setting<unknown>>>)
      .filter(([key, { help }]) => !help.startsWith('Accepted') && !READ_BY_CONFIG.has(key))
      // A key of one word (`host`) is also a word of other things.
      .filter(([key]) => !new RegExp(/[A-Z]/.test(key) ? `\\b${key}\\b` : `[cC]onfig\\.${key}\\b`).test(text))
      .map(([, { name }]) => name)
  );
}

function plannedModule(names: readonly string[]): string {
  return `// Made by \`npm run settings\`: what no part of the server reads yet. Do not edit.
export const PLANNED: ReadonlySet<string> = new Set([
${names.map((name) => `  '${name}',\n`).join('')}]);
`;
}

const planned = plannedNames();
writeOrCheck(join(ROOT, 'packages/server/src/config/settings/planned.ts'), plannedModule(planned), 'npm run settings');
const content = `${[INTRODUCTION.trimEnd(), ...SECTIONS.map(chapter)].join('\n\n')}\n`;
writeOrCheck(join(ROOT, 'docs/reference/settings.md'), content, 'npm run settings');
