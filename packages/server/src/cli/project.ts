import { type Log, openProject, type Project } from '../app.ts';
import { type Config, ConfigError, loadConfig, projectSecret } from '../config/index.ts';

/** Reads the settings, or says on standard error what is wrong with them and gives null. */
export function readConfig(): Config | null {
  try {
    const config = loadConfig();
    for (const warning of config.warnings) process.stderr.write(`Warning: ${warning}\n`);
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Writes what is at least as grave as LOG_LEVEL to standard error, one line a message. */
export function makeLog(level: string): Log {
  const least = LEVELS.indexOf(level);
  return (grade, message, detail) => {
    if (LEVELS.indexOf(grade) < least) return;
    const cause = detail instanceof Error ? `\n${detail.stack ?? detail.message}` : '';
    process.stderr.write(`${new Date().toISOString()} ${grade} ${message}${cause}\n`);
  };
}

/** Opens the project of these settings; its secret is SECRET, or the one kept beside the database. */
export function open(config: Config, log: Log): Promise<Project> {
  return openProject({ config, secret: config.secret ?? projectSecret(config.dataFolder), log });
}
