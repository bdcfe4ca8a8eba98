import { customEndpoint } from '@directus/sdk';
import { queryOptions } from '@tanstack/react-query';
import { client } from '../session/api.ts';

/** What everybody may know of the project. */
export interface ProjectInfo {
  readonly project: {
    readonly project_name?: string | null;
    readonly public_registration?: boolean;
    readonly public_registration_verify_email?: boolean;
    readonly default_language?: string | null;
  };
}

export const projectQuery = queryOptions({
  queryKey: ['project'],
  staleTime: 300_000,
  queryFn: () => client.request(customEndpoint<ProjectInfo>({ path: '/server/info' })),
});
