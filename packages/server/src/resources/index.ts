import type { KeepAnAdministrator } from '../access/administrators.ts';
import type { Auth } from '../auth/index.ts';
import type { HooksByCollection } from '../items/index.ts';
import type { Store } from '../store/types.ts';
import { commentHooks } from './comments.ts';
import { type FileHookParts, fileHooks } from './files.ts';
import { attachmentHooks, permissionHooks, policyHooks, roleHooks } from './roles.ts';
import { shareHooks } from './shares.ts';
import { translationHooks } from './translations.ts';
import { userHooks } from './users.ts';
import type { Digest } from './versions-digest.ts';
import { versionHooks } from './versions-hooks.ts';

export interface ResourceParts {
  readonly store: Store;
  readonly auth: Pick<Auth, 'sessions' | 'attempts' | 'newPasswords' | 'shareSessions'>;
  readonly keepAnAdministrator: KeepAnAdministrator;
  /** Tells whether an item has changed since a version of it was made. */
  readonly digest: Digest;
  readonly objects: FileHookParts['objects'];
  /** FILES_MIME_TYPE_ALLOW_LIST. */
  readonly allowedFileTypes: readonly string[];
}

/** What system collections do beyond plain items. */
export function resourceHooks(parts: ResourceParts): HooksByCollection {
  const { store, auth, keepAnAdministrator, digest, objects, allowedFileTypes: allowedTypes } = parts;
  const { sessions, attempts, newPasswords } = auth;
  return new Map([
    ['directus_users', userHooks({ store, sessions, attempts, newPasswords, keepAnAdministrator })],
    ['directus_roles', roleHooks({ store, sessions, keepAnAdministrator })],
    ['directus_policies', policyHooks({ store, keepAnAdministrator })],
    ['directus_access', attachmentHooks({ store, keepAnAdministrator })],
    ['directus_permissions', permissionHooks()],
    ['directus_comments', commentHooks(store)],
    ['directus_files', fileHooks({ store, objects, allowedTypes })],
    ['directus_shares', shareHooks({ store, sessions: auth.shareSessions })],
    ['directus_translations', translationHooks(store)],
    ['directus_versions', versionHooks(store, digest)],
  ]);
}
