import { invalidPayload } from '../../errors/index.ts';
import { bodyOf, modeOf } from '../input.ts';
import type { SessionMode } from '../settings.ts';

export interface ShareLoginInput {
  readonly share: string;
  readonly password: string | null;
  readonly mode: SessionMode;
}

/** The body of a visit to a share, `{share, password?, mode?}`; other keys are ignored. Throws INVALID_PAYLOAD. */
export function readShareLogin(body: unknown): ShareLoginInput {
  const { share, password, mode } = bodyOf(body ?? {});
  if (typeof share !== 'string' || share === '') throw invalidPayload('"share" has to be the id of a share.');
  if (password !== undefined && password !== null && typeof password !== 'string')
    throw invalidPayload('"password" has to be a text.');
  return { share, password: password ?? null, mode: modeOf(mode) ?? 'json' };
}
