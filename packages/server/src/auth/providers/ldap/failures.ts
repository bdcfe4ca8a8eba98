import { ApiError, serviceUnavailable } from '../../../errors/index.ts';

/** Result codes of LDAP (RFC 4511 §4.1.9 and appendix A). */
export const RESULT = {
  sizeLimitExceeded: 4,
  constraintViolation: 19,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccessRights: 50,
  unwillingToPerform: 53,
} as const;

/** What a directory says of a password that it does not accept, or of an account that may not sign in. */
const REFUSALS: ReadonlySet<number> = new Set([
  RESULT.constraintViolation,
  RESULT.noSuchObject,
  RESULT.inappropriateAuthentication,
  RESULT.invalidCredentials,
  RESULT.insufficientAccessRights,
  RESULT.unwillingToPerform,
]);

/** What it says when the settings are wrong. */
const MISCONFIGURED: ReadonlySet<number> = new Set([
  RESULT.noSuchObject,
  RESULT.invalidDnSyntax,
  RESULT.inappropriateAuthentication,
  RESULT.invalidCredentials,
  RESULT.insufficientAccessRights,
]);

/** The result code with which the directory refused; null for what went wrong otherwise. */
export function resultCode(error: unknown): number | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'number' ? code : null;
}

export const isRefusal = (error: unknown): boolean => REFUSALS.has(resultCode(error) ?? -1);

/** What a caller is told of a failure of the directory. Its own words are for the log: they may hold names. */
export function directoryFailure(provider: string, error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (MISCONFIGURED.has(resultCode(error) ?? -1)) {
    return new ApiError('INVALID_PROVIDER_CONFIG', 'Invalid config.', { provider }, error);
  }
  return serviceUnavailable('ldap', 'The directory does not answer as it should.', error);
}
