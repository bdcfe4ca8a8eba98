import { createContext, Script } from 'node:vm';
import { failedValidation, unprocessable } from '../errors/index.ts';
import type { Reader } from '../store/types.ts';

/** A password is a line that somebody types, not a document. */
const PASSWORD_LENGTH = 1024;
/** A pattern that needs longer than this for one password is one that never ends. Milliseconds. */
const MATCH_TIMEOUT = 100;
const LITERAL = /^\/(.*)\/([a-z]*)$/s;

const sandbox: { pattern?: RegExp; text?: string } = {};
const context = createContext(sandbox);
const match = new Script('pattern.test(text)');

/**
 * Checks a new password against `auth_password_policy` of the settings, `/pattern/flags` or a bare pattern. Throws
 * FAILED_VALIDATION, or UNPROCESSABLE_CONTENT when the setting is not a pattern.
 */
export async function checkPasswordPolicy(reader: Reader, password: string): Promise<void> {
  if (password.length > PASSWORD_LENGTH) throw failedValidation('password', 'regex');
  const row = await reader.get<{ policy: unknown }>('SELECT auth_password_policy AS policy FROM directus_settings');
  if (typeof row?.policy !== 'string' || row.policy === '') return;
  if (!matches(patternOf(row.policy), password)) throw failedValidation('password', 'regex', { invalid: row.policy });
}

function patternOf(policy: string): RegExp {
  const literal = LITERAL.exec(policy);
  try {
    // Without g and y, which would make the answer depend on the one before.
    return literal ? new RegExp(literal[1] as string, literal[2]?.replace(/[gy]/g, '')) : new RegExp(policy);
  } catch {
    throw unprocessable(
      'The setting auth_password_policy is not a regular expression; an administrator can change it.',
    );
  }
}

/** Runs the pattern where it can be stopped: anybody who may sign up chooses the text that an unlucky pattern hangs on. */
function matches(pattern: RegExp, text: string): boolean {
  sandbox.pattern = pattern;
  sandbox.text = text;
  try {
    return match.runInContext(context, { timeout: MATCH_TIMEOUT }) === true;
  } catch {
    return false;
  } finally {
    delete sandbox.pattern;
    delete sandbox.text;
  }
}
