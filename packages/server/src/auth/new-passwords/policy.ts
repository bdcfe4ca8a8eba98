import { failedValidation, unprocessable } from '../../errors/index.ts';
import { matchesInTime, parsePattern } from '../../kernel/bounded-pattern.ts';
import type { Reader } from '../../store/types.ts';

/** A password is a line that somebody types, not a document. */
const PASSWORD_LENGTH = 1024;

/**
 * Checks a new password against `auth_password_policy` of the settings, `/pattern/flags` or a bare pattern. Throws
 * FAILED_VALIDATION, or UNPROCESSABLE_CONTENT when the setting is not a pattern.
 */
export async function checkPasswordPolicy(reader: Reader, password: string): Promise<void> {
  if (password.length > PASSWORD_LENGTH) throw failedValidation('password', 'regex');
  const row = await reader.get<{ policy: unknown }>('SELECT auth_password_policy AS policy FROM directus_settings');
  if (typeof row?.policy !== 'string' || row.policy === '') return;
  if (!matchesInTime(patternOf(row.policy), password))
    throw failedValidation('password', 'regex', { invalid: row.policy });
}

function patternOf(policy: string): RegExp {
  try {
    return parsePattern(policy);
  } catch {
    throw unprocessable(
      'The setting auth_password_policy is not a regular expression; an administrator can change it.',
    );
  }
}
