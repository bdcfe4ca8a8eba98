import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error.ts';

/** Where values come from. Within a source NAME_FILE wins over NAME; between sources the first wins. */
export interface Source {
  /** For messages: `the environment`, or the file's path. */
  readonly label: string;
  readonly values: ReadonlyMap<string, unknown>;
}

/** Names of one configuration file are as few as a person writes; more is a mistake (or an attack on the parser). */
const MAX_FILE_BYTES = 1_048_576;

/**
 * The environment first, then the file that CONFIG_PATH names (`.env` by default, which may be absent).
 * @throws {ConfigError} when the file cannot be read or understood.
 */
export function openSources(env: Readonly<Record<string, string | undefined>>, cwd: string): readonly Source[] {
  const environment: Source = { label: 'the environment', values: entries(env) };
  const given = env.CONFIG_PATH;
  const file = resolve(cwd, given || '.env');
  const values = readConfigFile(file, given ? 'required' : 'optional', env);
  return values ? [environment, { label: file, values }] : [environment];
}

/** Without what is not given: an empty value counts as none (`string:` gives an empty text). */
function entries(object: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(object).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

function readConfigFile(
  file: string,
  presence: 'required' | 'optional',
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, unknown> | null {
  const wrong = (reason: string) => new ConfigError([{ setting: 'CONFIG_PATH', message: `${file} ${reason}` }]);
  try {
    const content = parseConfigFile(file, env);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) {
      throw wrong('must hold an object of settings');
    }
    return entries(content);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = (error as NodeJS.ErrnoException | null)?.code;
    if (presence === 'optional' && (code === 'ENOENT' || code === 'ENOTDIR')) return null;
    throw wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseConfigFile(file: string, env: Readonly<Record<string, string | undefined>>): unknown {
  const require = createRequire(import.meta.url);
  switch (extname(file)) {
    case '.json':
      return JSON.parse(readText(file));
    case '.yaml':
    case '.yml':
      // Loaded only for those who use it: the start has to be quick.
      return (require('yaml') as typeof import('yaml')).parse(readText(file));
    case '.js':
    case '.mjs':
    case '.cjs':
      return exported(require(file), env);
    default:
      return parseEnv(readText(file));
  }
}

/** The default export, or the module itself; a function is called with the environment. */
function exported(module: unknown, env: Readonly<Record<string, string | undefined>>): unknown {
  const content = (module as { default?: unknown } | null)?.default ?? module;
  return typeof content === 'function' ? (content(env) as unknown) : content;
}

function readText(file: string): string {
  const text = readFileSync(file, 'utf8');
  if (text.length > MAX_FILE_BYTES) throw new Error('it is larger than a mebibyte');
  return text.replace(/^\uFEFF/, '');
}

/** The text of the file that a NAME_FILE setting names, without the line end that editors add. */
export function readValueFile(file: string, cwd: string): string {
  return readText(resolve(cwd, file)).replace(/\r?\n$/, '');
}
