import { queryOptions } from '@tanstack/react-query';
import { ask } from '../session/api.ts';

export interface Factors {
  readonly enabled: boolean;
  readonly otp: boolean;
  /** Whether the password needs a passkey beside it. */
  readonly passkey: boolean;
  readonly recovery_codes_left: number;
}

export const factorsQuery = queryOptions({
  queryKey: ['users', 'me', 'tfa'],
  queryFn: () => ask<Factors>('/users/me/tfa'),
});
