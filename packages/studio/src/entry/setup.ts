import { customEndpoint } from '@directus/sdk';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/api.ts';

/** Whether the project waits for its administrator. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  staleTime: 60_000,
  queryFn: () => client.request(customEndpoint<{ readonly open: boolean }>({ path: '/server/setup' })),
});
