import type { ModelViewer } from '../schema/viewer.ts';
import type { AccessProfile } from './effective.ts';

/** What a profile shows of the data model itself. */
export function modelViewer(profile: AccessProfile): ModelViewer {
  return {
    admin: profile.admin,
    mayReadModel: (kind) => profile.access(`directus_${kind}`, 'read') !== null,
    mayRead: (collection) => profile.access(collection, 'read') !== null,
    readableFields: (collection) => {
      if (profile.admin) return 'all';
      return new Set(profile.access(collection, 'read')?.fields.keys() ?? []);
    },
  };
}
